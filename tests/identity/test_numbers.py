"""Numbers of people, organisations, accounts and land."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qyzmet import identity as who

IINS = [
    "811201401188",
    "680503250034",
    "680503450037",
    "760212350620",
    "800416100254",
    "800416300257",
    "830717350867",
    "871008401427",
    "931002451325",
    "791028302728",
    "061211600012",
    "251112401047",
    "700911204362",
    "761231300313",
]
BINS = [
    "971240001315",
    "940140000385",
    "950341000052",
    "961141000023",
    "070941024691",
    "000740000728",
    "020940003199",
    "980540000397",
    "050140004649",
    "960440000220",
]


@pytest.mark.parametrize("iin", IINS)
def test_an_issued_iin_is_read(iin: str) -> None:
    assert who.read_iin(f" {iin[:6]} {iin[6:]} ") == iin


@pytest.mark.parametrize("bin_", BINS)
def test_an_issued_bin_is_read_and_looks_like_one(bin_: str) -> None:
    assert who.read_bin(bin_) == bin_
    assert who.looks_like(bin_) == "bin"


@pytest.mark.parametrize("stem", ["00081315989", "82121424009"])
def test_a_number_whose_two_sums_give_ten_is_never_issued(stem: str) -> None:
    assert not any(who.is_iin(f"{stem}{digit}") for digit in range(10))


def _first_sum(number: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, range(1, 12), strict=False)) % 11


# The eleventh digit weighs 11, so modulo 11 the rule does not see it.
@given(st.sampled_from(IINS + BINS), st.integers(0, 11).filter(lambda place: place != 10), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: str, place: int, shift: int) -> None:
    wrong = f"{number[:place]}{(int(number[place]) + shift) % 10}{number[place + 1 :]}"
    assume(10 not in (_first_sum(number), _first_sum(wrong)))
    assert not who.is_iin(wrong)


@pytest.mark.parametrize("iin", ["123456789011", "123456789012"])
def test_national_test_ids_pass_only_where_they_are_allowed(iin: str) -> None:
    assert who.read_iin(iin, test_ids=True) == iin
    with pytest.raises(who.IdentityError) as refusal:
        who.read_iin(iin)
    assert refusal.value.code == "iin-check"


def test_the_test_bin_is_not_a_test_iin() -> None:
    assert who.is_bin("012345678912", test_ids=True)
    assert not who.is_iin("012345678912", test_ids=True)


@pytest.mark.parametrize(
    "text", ["", "81120140118", "8112014011880", "81120140118x", "٨١١٢٠١٤٠١١٨٨", "81120140118²"]
)
def test_anything_but_twelve_digits_is_refused_in_three_languages(text: str) -> None:
    with pytest.raises(who.IdentityError) as refusal:
        who.read_iin(text)
    assert refusal.value.code == "iin-length"
    assert {refusal.value.text(language) for language in ("kk", "ru", "en")} >= {str(refusal.value)}
    assert "ЖСН" in refusal.value.text("kk")
    assert "ИИН" in refusal.value.text("ru")


@pytest.mark.parametrize(
    ("account", "bic"),
    [
        ("KZ24070105KSN0000000", "KKMFKZ2A"),  # the Treasury
        ("KZ86125KZT5004100100", "NBRKKZKX"),
        ("KZ839261501140044000", None),  # a code the list does not hold
        ("KZ299261802148808000", None),
    ],
)
def test_an_account_is_read_and_its_bank_found(account: str, bic: str | None) -> None:
    assert who.read_account(who.in_groups(account).lower()) == account
    assert who.bic_of(account) == bic


@pytest.mark.parametrize(
    ("account", "code"),
    [
        ("KZ25070105KSN0000000", "iban-check"),
        ("KZ2407010", "iban-shape"),
        ("DE89370400440532013000", "iban-shape"),
        ("KZ24A70105KSN0000000", "iban-shape"),
    ],
)
def test_a_wrong_account_says_what_is_wrong(account: str, code: str) -> None:
    with pytest.raises(who.IdentityError) as refusal:
        who.read_account(account)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("given_", "normalised", "unusual"),
    [
        ("20-313-010-256", "20-313-010-256", False),
        ("20:313:010:256", "20-313-010-256", False),
        (" 20–313 – 010-256 ", "20-313-010-256", False),
        ("20:313:010:256:1/12", "20-313-010-256:1:12", False),
        ("участок 5", "УЧАСТОК5", True),
    ],
)
def test_a_cadastral_number_is_written_one_way_and_never_refused(
    given_: str, normalised: str, unusual: bool
) -> None:
    number = who.read_cadastral_number(given_)
    assert (number.normalised, number.unusual, number.original) == (normalised, unusual, given_)
