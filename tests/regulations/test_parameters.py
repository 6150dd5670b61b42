"""Values that hold for a time: the index, norms, pick-ups, limits of general procedure."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.datafile import LawDataError
from qyzmet.regulation.parameters import NoValue, load_parameters

PARAMETERS = load_parameters()


@pytest.mark.parametrize(
    ("on", "tenge"),
    [
        (date(2008, 1, 1), "1168"),
        (date(2009, 6, 30), "1273"),
        (date(2009, 7, 1), "1296"),  # changed in the middle of the year
        (date(2012, 8, 1), "1618"),
        (date(2013, 1, 31), "1731"),
        (date(2019, 6, 3), "2525"),
        (date(2020, 3, 31), "2651"),
        (date(2020, 4, 1), "2778"),
        (date(2022, 3, 31), "3063"),
        (date(2022, 4, 1), "3180"),
        (date(2026, 12, 31), "4325"),
    ],
)
def test_the_monthly_calculation_index_of_a_day(on: date, tenge: str) -> None:
    assert PARAMETERS.value("mci", on) == Decimal(tenge)


@pytest.mark.parametrize("on", [date(2007, 12, 31), date(2027, 1, 1)])
def test_a_day_without_an_index_has_no_answer(on: date) -> None:
    with pytest.raises(NoValue) as problem:
        PARAMETERS.value("mci", on)
    assert str(problem.value) == (
        f"Monthly calculation index (MCI): no value for {on}, values are known from 2008-01-01 "
        "to 2026-12-31; choose such a day, or add to the parameter 'mci'."
    )
    assert "01.01.2008 күнінен бастап 31.12.2026 күніне дейін" in problem.value.says.kk
    assert "с 01.01.2008 по 31.12.2026" in problem.value.says.ru


def test_a_misspelt_parameter_is_told_the_nearest_name() -> None:
    with pytest.raises(NoValue, match=r"There is no parameter 'mcii'; did you mean 'mci'\."):
        PARAMETERS.value("mcii", date(2012, 8, 1))


def test_general_procedure_has_its_limits_only_since_the_code() -> None:
    assert PARAMETERS.value("hearing-notice-before-term-end", date(2021, 7, 1)) == "3 working days"
    assert PARAMETERS.value("complaint-to-quality-body-within", date(2024, 5, 6)) == "15 working days"
    with pytest.raises(NoValue):
        PARAMETERS.value("hearing-held-within", date(2021, 6, 30))


def test_the_centre_fetches_papers_three_times_a_day_and_sends_them_twice() -> None:
    fetched = PARAMETERS.value("centre-collection", date(2012, 8, 1))
    sent = PARAMETERS.value("centre-dispatch", date(2012, 8, 1))
    assert len(fetched) == 3
    assert sent == (time(11, 30), time(17, 0))


def test_a_commission_of_five_decides_by_three() -> None:
    assert PARAMETERS.value("housing-commission-members", date(2019, 6, 3)) == 5
    assert PARAMETERS.value("housing-commission-quorum", date(2019, 6, 3)) == 3


def test_amounts_inside_a_table_are_exact() -> None:
    rows = PARAMETERS.value("housing-certificate-amounts", date(2024, 5, 6))
    assert rows[0]["amount"] == Decimal("1500000")
    assert rows[0]["name"]["kk"] == "Мүгедектігі бар адамдар"


def test_only_what_somebody_read_is_called_confirmed() -> None:
    assert PARAMETERS.entry("mci", date(2016, 1, 1)).status == "confirmed"
    assert PARAMETERS.entry("mci", date(2012, 8, 1)).status == "unconfirmed"
    for name in ("housing-assistance-limit-share", "livestock-subsidy-norms", "housing-certificate-funds"):
        assert PARAMETERS.entry(name, date(2024, 5, 6)).status == "sample"


def test_every_parameter_cites_a_clause_that_is_there() -> None:
    acts = load_acts()
    for parameter in PARAMETERS.values():
        assert acts.resolve(parameter.cite)


QUORUM = """
housing-commission-quorum:
  name: {kk: Кворум, ru: Кворум, en: Quorum}
  type: count
  cite: A120 §5(4)
  values:
    - {from: 2019-09-01, value: 4, reference: order of the head No. 7, checked: 2019-09-01, status: confirmed}
"""


def test_a_deployment_lays_its_own_values_over_ours(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(QUORUM, encoding="utf-8")
    theirs = load_parameters(tmp_path)
    assert theirs.value("housing-commission-quorum", date(2019, 8, 31)) == 3
    assert theirs.value("housing-commission-quorum", date(2019, 9, 1)) == 4
    assert theirs.value("mci", date(2019, 9, 1)) == Decimal(2525)
    assert PARAMETERS.value("housing-commission-quorum", date(2019, 9, 1)) == 3


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("value: 4", "value: four", "'four' is no value of type 'count'"),
        ("value: 4", "value: true", "True is no value of type 'count'"),
        ("type: count", "type: decimal", "4 has to be a decimal number in quotes"),
        ("status: confirmed", "status: sure", "own.yaml:[0-9]+:[0-9]+: .*`sure` is not one of confirmed"),
        ("reference:", "source:", "no key `source` here|has no `reference`"),
        ("from: 2019-09-01, value", "value", "`values.0` has no `from`"),
        ("type: count", "type: decimal\n  type: count", "`type` stands here a second time"),
        ("  values:", "  values: []\n  more:", "no key `more` here"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_by_its_place(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    (tmp_path / "own.yaml").write_text(QUORUM.replace(old, new), encoding="utf-8")
    with pytest.raises(LawDataError, match=sentence) as problem:
        load_parameters(tmp_path)
    assert "own.yaml" in str(problem.value)


def test_values_out_of_order_are_refused(tmp_path: Path) -> None:
    line = QUORUM.splitlines()[-1]
    (tmp_path / "own.yaml").write_text(
        QUORUM + line.replace("2019-09-01, v", "2018-01-01, v"), encoding="utf-8"
    )
    with pytest.raises(LawDataError, match="in the order of their days"):
        load_parameters(tmp_path)


def test_a_deployment_cannot_change_what_kind_of_value_a_parameter_is(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        QUORUM.replace("type: count", "type: decimal").replace("value: 4", 'value: "0.5"'), encoding="utf-8"
    )
    with pytest.raises(
        LawDataError, match="'housing-commission-quorum' is given as decimal; it has to be count"
    ):
        load_parameters(tmp_path)
