"""4.6: all twelve services open, file and walk in the browser without a page written for any of them.

One driver reads the page: it answers each question by its type, presses the main button of the task and signs when
it is sent to sign. Who acts next it learns from the rehearsal, nothing else. With QYZMET_PICTURES set, a picture of
each page is kept there, at a laptop's and at a phone's width, in Kazakh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qyzmet.cases import laws
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Case, CaseState, Finding
from qyzmet.config import clock
from qyzmet.demo.rehearsal import Wish, outcomes, read_script
from qyzmet.demo.rehearsal.before import EARLIER, applicant_for, make_needs, settled
from qyzmet.demo.rehearsal.cast import gather_cast
from qyzmet.demo.rehearsal.filing import Filing
from qyzmet.demo.rehearsal.script import Script
from qyzmet.demo.rehearsal.ways import choose_way
from qyzmet.demo.samples import Samples
from qyzmet.documents.models import Document
from qyzmet.people import directory
from tests.browser import Browser, browser, served
from tests.cases.town import publish
from tests.ncalayer import ncalayer
from tests.shown.test_2_2_twelve_rehearsals import TWELVE, path_of
from tests.walking.filing import bring_in
from tests.walking.papers import a_paper
from tests.walking.person import Person
from tests.walking.walk import BrowserWalk

pytestmark = pytest.mark.full


@pytest.fixture
def script(request: pytest.FixtureRequest, committed: None) -> Script:
    return read_script(path_of(request.param))


@pytest.fixture
def house(script: Script) -> Iterator[str]:
    """The service with what it leans on is published; the demo's people are there."""
    directory.forget()
    laws.forget()
    with clock.hold(script.opens_at()), served() as address:
        for package in script.packages:
            publish(package)
        yield address


@pytest.mark.parametrize("script", TWELVE, indirect=True)
def test_4_6_a_service_opens_files_and_walks_to_its_end(script: Script, house: str, tmp_path: Path) -> None:
    at, package = script.opens_at(), script.package
    paper = a_paper(tmp_path)
    cast = gather_cast(script, at)
    way = choose_way(script, Wish(), Samples(at.date()), at)
    filing = Filing(package, way, applicant_for(script, cast, package, way.recipient))
    make_needs(script, cast, filing, at - EARLIER)
    filing = replace(filing, given=settled(filing.applicant))
    with ncalayer(house) as layer, browser(house) as page:
        person = Person(page, layer)
        case = bring_in(person, cast, filing, paper, seen(page, package.service, "file"))
        assert case.number
        walk = BrowserWalk(
            cast, case, filing.applicant, way.aim, at, person, paper, seen(page, package.service, "do")
        )
        walk.to_the_end()
        with clock.hold(walk.now):
            person.is_now(filing.applicant)
            page.open(f"/cabinet/{case.ref}")
            seen(page, package.service, "cabinet")("end")
            ending = package.exits[str(Case.objects.get(pk=case.pk).exit)].name.kk
            assert ending in page.text
        assert [said for said in page.complaints() if "status of 422" not in said] == []
    case.refresh_from_db()
    assert case.state == CaseState.ENDED
    assert outcomes(package)[str(case.exit)] == "positive"
    wrong = Finding.objects.filter(case=case).exclude(outcome__in=("passed", "done"))
    assert [(each.function, each.items) for each in wrong] == []
    assert not verify().tamperings
    issued = set(Document.objects.filter(case=case).values_list("issued", flat=True))
    assert issued or not package.exits[str(case.exit)].issues


def seen(page: Browser, service: str, part: str) -> Callable[[str], None]:
    """Look at each page once, numbered in order."""
    count = iter(range(1, 100))

    def look(name: str) -> None:
        page.look(f"4-6-{service}-{part}-{next(count):02}-{name}")

    return look
