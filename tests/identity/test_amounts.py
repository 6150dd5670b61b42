"""Money, areas, and both in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.identity import Area, IdentityError, Money, in_words, money_in_words, plural

TIYN = st.integers(-(10**17), 10**17)


def test_money_is_written_with_no_break_spaces_and_a_comma() -> None:
    assert str(Money.of_tenge("1234567,50")) == "1\u00a0234\u00a0567,50\u00a0₸"
    assert str(Money(-5)) == "-0,05\u00a0₸"


@given(TIYN)
def test_money_survives_tenge_and_its_own_writing(tiyn: int) -> None:
    money = Money(tiyn)
    assert Money.of_tenge(money.tenge) == money
    assert Money.of_tenge(str(money).removesuffix("\u00a0₸")) == money


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0,001", "money-fraction"),
        ("1e5", "number-unreadable"),
        ("NaN", "number-unreadable"),
        ("", "number-unreadable"),
        ("1.2.3", "number-unreadable"),
        ("9" * 30, "money-size"),
    ],
)
def test_an_amount_that_cannot_be_kept_exactly_is_refused(text: str, code: str) -> None:
    with pytest.raises(IdentityError) as refusal:
        Money.of_tenge(text)
    assert refusal.value.code == code


def test_a_product_is_rounded_half_up_to_the_tiyn() -> None:
    assert Money(1618_00).times(Decimal("0.1")) == Money(161_80)
    assert Money(1).times(Decimal("0.5")) == Money(1)
    assert Money(-1).times(Decimal("0.5")) == Money(-1)


def test_areas_are_whole_square_centimetres() -> None:
    assert Area.of_hectares(120).cm2 == 12_000_000_000
    assert Area.of_m2("64,5").m2 == Decimal("64.5")
    assert Area.of_hectares("0,06").m2 == 600
    assert Area.of_hectares(120).in_hectares("kk") == "120\u00a0га"
    assert Area.of_m2("1234,5").in_m2("en") == "1\u00a0234,5\u00a0m²"


@given(st.integers(0, 10**16))
def test_an_area_survives_both_units(cm2: int) -> None:
    area = Area(cm2)
    assert Area.of_hectares(area.hectares) == area
    assert Area.of_m2(area.m2) == area


@pytest.mark.parametrize(
    ("hectares", "code"),
    [
        ("-1", "area-negative"),
        ("300000000", "area-size"),
        ("0,000000001", "area-fraction"),
        ("много", "number-unreadable"),
    ],
)
def test_an_area_that_cannot_be_is_refused(hectares: str, code: str) -> None:
    with pytest.raises(IdentityError) as refusal:
        Area.of_hectares(hectares)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("number", "kazakh", "russian"),
    [
        (0, "нөл", "ноль"),
        (1, "бір", "один"),
        (11, "он бір", "одиннадцать"),
        (21, "жиырма бір", "двадцать один"),
        (100, "бір жүз", "сто"),
        (119, "бір жүз он тоғыз", "сто девятнадцать"),
        (1000, "бір мың", "одна тысяча"),
        (2002, "екі мың екі", "две тысячи два"),
        (5_000, "бес мың", "пять тысяч"),
        (21_412, "жиырма бір мың төрт жүз он екі", "двадцать одна тысяча четыреста двенадцать"),
        (1_000_001, "бір миллион бір", "один миллион один"),
        (3_000_000_000, "үш миллиард", "три миллиарда"),
        (-40, "минус қырық", "минус сорок"),
    ],
)
def test_numbers_in_words(number: int, kazakh: str, russian: str) -> None:
    assert in_words(number, "kk") == kazakh
    assert in_words(number, "ru") == russian


def test_russian_words_follow_the_gender_of_what_is_counted() -> None:
    assert in_words(21, "ru", "feminine") == "двадцать одна"
    assert in_words(2, "ru", "feminine") == "две"
    assert in_words(1, "ru", "neuter") == "одно"
    assert [plural(n, "день", "дня", "дней") for n in (1, 2, 5, 11, 12, 21, 22, 111)] == [
        "день", "дня", "дней", "дней", "дней", "день", "дня", "дней",
    ]  # fmt: skip


def test_money_in_words() -> None:
    fee = Money.of_tenge("1234567,51")
    assert money_in_words(fee, "kk") == "бір миллион екі жүз отыз төрт мың бес жүз алпыс жеті теңге 51 тиын"
    assert money_in_words(fee, "ru") == (
        "один миллион двести тридцать четыре тысячи пятьсот шестьдесят семь тенге 51 тиын"
    )
    assert money_in_words(Money.of_tenge(3), "ru") == "три тенге 00 тиынов"
    assert money_in_words(Money(-2), "ru") == "минус ноль тенге 02 тиына"


def test_a_number_beyond_words_says_so() -> None:
    with pytest.raises(IdentityError, match="too large"):
        in_words(10**18, "kk")
