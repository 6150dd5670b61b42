"""4.1, second walk: from the counter to the hand-over, a land act through the Centre (docs/walks.md §2).

Monday 27 August 2012 on the moved clock. The inspector keys the application in with its originals and prints the
receipt; the papers are collected and taken to the body by the day's pick-up; body and land enterprise do every row
of the act's table; the act comes back to the Centre and is handed over against signature. With QYZMET_PICTURES set,
a picture of each page is kept there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qyzmet.cases.models import Case, CaseState, Entry, Token
from qyzmet.config import clock
from qyzmet.demo.rehearsal import Wish, read_script
from qyzmet.demo.rehearsal.cast import Cast, gather_cast
from qyzmet.demo.rehearsal.filing import Filing
from qyzmet.demo.rehearsal.script import Script
from qyzmet.demo.rehearsal.ways import Way, choose_way
from qyzmet.demo.samples import Samples
from qyzmet.documents.models import Document
from tests.browser import Browser
from tests.portal.conftest import settle
from tests.shown.test_2_2_twelve_rehearsals import LAND, path_of
from tests.walking.desk import plain, text_of
from tests.walking.filing import bring_in
from tests.walking.papers import a_paper
from tests.walking.person import Person
from tests.walking.walk import BrowserWalk

pytestmark = pytest.mark.full


@pytest.fixture
def script() -> Script:
    return read_script(path_of(LAND))


@pytest.fixture
def cast(script: Script, committed: None) -> Iterator[Cast]:
    at = script.opens_at()
    with clock.hold(at):
        settle(LAND, "general/complaint", "general/hearing")
        yield gather_cast(script, at)


def keep(page: Browser, name: str) -> None:
    page.look(f"4-1-b-{name}")


def test_4_1_b_from_the_counter_to_the_hand_over(
    person: Person, cast: Cast, script: Script, tmp_path: Path
) -> None:
    at, page = script.opens_at(), person.page
    way: Way = choose_way(script, Wish("centre"), Samples(at.date()), at)
    citizen = cast.applicant("individual")
    filing = Filing(script.package, way, citizen)
    case = bring_in(person, cast, filing, a_paper(tmp_path), lambda name: keep(page, f"01-{name}"))
    the_receipt_says_when(page, case)
    walk = BrowserWalk(
        cast,
        case,
        citizen,
        way.aim,
        at,
        person,
        a_paper(tmp_path, "кадастр.pdf"),
        lambda name: keep(page, f"02-{name}"),
    )
    walk.to_the_end()
    case.refresh_from_db()
    assert (case.state, case.exit) == (CaseState.ENDED, "act-given")
    every_row_was_done_in_time(walk, case)
    it_travelled_by_pick_ups(case)
    it_was_handed_over(case)
    with clock.hold(walk.now):
        page.open(f"/office/cases/{case.ref}")
        assert "Іс аяқталған" in plain(page)
        keep(page, "03-ended")


def the_receipt_says_when(page: Browser, case: Case) -> None:
    """Six working days from Monday; Thursday 30 August is Constitution Day, so Wednesday 5 September."""
    assert f"Тіркеу нөмірі {case.number}" in plain(page)
    assert "Тіркелген уақыты: 2012 ж. 27 тамыз, 10:00, өйткені өтініш жұмыс уақытында түсті" in plain(page)
    assert "2012 ж. 5 қыркүйек, 18:00" in plain(page)
    assert "6 жұмыс күні қалды" in plain(page)


def every_row_was_done_in_time(walk: BrowserWalk, case: Case) -> None:
    """The seventeen rows of the act's table, none late."""
    assert len(walk.done) == 17
    assert walk.done[0] == "accept"
    assert walk.done[-1] == "hand-over"
    assert not [row.step for row in walk.told if row.late]
    assert case.ended_at is not None
    assert case.due is not None
    assert case.ended_at < case.due


def it_travelled_by_pick_ups(case: Case) -> None:
    """Collected and dispatched by the accumulation inspector, then written in by the body's clerk."""
    rows = Token.objects.filter(case=case).order_by("no").values_list("step", "organisation__code")
    where = dict(rows)
    assert where["dispatch"] == "zhumabayev-centre"
    assert where["register-incoming"] == "zhumabayev-land-department"
    assert where["draft-act"] == "land-enterprise"
    assert where["hand-over"] == "zhumabayev-centre"


def it_was_handed_over(case: Case) -> None:
    """Who received the act and by which paper they showed who they are stands in the journal."""
    assert Entry.objects.filter(stream=case.stream, act="result.handed-over").exists()
    receipt = text_of(Document.objects.get(case=case, issued="centre-receipt"))
    assert case.number is not None
    assert case.number in receipt
