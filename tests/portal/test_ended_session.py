"""The session ends while somebody writes: every page of the portal gives back what was typed on it, once, unsent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from qyzmet import demo
from qyzmet.cases import acts
from qyzmet.cases.models import Case, Filing
from qyzmet.config import clock
from qyzmet.people.models import Account, Organisation
from qyzmet.portal.models import Draft
from tests.cases.conftest import found, parameters, stalls
from tests.cases.town import APPLICANT, Town, licence, moment, open_step
from tests.cases.town import citizen as keeper
from tests.fence.files import PDF
from tests.portal.conftest import CITIZEN, NEIGHBOUR
from tests.portal.filling import begin, file, fill, ready, send

__all__ = ["parameters", "stalls"]
NOON = moment("2024-06-03 12:00")
PASSWORD = "Qara-Tau-77"


def back_in(visitor: Client, asked: object, number: str = CITIZEN, password: str = demo.PASSWORD) -> str:
    """Sign in on the page that came in place of the one posted; where it leads."""
    kept = asked.context["kept"]  # type: ignore[attr-defined]
    answer = visitor.post("/sign-in", {"number": number, "password": password, "kept": kept})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_the_choices_before_the_form_are_still_chosen(monday: object) -> None:
    alatau = Organisation.objects.get(code="alatau-social-department")
    visitor = Client(HTTP_ACCEPT_LANGUAGE="kk")
    asked = visitor.post("/apply/housing-assistance", {"org.provider": alatau.pk})
    assert asked.status_code == 401
    address = back_in(visitor, asked)
    assert address == "/apply/housing-assistance"
    page = visitor.get(address).content.decode()
    assert f'value="{alatau.pk}" checked' in page
    assert not Draft.objects.exists()  # nothing is begun until it is sent again


def test_a_page_of_documents_comes_back_and_says_to_attach_the_files_anew(citizen: Client) -> None:
    draft = begin(citizen)
    fill(citizen, draft)
    address = f"/drafts/{draft.ref}/documents"
    key = citizen.get(address).context["rows"][0].key
    stranger = Client(HTTP_ACCEPT_LANGUAGE="kk")
    asked = stranger.post(address, {"keep": "1", key: file("bill.pdf", PDF)})
    assert asked.status_code == 401
    assert "оларды қайта тіркеңіз" in asked.content.decode()
    assert back_in(stranger, asked) == address


def test_the_reason_of_a_withdrawal_stands_as_it_was_typed(citizen: Client) -> None:
    send(citizen, ready(citizen))
    case = Case.objects.get()
    stranger = Client(HTTP_ACCEPT_LANGUAGE="kk")
    asked = stranger.post(f"/cabinet/{case.ref}/withdraw", {"reason": "Көшіп кеттім."})
    address = back_in(stranger, asked)
    assert "Көшіп кеттім.</textarea>" in stranger.get(address).content.decode()
    assert Case.objects.get().state != "ended"


def test_what_one_typed_is_not_shown_in_anothers_pages(citizen: Client) -> None:
    send(citizen, ready(citizen))
    case = Case.objects.get()
    stranger = Client(HTTP_ACCEPT_LANGUAGE="kk")
    asked = stranger.post(f"/cabinet/{case.ref}/withdraw", {"reason": "Көшіп кеттім."})
    address = back_in(stranger, asked, NEIGHBOUR)
    assert stranger.get(address).status_code == 404


def test_whoever_signs_in_next_at_the_same_browser_is_not_given_what_the_last_one_typed(
    monday: object,
) -> None:
    alatau = Organisation.objects.get(code="alatau-social-department")
    shared = Client(HTTP_ACCEPT_LANGUAGE="kk")
    shared.post("/sign-in", {"number": CITIZEN, "password": demo.PASSWORD})
    del shared.cookies["sessionid"]  # the session ends
    asked = shared.post("/apply/housing-assistance", {"org.provider": alatau.pk})
    assert asked.status_code == 401
    assert back_in(shared, asked, NEIGHBOUR) == "/cabinet"
    page = shared.get("/apply/housing-assistance").content.decode()
    assert f'value="{alatau.pk}" checked' not in page


def test_the_same_person_is_given_it_at_the_same_browser(monday: object) -> None:
    alatau = Organisation.objects.get(code="alatau-social-department")
    own = Client(HTTP_ACCEPT_LANGUAGE="kk")
    own.post("/sign-in", {"number": CITIZEN, "password": demo.PASSWORD})
    del own.cookies["sessionid"]
    asked = own.post("/apply/housing-assistance", {"org.provider": alatau.pk})
    address = back_in(own, asked)
    assert f'value="{alatau.pk}" checked' in own.get(address).content.decode()


def test_a_page_that_is_too_old_keeps_what_was_typed_too(citizen: Client) -> None:
    """Signed in again in another tab: the first tab's page has an old token."""
    send(citizen, ready(citizen))
    case = Case.objects.get()
    strict = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="kk")
    strict.cookies = citizen.cookies
    asked = strict.post(f"/cabinet/{case.ref}/withdraw", {"reason": "Көшіп кеттім."})
    assert asked.status_code == 401
    assert "Көшіп" not in asked.content.decode()  # sealed on its way
    assert back_in(citizen, asked) == f"/cabinet/{case.ref}/withdraw"


@pytest.fixture
def samruk(db: None) -> Iterator[Town]:
    with clock.hold(NOON):
        yield found()


def test_a_correction_half_written_goes_on_where_it_was(samruk: Town) -> None:
    case = acts.submit(keeper(), licence(documents={}), now=NOON)
    registered = open_step(case, "register").no
    acts.complete(samruk.actor("registrar"), case.ref, registered, outcome="done", now=NOON)
    row = Account.objects.get(number=APPLICANT)
    row.set_password(PASSWORD)
    row.save()
    stranger = Client(HTTP_ACCEPT_LANGUAGE="kk")
    asked = stranger.post(f"/cabinet/{case.ref}/answer", {"called": "Құлагер"})
    address = back_in(stranger, asked, APPLICANT, PASSWORD)
    assert 'value="Құлагер"' in stranger.get(address).content.decode()
    assert Filing.objects.get(case=case).form["called"] == "Тайбурыл"
