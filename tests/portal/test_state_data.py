"""Data of state databases as their subject meets them: told of on the draft, shown in the cabinet, theirs to stop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from qyzmet.cases.models import Case
from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.demo.samples import Samples
from qyzmet.gateway.models import StateQuestion
from qyzmet.people.models import Organisation
from qyzmet.portal.models import Draft
from tests.cases.town import shipped
from tests.gateway.connected import connected, deliver
from tests.office.keys import answering
from tests.portal.conftest import CITIZEN, settle, signed_in
from tests.portal.filling import attach, send

SPOUSE = "810827427457"
NOW = datetime(2024, 6, 3, 10, 0, tzinfo=ALMATY)


@pytest.fixture
def citizen(db: None) -> Iterator[Client]:
    """Signed in on a Monday of the year in which the act is in force, in a deployment that is connected."""
    with clock.hold(NOW), answering(), connected(clock.now):
        settle("housing-certificate", "general/complaint", "general/hearing")
        yield signed_in()


@pytest.fixture
def draft(citizen: Client) -> Draft:
    """An application for a housing certificate, filled in but for the consent."""
    citizen.post("/apply/housing-certificate", first_choice(citizen))
    draft = Draft.objects.get()
    package = shipped("housing-certificate")
    form = Samples(on=NOW.date()).form(package, {"recipient": "individual", "channel": "portal"})
    family = [{"full-name": "Ысқақов Айдос", "iin": SPOUSE, "relation": "spouse"}]
    draft.form = {**form, "family": family, "data-consent": False}
    draft.save()
    return draft


def first_choice(visitor: Client) -> dict[str, object]:
    """The first of each choice the start page offers."""
    package = shipped("housing-certificate")
    return {
        f"org.{role}": found.pk
        for role, each in package.organisations.items()
        if (found := Organisation.objects.filter(kind=each.kind).first())
    }


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_the_draft_says_what_will_be_fetched_about_whom_by_which_clause(
    citizen: Client, draft: Draft
) -> None:
    # O109 r417 §13 ¶2: identity data of the applicant and family come from state information systems.
    page = text(citizen, f"/drafts/{draft.ref}/check")
    assert "«Жеке тұлғалар» мемлекеттік дерекқоры" in page
    assert CITIZEN in page
    assert SPOUSE in page
    assert "Келісім әлі берілген жоқ" in page
    draft.form = {**draft.form, "data-consent": True}
    draft.save()
    assert "Келісім берілді" in text(citizen, f"/drafts/{draft.ref}/check")


def test_the_cabinet_shows_what_came_when_and_from_where(citizen: Client, draft: Draft) -> None:
    draft.form = {**draft.form, "data-consent": True}
    draft.save()
    attach(citizen, draft)
    send(citizen, draft)
    case = Case.objects.get()
    assert "жауап әлі" not in text(citizen, f"/cabinet/{case.ref}/data").lower()
    deliver(clock.now())
    assert set(StateQuestion.objects.values_list("state", flat=True)) == {"answered"}
    page = text(citizen, f"/cabinet/{case.ref}/data")
    assert "ШЭП" in page
    assert "Мәліметтің күні: 2024 ж. 3 маусым, 10:00" in " ".join(page.split()), page[
        page.index("Мәліметтің") :
    ][:300]
    assert "басқа адам туралы" in page
    assert SPOUSE not in page


def test_a_stranger_sees_none_of_it(citizen: Client, draft: Draft) -> None:
    draft.form = {**draft.form, "data-consent": True}
    draft.save()
    attach(citizen, draft)
    send(citizen, draft)
    assert signed_in("760312437504").get(f"/cabinet/{Case.objects.get().ref}/data").status_code == 404
