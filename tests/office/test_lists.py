"""My tasks narrowed, kept under names, taken away: every row, in any number, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from openpyxl import load_workbook

from qyzmet.cases import acts
from qyzmet.cases.models import Case, Filing
from qyzmet.config import clock
from qyzmet.office import spreadsheets, taking_lists
from qyzmet.people.models import KeptFilter
from tests.cases.town import Town, citizen, licence, moment
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db

NOW = moment("2024-09-02 10:00")


@pytest.fixture
def cases(samruk: Town) -> Iterator[list[Case]]:
    with clock.hold(NOW):
        yield [acts.submit(citizen(), licence(), now=NOW) for _ in range(4)]


def content(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def as_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def as_xlsx(data: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(data), read_only=True).active
    return [[cell if cell is not None else "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def shown(desk: Desk) -> list[str]:
    return [href.rsplit("/", 1)[1] for href in desk.links("/office/cases/")]


def test_a_list_is_narrowed_by_holder_step_and_day(samruk: Town, cases: list[Case]) -> None:
    registrar = samruk.actor("registrar")
    acts.take(registrar, cases[0].ref, 1, now=NOW)
    desk = Desk(registrar)
    assert shown(desk.open(f"/office/?holder={registrar.account}")) == [cases[0].ref]
    assert len(shown(desk.open("/office/?holder=0"))) == 3
    assert len(shown(desk.open("/office/?step=register&days=0"))) == 4
    assert shown(desk.open("/office/?step=vet-check")) == []
    assert "No tasks under this filter" in desk.main
    (count,) = desk.open("/office/?holder=0").page.xpath("//ul[@class='counters']//a[@class='today']/b")
    assert count.text == "3"  # the counters count under the same filter


def test_a_filter_is_kept_renamed_and_dropped_and_nobody_else_sees_it(
    samruk: Town, cases: list[Case]
) -> None:
    registrar = samruk.actor("registrar")
    desk = Desk(registrar).open("/office/?holder=0&days=3")
    desk.send("/filters", name="Ешкім алмаған")
    row = KeptFilter.objects.get()
    assert (row.name, row.query) == ("Ешкім алмаған", "holder=0&days=3")
    assert desk.path == "/office/?holder=0&days=3"
    assert "Ешкім алмаған" in desk.main
    press(desk, "rename", row.pk, name="Бос тапсырмалар")
    assert KeptFilter.objects.get().name == "Бос тапсырмалар"
    other = samruk.official("registrar", cases[0].provider)
    assert "Бос" not in Desk(other).open("/office/").main
    stranger = Desk(other).open("/office/")
    press(stranger, "drop", row.pk)
    assert "no such kept filter" in stranger.main
    press(desk, "drop", row.pk)
    assert not KeptFilter.objects.exists()


def press(desk: Desk, verb: str, pk: int, name: str = "") -> None:
    sent = {"verb": verb, "filter": str(pk), "name": name, "query": "holder=0&days=3"}
    desk.read(desk.client.post("/office/filters", sent, follow=True), "/office/")


@pytest.mark.parametrize("name", ["", " ", "а" * 61])
def test_a_name_that_is_none_keeps_nothing(samruk: Town, cases: list[Case], name: str) -> None:
    desk = Desk(samruk.actor("registrar")).open("/office/?holder=0")
    desk.send("/filters", name=name)
    assert "has no name" in desk.main
    assert not KeptFilter.objects.exists()


def test_a_kept_filter_holds_only_what_was_understood(samruk: Town, cases: list[Case]) -> None:
    desk = Desk(samruk.actor("registrar")).open("/office/?holder=0")
    desk.send("/filters", name="X", query="holder=0&next=//evil.example&show=<script>&after=1")
    assert KeptFilter.objects.get().query == "holder=0"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_has_every_row_of_the_list_and_the_filter_holds_there_too(
    samruk: Town, cases: list[Case], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_lists, "A_PAGE", 3)
    registrar = samruk.actor("registrar")
    acts.take(registrar, cases[0].ref, 1, now=NOW)
    read = as_csv if kind == "csv" else as_xlsx
    desk = Desk(registrar)
    rows = read(content(desk.client.get(f"/office/tasks.{kind}")))
    numbers = [Case.objects.get(pk=case.pk).number for case in cases]
    assert rows[0][:3] == ["Due", "State", "Number"]
    assert [row[2] for row in rows[1:]] == numbers
    assert rows[1][-1] == registrar.name
    kept = read(content(desk.client.get(f"/office/tasks.{kind}?holder=0")))
    assert [row[2] for row in kept[1:]] == numbers[1:]
    assert desk.client.get("/office/tasks.exe").status_code == 404


@pytest.mark.parametrize("bad", ["=1+1", "+7", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://e")'])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_runs_as_a_formula(samruk: Town, cases: list[Case], bad: str, kind: str) -> None:
    Filing.objects.filter(case=cases[0]).update(applicant_name=bad)
    data = content(Desk(samruk.actor("registrar")).client.get(f"/office/tasks.{kind}"))
    rows = as_csv(data) if kind == "csv" else as_xlsx(data)
    assert str(rows[1][3]).startswith("'")
    if kind == "xlsx":
        kinds = {c.data_type for row in load_workbook(io.BytesIO(data)).active.iter_rows() for c in row}
        assert "f" not in kinds


@pytest.mark.parametrize("bad", [" =1+1", '"=1+1', "'-2", "\u00a0@SUM(A1)", "\uff1d1+1"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nor_behind_a_blank_or_a_quote_or_in_double_width(bad: str, kind: str) -> None:
    data = content(spreadsheets.sent("x", kind, ["A"], [[bad]]))
    rows = as_csv(data) if kind == "csv" else as_xlsx(data)
    assert rows[1] == [f"'{bad}"]


@pytest.mark.parametrize("said", ["Омарова;=1+1", 'Омарова; "=1+1', "Омарова;\t@SUM(A1)", "Омарова\n-2"])
def test_nor_where_a_spreadsheet_parts_cells_by_semicolons(said: str) -> None:
    data = content(spreadsheets.sent("x", "csv", ["A", "B"], [[said, 1]])).decode("utf-8-sig")
    parted = [cell for row in csv.reader(io.StringIO(data, newline=""), delimiter=";") for cell in row]
    lines = [line for cell in parted for line in cell.splitlines()]
    assert not [line for line in lines if line.strip(' \t"').startswith(("=", "+", "-", "@"))]
    assert as_csv(data.encode())[1][0].replace("'", "") == said


def test_what_no_sheet_may_hold_is_left_out_and_the_rest_stays() -> None:
    rows = [["a\x00b", "<&>", 5, None, "ә\ud83d"]]
    read = as_xlsx(content(spreadsheets.sent("x", "xlsx", ["1", "2", "3", "4", "5"], rows)))
    assert read[1] == ["ab", "<&>", 5, "", "ә"]


def test_a_head_of_another_body_takes_nothing_of_this_one(samruk: Town, cases: list[Case]) -> None:
    stranger = samruk.official("registrar", samruk.body("far", "town-hall"))
    assert as_csv(content(Desk(stranger).client.get("/office/tasks.csv")))[1:] == []
    assert as_csv(content(Desk(stranger).client.get("/office/search.csv?q=омарова")))[1:] == []
