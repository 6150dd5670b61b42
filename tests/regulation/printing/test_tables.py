"""The tables of the acts: land's table 1 cell by cell, its groups, and the business-process reference."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from qyzmet.regulation.printing import reference, step_tables, tables_html, tables_text
from qyzmet.regulation.printing.words import LANGUAGES, Language
from tests.regulation.printing.shipped import SERVICES, shipped

LAND = ["land-private-ownership", "land-permanent-use", "land-paid-use", "land-gratuitous-use"]
PRINTED = Path(__file__).parents[2] / "regulations" / "land_table_1.tsv"


def printed_rows() -> list[list[str]]:
    lines = PRINTED.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_land_table_1_equals_the_act_cell_by_cell() -> None:
    table = step_tables(shipped("land-private-ownership"), "kk")[0]
    made = [[r.number, r.unit, r.action, r.makes, r.within, r.next] for r in table.rows]
    for row, expected in zip(made, printed_rows(), strict=True):
        assert row == expected


@pytest.mark.parametrize("service", LAND)
def test_the_four_land_acts_number_their_actions_from_1_to_17(service: str) -> None:
    rows = step_tables(shipped(service), "kk")[0].rows
    assert [row.number for row in rows] == [str(n) for n in range(1, 18)]
    assert [row.next for row in rows] == [*(str(n) for n in range(2, 18)), "соңы"]


@pytest.mark.parametrize("service", LAND)
def test_table_2_groups_nine_actions_table_3_seven_without_the_enterprise(service: str) -> None:
    _, second, third = step_tables(shipped(service), "kk")
    assert second.grouped is not None
    assert third.grouped is not None
    assert [a.column for a in second.grouped.actions] == [0, 1, 3, 2, 4, 1, 3, 1, 0]
    assert [a.column for a in third.grouped.actions] == [0, 1, 3, 2, 3, 1, 0]
    assert (len(second.grouped.columns), len(third.grouped.columns)) == (5, 4)


def test_a_subsidy_has_the_four_steps_of_its_regulation() -> None:
    rows = step_tables(shipped("processing-subsidy"), "en")[0].rows
    assert [row.number for row in rows] == ["1", "2", "3", "4"]
    assert rows[2].within == rows[3].within == "not set"


def test_a_package_without_tables_prints_its_main_process_for_each_way_in() -> None:
    package = shipped("housing-assistance").model_copy(update={"tables": {}})
    portal, counter = step_tables(package, "en")
    assert counter.rows[0].step == "intake"
    assert counter.rows[-1].step == "hand-over"
    assert {"intake", "hand-over"}.isdisjoint(row.step for row in portal.rows)


def test_the_reference_of_a_subsidy_has_the_five_columns_of_the_act() -> None:
    made = reference(shipped("livestock-subsidy"), "ru")
    assert len(made.actors) == 5
    assert made.actors[0] == "Услугополучатель"
    assert made.entries[0].kind == "start"
    assert {entry.kind for entry in made.entries} == {"start", "end", "step", "choice"}


@pytest.mark.parametrize("service", [*SERVICES, "sampler"])
def test_every_transition_of_a_reference_leads_to_a_row(service: str) -> None:
    made = reference(shipped(service), "kk")
    rows = {entry.row for entry in made.entries}
    for entry in made.entries:
        assert {onward.row for onward in entry.onward} <= rows
        assert entry.onward or entry.kind == "end", entry
        assert entry.kind != "choice" or len(entry.onward) > 1 or entry.text, entry


@pytest.mark.parametrize("service", [*SERVICES, "sampler"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_service_prints_its_tables(service: str, lang: Language) -> None:
    frames = html.fromstring(f"<div>{tables_html(shipped(service), lang)}</div>")
    for table in frames.iter("table"):
        columns = len(table.findall("thead/tr/th"))
        assert columns
        assert {len(row.findall("td")) for row in table.findall("tbody/tr")} == {columns}
    assert tables_text(shipped(service), lang)
