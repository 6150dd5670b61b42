"""The supervisor's pages: what they count, what they list, what they hand out, and to whom they are shut."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.http.response import HttpResponseBase
from openpyxl import load_workbook

from qyzmet.cases import acts
from qyzmet.cases.models import Case, Entry
from qyzmet.cases.queries import figures
from qyzmet.cases.queries.figures import Period, Reach
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office.supervising.sheets import Table, taken_away
from tests.cases.bustle import END, supervisor
from tests.cases.town import OTHER, Town, citizen
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db

SEPTEMBER = "from=2024-09-01&to=2024-09-30"
PAGES = ("", "late", "refusals", "times", "cases", "recount", "recount?run=1")
SEEN = ("licensed", "refused", "refused-late", "resumed", "standing", "withdrawn", "taken", "reopened",
"waiting", "unregistered")  # fmt: skip


def counter(desk: Desk, words: str) -> int:
    found = next(a for a in desk.page.xpath("//ul[@class='counters']//a") if words in a.text_content())
    return int(found.find("b").text)


def written(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def rows(desk: Desk, path: str) -> list[dict[str, str]]:
    """An exported CSV, row by row."""
    content = written(desk.client.get(f"/office/supervision/export/{path}")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_every_page_opens_in_every_language(desk: Desk) -> None:
    for language in ("kk", "ru", "en"):
        desk.client.cookies["django_language"] = language
        for path in PAGES:
            assert desk.open(f"/office/supervision/{path}").status == 200, path
            assert desk.page.get("lang") == language


def test_the_load_by_post_is_the_load_by_person_and_what_nobody_took(desk: Desk) -> None:
    desk.open("/office/supervision/")
    posts, persons = rows(desk, "load.csv"), rows(desk, "people.csv")
    assert sum(int(row["Taken"]) for row in posts) == sum(int(row["Open"]) for row in persons) == 1
    assert [row["Person"] for row in persons] == ["Vet A."]
    for row in posts:
        assert int(row["Open"]) >= int(row["Late"]) + int(row["Due today"]) + int(row["Due next day"])
    (chart,) = desk.page.xpath("//figure//svg[@role='img']")
    assert chart.find("title").text == "Load by post"
    assert "Late" in chart.find("desc").text
    assert desk.page.xpath("//table")


def test_what_is_late_is_listed_with_its_holder_and_counted(desk: Desk, busy: dict[str, Case]) -> None:
    desk.open("/office/supervision/late?show=late")
    listed = rows(desk, "late.csv?show=late")
    assert counter(desk, "Late") == len(listed) > 0
    assert listed == sorted(listed, key=lambda row: row["Due"])
    taken = [row for row in listed if row["Number"] == Case.objects.get(pk=busy["taken"].pk).number]
    assert "Vet A." in " ".join(row["Holder"] for row in taken)
    assert "The overall term of the service" in {row["What is due"] for row in taken}
    late, soon = (len(rows(desk, f"late.csv?show={kind}")) for kind in ("late", "soon"))
    assert len(rows(desk, "late.csv")) == late + soon


def test_a_case_late_by_a_step_and_by_its_term_is_one_late_case(desk: Desk, samruk: Town) -> None:
    late = rows(desk, "late.csv?show=late")
    of_terms = [row["Number"] for row in late if row["What is due"] == "The overall term of the service"]
    of_steps = {row["Number"] for row in late if row["What is due"] != "The overall term of the service"}
    assert of_steps & set(of_terms)
    desk.open("/office/supervision/")
    assert counter(desk, "Cases past their overall term") == len(set(of_terms)) == len(of_terms) < len(late)
    assert counter(desk, "Late terms") == len(late)
    recounted = figures.recount(
        Reach(supervisor(samruk)), Period(END.date(), END.date()), END
    ).standing.values()
    assert counter(desk, "Cases past their overall term") == sum(each.late for each in recounted)
    assert len(rows(desk, "cases.csv?show=late")) == len(of_terms)


def test_pages_of_late_work_lose_and_repeat_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qyzmet.office.supervising.views.late.A_PAGE", 3)
    desk.open("/office/supervision/late")
    seen = desk.page.xpath("//tbody/tr")
    turned = [tuple(" ".join(td.text_content().split()) for td in tr) for tr in seen]
    while desk.links("after="):
        desk.open(desk.links("after=")[0])
        turned += [
            tuple(" ".join(td.text_content().split()) for td in tr) for tr in desk.page.xpath("//tbody/tr")
        ]
    assert len(turned) == len(set(turned)) == len(rows(desk, "late.csv"))


def test_refusals_are_counted_by_ground_and_clause(desk: Desk) -> None:
    (row,) = rows(desk, f"refusals.csv?{SEPTEMBER}")
    assert (row["Count"], row["Clause"]) == ("2", "SAMPLER, chapter 1, point 13(1)")
    (window,) = rows(desk, f"window.csv?{SEPTEMBER}")
    assert window["Count"] == "1"
    assert rows(desk, "refusals.csv?from=2024-10-01&to=2024-10-31") == []
    assert (
        "Nothing was refused" in desk.open("/office/supervision/refusals?from=2019-01-01&to=2019-02-01").main
    )


def test_times_leave_out_suspension_and_say_what_was_late(desk: Desk) -> None:
    (row,) = [r for r in rows(desk, f"times.csv?{SEPTEMBER}") if r["Ended"] == "5"]
    assert (row["In time"], row["Late"], row["Share in time"]) == ("4", "1", "80%")
    assert row["Breach of APPC art. 73"] == "1"
    assert float(row["Net, working days (90 %)"]) + 3 == float(row["Gross, working days (90 %)"])
    assert float(row["Net, working hours (median)"]) <= float(row["Gross, working hours (median)"])


def test_the_recount_says_equal_and_then_what_differs(desk: Desk, busy: dict[str, Case]) -> None:
    assert "Equal" in desk.open(f"/office/supervision/recount?run=1&{SEPTEMBER}").main
    Case.objects.filter(pk=busy["withdrawn"].pk).update(ended_at=END)
    said = desk.open(f"/office/supervision/recount?run=1&{SEPTEMBER}").main
    assert "do not equal the journal" in said
    assert "Times of delivery" in said
    # In words, and of a figure with many parts only those that differ.
    assert not re.search(r"Times\(|Standing\(|in_time|gross_days=", said)
    assert "working days (median): " in said


def test_the_column_of_registration_has_no_moment_of_a_case_not_registered(
    desk: Desk, busy: dict[str, Case]
) -> None:
    case = busy["unregistered"]
    seen = {row["Number"]: row["Registered"] for row in rows(desk, "cases.csv")}
    assert seen[case.ref] == "will be registered"
    assert all(written[0].isdigit() for number, written in seen.items() if number != case.ref)
    acts.withdraw(citizen(OTHER), case.ref, now=END)
    row = next(each for each in rows(desk, "cases.csv") if each["Number"] == case.ref)
    assert (row["Registered"], row["State"]) == ("not registered", "Withdrawn")
    assert case.ref in desk.open("/office/supervision/cases").main
    assert "not registered" in desk.main


def test_list_count_search_export_page_and_download_are_the_same_cases(
    samruk: Town, desk: Desk, busy: dict[str, Case]
) -> None:
    trials = Case.objects.filter(parent__in=[busy[name] for name in SEEN]).values_list("ref", flat=True)
    mine = {busy[name].ref for name in SEEN} | set(trials)
    desk.open("/office/supervision/cases")
    listed = {href.rsplit("/", 1)[1] for href in desk.links("/office/cases/")}
    assert listed == mine
    assert f"Cases found: {len(mine)}" in desk.main
    numbers = {c.number or c.ref for c in Case.objects.filter(ref__in=mine)}
    assert {row["Number"] for row in rows(desk, "cases.csv")} == numbers
    for case in Case.objects.all():
        seen = 200 if case.ref in mine else 404
        for path in ("", "/case-file", "/decisions"):
            assert desk.client.get(f"/office/cases/{case.ref}{path}").status_code == seen, path
        found = desk.open(f"/office/supervision/cases?q={case.ref}")
        assert bool(found.links(f"/office/cases/{case.ref}")) == (case.ref in mine)
        assert bool(rows(desk, f"cases.csv?q={case.ref}")) == (case.ref in mine)
        found = desk.open(f"/office/search?q={case.ref}")
        assert (found.path == f"/office/cases/{case.ref}") == (case.ref in mine)


def test_a_supervisor_reads_no_papers_and_is_noted(desk: Desk, busy: dict[str, Case]) -> None:
    case = busy["taken"]
    said = desk.case(case.ref).main
    assert "Омарова" not in said
    assert case.applicant not in said
    assert desk.open(f"/office/search?q={case.applicant}").links("/office/cases/") == []
    assert Entry.objects.filter(stream=f"reads:{case.pk}", act="case.read").exists()


def test_who_supervises_from_above_changes_nothing_in_a_case(
    samruk: Town, desk: Desk, busy: dict[str, Case]
) -> None:
    case, above = busy["taken"], supervisor(samruk)
    assert desk.case(case.ref).page.xpath("//main//form") == []
    for act in (
        lambda: acts.assign(above, case.ref, 1, samruk.actor("vet").account or 0, now=END),
        lambda: acts.transfer(above, case.ref, samruk.above.pk, reason="Order 1", now=END),
        lambda: acts.annul(above, case.ref, "licence", reason="Order 1", now=END),
        lambda: acts.declare_conflict(above, case.ref, reason="The keeper is my neighbour.", now=END),
        lambda: acts.add_note(above, case.ref, "A note.", now=END),
    ):
        with pytest.raises(ActRefused, match="not-your-act"):
            act()


def test_within_the_provider_a_supervisor_sees_the_same_and_directs_nothing(
    samruk: Town, busy: dict[str, Case]
) -> None:
    own = samruk.official("supervisor", busy["taken"].provider)
    with clock.hold(END):
        desk = Desk(own).case(busy["taken"].ref)
        assert desk.status == 200
        assert "Омарова" not in desk.main
        forms = [form.get("action") for form in desk.page.xpath("//main//form")]
        assert forms == []


def test_nobody_else_comes_in(samruk: Town, busy: dict[str, Case]) -> None:
    for post in ("registrar", "mayor"):
        desk = Desk(samruk.actor(post))
        for path in (*PAGES, "export/load.csv"):
            assert desk.client.get(f"/office/supervision/{path}").status_code == 403
    assert Desk(supervisor(samruk)).client.get("/office/audit/").status_code == 403


def test_what_cannot_be_asked_is_answered_kindly(samruk: Town, desk: Desk) -> None:
    for query in (
        "from=x",
        "from=2024-09-30&to=2024-09-01",
        "body=99999",
        "body='",
        "service=<b>",
        "from=0001-01-01",
    ):
        assert desk.open(f"/office/supervision/times?{query}").status == 200
    assert "could not be read" in desk.open("/office/supervision/times?from=%F0%9F%90%B4").main
    for path in ("late?after=x~y~z", "cases?before=-1", "cases?q=%00%27%3C", "cases?show=%27"):
        assert desk.open(f"/office/supervision/{path}").status == 200
    assert desk.client.get("/office/supervision/export/load.exe").status_code == 404
    assert desk.client.get("/office/supervision/export/secrets.csv").status_code == 404


def test_an_empty_office_has_honest_pages(samruk: Town) -> None:
    with clock.hold(END):
        desk = Desk(supervisor(samruk))
        assert "There are no open steps" in desk.open("/office/supervision/").main
        assert "Nothing is late" in desk.open("/office/supervision/late").main
        assert "No case ended" in desk.open("/office/supervision/times").main
        assert "Equal" in desk.open("/office/supervision/recount?run=1").main


@pytest.mark.parametrize("words", ["=1+1", "+7 701", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_a_file_is_a_formula(words: str) -> None:
    table = Table("x", "X", ("A", "B"), ((words, -5),))
    (_, line) = csv.reader(io.StringIO(written(taken_away(table, "csv")).decode("utf-8-sig"), newline=""))
    assert line[0].startswith("'")
    assert [line[0].replace("'", ""), line[1]] == [words, "-5"]
    sheet = load_workbook(io.BytesIO(written(taken_away(table, "xlsx")))).active
    text, number = sheet["A2"], sheet["B2"]
    assert (text.data_type, number.value) == ("s", -5)
    assert text.value.startswith("'")
