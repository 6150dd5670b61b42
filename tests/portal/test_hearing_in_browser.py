"""A citizen with a phone before a refusal: the invitation, another slot, the calendar file, a position in writing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qyzmet.cases.hearings.appointments import hearing_of
from qyzmet.cases.models import Case
from qyzmet.config import clock
from qyzmet.people.models import Account
from tests.browser import PHONE, Browser, browser, served
from tests.cases.conftest import found, parameters, stalls
from tests.cases.test_hearings import MONDAY, OTHER_TIME, at_notice, invited
from tests.cases.town import APPLICANT, citizen

__all__ = ["parameters", "stalls"]
pytestmark = pytest.mark.full

PASSWORD = "Qara-Tau-77"


@pytest.fixture
def phone(committed: None) -> Iterator[tuple[Browser, Case]]:
    with clock.hold(MONDAY):
        town = found()
        case = invited(town, at_notice(town))
        owner = Account.objects.get(number=citizen().person)
        owner.set_password(PASSWORD)
        owner.save()
        with served() as address, browser(address, PHONE) as opened:
            yield opened, case


def sign_in(page: Browser) -> None:
    page.type("number", APPLICANT)
    page.type("password", PASSWORD)
    page.go()


def test_a_citizen_chooses_a_slot_and_then_writes_instead(phone: tuple[Browser, Case]) -> None:
    page, case = phone
    page.open(f"/sign-in?next=/cabinet/{case.ref}")
    sign_in(page)
    assert "2024\u202fж. 3 қыркүйек, 15:00" in page.text
    page.look("portal-case-hearing")
    page.go("section.notice a.button")
    page.look("portal-hearing")
    page.press("#answer-1")
    page.go()
    assert page.path == f"/cabinet/{case.ref}"
    now = hearing_of(Case.objects.get(pk=case.pk))
    assert now is not None
    assert now.at == OTHER_TIME
    assert page.find("a[href$='hearing.ics']").is_displayed()
    page.go("section.notice a.button")
    page.press("#answer-written")
    page.go()
    page.focus_on(".errors")
    page.press(".errors a")
    page.focus_on("#said")
    page.look("portal-hearing-error")
    page.type("said", "Тайбурыл ақсамайды, анықтамасы тіркелген.")
    page.driver.delete_all_cookies()
    page.go()
    assert "сақталды" in page.text
    sign_in(page)
    assert page.find("#said").get_attribute("value") == "Тайбурыл ақсамайды, анықтамасы тіркелген."
    assert page.find("#answer-written").is_selected()
    page.go()
    assert "жазбаша білдірдім" in page.text
    assert [
        each for each in page.complaints() if "422" not in each and "401" not in each and "403" not in each
    ] == []
