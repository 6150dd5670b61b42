"""The fee of annex 4 to the four land regulations: what a payer is charged for an area, to the last digit."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qyzmet.cli import main
from qyzmet.identity import Area, IdentityError
from qyzmet.regulation.fees import Charge, FeeRefused, charge
from qyzmet.regulation.model import Fee
from qyzmet.regulation.parameters import NoValue, load_parameters

VALUE = load_parameters().value
AUGUST_2012 = date(2012, 8, 1)
WORDS = {"kk": "төлеуші", "ru": "плательщик", "en": "Payer"}


def banded(rows: str, *limits: str) -> dict[str, Any]:
    coefficients = ["1", "1.1", "1.2", "1.3"]
    bands = [{"up-to": limit, "coefficient": c} for limit, c in zip(limits, coefficients, strict=True)]
    bands.append({"coefficient": "1.4"})
    return {
        "name": WORDS,
        "base": "3.2",
        "measure": "hectares",
        "bands": bands,
        "cite": f"M262 private an.4 {rows}",
    }


ANNEX_4 = Fee.model_validate(
    {
        "unit": "mci",
        "cite": "M262 private §11 ¶1",
        "rounding": {"to": "1", "mode": "half-up", "when": "charged"},
        "payers": {
            "gardening": {"name": WORDS, "base": "1.9", "cite": "M262 private an.4 individuals 1"},
            "farm": banded("farms", "50", "100", "500", "1000"),
            "legal-entity": banded("companies", "0.5", "1", "10", "50"),
            "office": banded("offices", "1", "1.5", "2.0", "2.5"),
        },
    }
)


def fee(payer: str, hectares: str | None = None, on: date = AUGUST_2012) -> Charge:
    found = charge(ANNEX_4, payer, on, VALUE, None if hectares is None else Area.of_hectares(hectares))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("payer", "hectares", "coefficient", "amount", "charged"),
    [
        ("gardening", None, "1", "3074.2", 3074),  # 1618 x 1.9
        ("gardening", "7", "1", "3074.2", 3074),
        ("farm", "50", "1", "5177.6", 5178),  # the band holds up to and including 50
        ("farm", "50.00000001", "1.1", "5695.36", 5695),
        ("farm", "100", "1.1", "5695.36", 5695),
        ("farm", "120", "1.2", "6213.12", 6213),
        ("farm", "1000", "1.3", "6730.88", 6731),
        ("farm", "1000.5", "1.4", "7248.64", 7249),
        ("legal-entity", "0.5", "1", "5177.6", 5178),
        ("legal-entity", "1", "1.1", "5695.36", 5695),
        ("legal-entity", "51", "1.4", "7248.64", 7249),
        ("office", "2.0", "1.2", "6213.12", 6213),
        ("office", "2.5", "1.3", "6730.88", 6731),
        ("office", "2.6", "1.4", "7248.64", 7249),
    ],
)
def test_annex_4_in_august_2012(
    payer: str, hectares: str | None, coefficient: str, amount: str, charged: int
) -> None:
    found = fee(payer, hectares)
    assert (found.unit, found.unit_value) == ("mci", Decimal(1618))
    assert found.coefficient == Decimal(coefficient)
    assert found.amount == Decimal(amount)
    assert found.charged == charged


def test_the_fee_is_that_of_the_day_of_filing() -> None:
    assert fee("gardening", on=date(2012, 12, 31)).amount == Decimal("3074.2")
    assert fee("gardening", on=date(2013, 1, 1)).amount == Decimal("3288.9")  # 1731 x 1.9


def test_half_a_tenge_is_charged_as_one() -> None:
    tenge = Fee.model_validate(
        {
            "rounding": {"to": "1", "mode": "half-up", "when": "charged"},
            "payers": {"anyone": {"name": WORDS, "base": "2.5", "cite": "M262 private §11 ¶1"}},
        }
    )
    found = charge(tenge, "anyone", AUGUST_2012, VALUE)
    assert found is not None
    assert (found.amount, found.charged) == (Decimal("2.5"), 3)


def test_a_charge_cites_the_clause_and_the_row() -> None:
    assert fee("farm", "120").cite == "M262 private §11 ¶1; M262 private an.4 farms"


def test_a_service_that_is_free_has_no_charge() -> None:
    assert charge(Fee(none="O109 an.2 row 6"), "anyone", AUGUST_2012, VALUE) is None


def test_an_area_of_nothing_is_refused_even_where_it_does_not_matter() -> None:
    for payer in ("farm", "gardening"):
        with pytest.raises(FeeRefused, match="has to be more than zero"):
            fee(payer, "0")


@pytest.mark.parametrize("hectares", ["-1", "abc", "NaN", "1e3", "300000000", "0.000000001", ""])
def test_an_area_no_plot_can_have_is_refused(hectares: str) -> None:
    with pytest.raises(IdentityError):
        fee("farm", hectares)


def test_a_payer_with_bands_has_to_tell_the_area() -> None:
    with pytest.raises(FeeRefused) as problem:
        fee("farm")
    assert problem.value.text("kk") == (
        "төлеуші: төлем учаскенің ауданына байланысты; ауданды гектармен көрсетіңіз."
    )


def test_an_unknown_payer_is_told_whom_there_is() -> None:
    with pytest.raises(FeeRefused, match="choose one of gardening, farm, legal-entity, office"):
        fee("king")


def test_a_day_without_an_index_has_no_fee() -> None:
    with pytest.raises(NoValue):
        fee("farm", "1", date(2030, 1, 1))


def test_the_command_prints_the_fee_exactly(capsys: pytest.CaptureFixture[str]) -> None:
    words = "fee land-private-ownership --payer farm --hectares 120 --on 2012-08-01 --json"
    assert main(words.split()) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["mci"] == "1618"
    assert answer["base"] == "3.2"
    assert answer["coefficient"] == "1.2"
    assert answer["amount"] == "6213.12"
    assert answer["charged"] == 6213


@pytest.mark.parametrize(
    "service", ["land-private-ownership", "land-permanent-use", "land-paid-use", "land-gratuitous-use"]
)
@pytest.mark.parametrize(
    ("payer", "hectares", "amount"),
    [
        ("gardening", None, "3074.2"),
        ("housing", None, "3074.2"),
        ("subsidiary", None, "3074.2"),
        ("garage", None, "3074.2"),
        ("farm", "500", "6213.12"),
        ("legal-entity", "10", "6213.12"),
        ("office", "2", "6213.12"),
    ],
)
def test_all_four_regulations_print_the_same_table(
    service: str, payer: str, hectares: str | None, amount: str, capsys: pytest.CaptureFixture[str]
) -> None:
    area = ["--hectares", hectares] if hectares else []
    assert main(["fee", service, "--payer", payer, *area, "--on", "2012-08-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["amount"] == amount


def test_the_command_says_that_a_service_is_free(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fee", "housing-assistance", "--on", "2019-06-03", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["amount"] == "0"


@pytest.mark.parametrize(
    "words",
    [
        "--payer farm --hectares 0 --on 2012-08-01",
        "--payer farm --hectares -5 --on 2012-08-01",
        "--payer farm --hectares many --on 2012-08-01",
        "--payer farm --hectares 1e9 --on 2012-08-01",
        "--payer farm --hectares 272490201 --on 2012-08-01",
        "--payer farm --on 2012-08-01",
        "--payer king --hectares 1 --on 2012-08-01",
        "--payer farm --hectares 1 --on 2007-12-31",
        "--payer farm --hectares 1 --on 2027-01-01",
        "--payer farm --hectares 1 --on 2012-02-30",
        "--payer farm --hectares 1 --on yesterday",
        "--payer farm --hectares 1",
        "--on 2012-08-01",
    ],
)
def test_what_cannot_be_told_is_one_sentence(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fee", "land-private-ownership", *words.split()]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("qyzmet: ")
    assert said.err.count("\n") == 1


def test_an_unknown_service_is_told_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fee", "land", "--on", "2012-08-01"]) == 2
    assert "land-private-ownership" in capsys.readouterr().err
