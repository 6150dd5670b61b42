"""The session of an official ends while they write: the page gives back what was typed on it, once, unsent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from qyzmet.cases import acts
from qyzmet.cases.models import Case, RefusedFiling, Vote
from qyzmet.config import clock
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account
from tests.cases.test_hearings import MONDAY, at_notice, invited
from tests.cases.town import Town, citizen, licence, open_step
from tests.office.desk import Desk
from tests.office.test_intake import ADDRESS, WHO, given
from tests.office.test_notes_and_seats import before_the_commission

pytestmark = pytest.mark.django_db

PASSWORD = "Qara-Tau-77"


def ended(actor: Actor) -> Desk:
    """An official whose session has just ended; their browser still shows the page."""
    account = Account.objects.get(pk=actor.account)
    account.set_password(PASSWORD)
    account.save()
    desk = Desk(actor)
    desk.client.logout()
    return desk


def back_in(desk: Desk, address: str, typed: dict[str, Any]) -> Desk:
    """Post without a session, sign in on the page that comes, and go where it leads."""
    asked = desk.client.post(address, typed)
    assert asked.status_code == 401
    said = {"number": desk.account.number, "password": PASSWORD, "kept": asked.context["kept"]}
    return desk.read(desk.client.post("/sign-in", said, follow=True), address)


def test_an_application_keyed_in_at_the_window_is_still_there(housing: Town, monday: object) -> None:
    desk = back_in(ended(housing.actor("counter")), ADDRESS, {**WHO, **given("identity"), "submit": "1"})
    assert desk.path == ADDRESS
    shown = dict(desk.form(".intake").form_values())
    assert (shown["number"], shown["name"], shown["given.identity"]) == ("811201401188", WHO["name"], "yes")
    assert desk.page.find_class("errors") == []  # nothing was sent yet, so nothing is wrong yet
    assert not Case.objects.exists()
    assert not RefusedFiling.objects.exists()
    assert dict(desk.open(ADDRESS).form(".intake").form_values())["name"] == ""  # given once


def test_the_choices_before_the_form_are_still_made(samruk: Town) -> None:
    with clock.hold(MONDAY):
        asked = "/office/intake/sampler?channel=counter&kind=individual&variant.licence=first&variant.altitude=low"
        desk = back_in(ended(samruk.actor("registrar")), asked, {"name": "Омарова Айгүл", "submit": "1"})
        assert dict(desk.form(".intake").form_values())["name"] == "Омарова Айгүл"


def test_a_decision_with_its_grounds_and_a_note_are_still_there(samruk: Town) -> None:
    with clock.hold(MONDAY):
        case = acts.submit(citizen(), licence(), now=MONDAY)
        registrar = samruk.actor("registrar")
        acts.complete(registrar, case.ref, 1, now=MONDAY)
        vet, no = samruk.actor("vet"), open_step(case, "vet-check").no
        page, typed = (
            f"/office/cases/{case.ref}",
            {"outcome": "sick", "ground": "ill", "reason.ill": "Ақсайды."},
        )
        desk = back_in(ended(vet), f"{page}/steps/{no}/decide", typed)
        assert desk.path == page
        assert dict(desk.form("/decide").form_values())["reason.ill"] == "Ақсайды."
        assert case.tokens.get(no=no).closed_at is None  # it is not sent yet
        desk = back_in(ended(vet), f"{page}/notes", {"note": "Көршісі қоңырау шалды."})
        assert "Көршісі қоңырау шалды." in desk.page.text_content()


def test_votes_marked_on_the_agenda_are_still_marked(housing: Town, monday: datetime) -> None:
    case, no, _ = before_the_commission(housing, monday)
    key, later = f"{case.ref}.{no}", monday + timedelta(hours=2)
    with clock.hold(later):
        typed = {f"vote.{key}": "assign", f"opinion.{key}": "Үлесі шектен асады."}
        desk = back_in(ended(housing.actor("commission")), "/office/agenda/votes", typed)
        shown = dict(desk.form("/agenda/votes").form_values())
    assert (desk.path, shown[f"vote.{key}"], shown[f"opinion.{key}"]) == (
        "/office/agenda", "assign", "Үлесі шектен асады.",
    )  # fmt: skip
    assert not Vote.objects.exists()


def test_a_hearing_about_to_be_moved_is_still_as_it_was_typed(samruk: Town) -> None:
    with clock.hold(MONDAY):
        case = invited(samruk, at_notice(samruk))
        page = f"/office/hearings/{case.ref}"
        desk = back_in(ended(samruk.actor("vet")), page, {"reason": "Бөлме бос емес.", "place": "Зал"})
        assert (desk.path, "Бөлме бос емес." in desk.page.text_content()) == (page, True)
