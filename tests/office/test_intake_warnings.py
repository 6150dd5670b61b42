"""While an application is keyed in: who has one already, what object has one, which papers lack (M262 §16)."""

from __future__ import annotations

from datetime import datetime

import pytest

from qyzmet.cases import acts
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Case, CaseAccess, CaseState
from qyzmet.config import clock
from qyzmet.people.actor import Principal
from qyzmet.people.directory import body
from tests.cases.town import APPLICANT, OTHER, Town, documents, filled_form, moment, shipped
from tests.office.desk import Desk
from tests.office.test_intake import given, take, window

__all__ = ["window"]

pytestmark = pytest.mark.django_db

PLOT = "f.cadastral-number"
CHECK = "/office/intake/housing-assistance/check"


def warned(desk: Desk, path: str = CHECK, **said: str) -> str:
    answer = desk.client.post(path, said)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_missing_papers_are_named_until_they_are_given(window: Desk) -> None:
    some = warned(window, **given("application"))
    assert "Missing documents" in some
    assert "Bank account" in some
    assert 'href="#given-application"' not in some
    rest = warned(window, **given())
    assert "Missing documents" not in rest


def test_the_same_recipient_is_named_as_soon_as_the_number_is_whole(window: Desk) -> None:
    take(window)
    case = Case.objects.get()
    assert "already an open application for this service" in warned(window, number=APPLICANT)
    assert case.number in warned(window, number=f"{APPLICANT[:6]} {APPLICANT[6:]}")
    for other in (APPLICANT[:11], OTHER, ""):
        assert "already an open" not in warned(window, number=other)


def test_every_open_application_of_the_recipient_is_named_the_chosen_bodys_first(
    window: Desk, housing: Town
) -> None:
    for again in ("", "yes", "yes"):
        take(window.open("/office/intake/housing-assistance"), again=again)
    here, elsewhere, ended = Case.objects.order_by("id")
    far = housing.body("far", body(here.provider_id).kind)
    Case.objects.filter(pk=elsewhere.pk).update(provider=far)
    Case.objects.filter(pk=ended.pk).update(state=CaseState.ENDED)
    CaseAccess.objects.filter(case=elsewhere).delete()
    told = warned(window, CHECK + f"?org.provider={here.provider_id}", number=APPLICANT)
    assert told.index(here.number) < told.index("far")
    assert elsewhere.number not in told
    assert elsewhere.ref not in told
    assert ended.number not in told


def test_asking_keeps_nothing_and_is_for_the_window_alone(window: Desk, housing: Town) -> None:
    warned(window, number=APPLICANT, submit="1", **given())
    assert not Case.objects.exists()
    assert window.client.get(CHECK).status_code == 405
    assert Desk(housing.actor("head")).client.post(CHECK, {}).status_code == 404
    assert window.client.post("/office/intake/none-such/check", {}).status_code == 404


def test_the_same_plot_is_warned_of_and_nothing_is_told_of_a_case_one_does_not_see(
    land: Town, monday: datetime
) -> None:
    now, inspector = moment("2012-09-03 10:00"), land.actor("centre-inspector")
    case = filed(land, now)
    path = "/office/intake/land-private-ownership/check?channel=centre&kind=individual&variant.case=duplicate"
    with clock.hold(now):
        # However it is written, it is the same plot.
        for written in ("20-313-011-123", "20:313:011:123"):
            assert case.number in warned(Desk(inspector), path, **{PLOT: written})
        far = Desk(land.official("centre-inspector", land.body("far", inspector_kind(land))))
        hidden = warned(far, path, **{PLOT: "20-313-011-123"})
        assert case.number not in hidden
        assert "not open to you: 1" in hidden
        assert "for this object" not in warned(Desk(inspector), path, **{PLOT: "20-313-011-124"})


def inspector_kind(town: Town) -> str:
    return str(body(town.actor("centre-inspector").organisation or 0).kind)


def filed(town: Town, now: datetime) -> Case:
    package = shipped("land-private-ownership")
    facts = {"channel": "centre", "case": "duplicate", "recipient": "individual"}
    application = Application(
        service="land-private-ownership", channel="centre", variant={"case": "duplicate"},
        form={**filled_form(package, **facts), "cadastral-number": "20:313:011:123"},
        documents=documents(package, **facts),
        recipient=Principal(OTHER, "individual", "Сатпаев Қ.", "self"),
    )  # fmt: skip
    return acts.submit(town.actor("centre-inspector"), application, now=now)
