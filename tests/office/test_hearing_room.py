"""The hearing room (APPC art. 73): who comes and when; a hearing is moved or called off with a reason, and heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import acts
from qyzmet.cases.hearings.appointments import Hearing, hearing_of
from qyzmet.cases.models import Case, Outbox
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office.hearing_room import hearings
from tests.cases.test_hearings import AT, MONDAY, OTHER_TIME, at_notice, invited
from tests.cases.town import APPLICANT, OTHER, Town, citizen, hear, moment, open_step
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db


def stands(case: Case) -> Hearing:
    found = hearing_of(Case.objects.get(pk=case.pk))
    assert found is not None
    return found


def room(town: Town, now: datetime = MONDAY, path: str = "/office/hearings") -> Desk:
    with clock.hold(now):
        return Desk(town.actor("vet")).open(path)


def send(desk: Desk, action: str, now: datetime = MONDAY, **typed: Any) -> Desk:
    with clock.hold(now):
        return desk.send(action, **typed)


def test_the_room_lists_what_is_to_be_appointed_what_is_ahead_and_what_waits_for_minutes(
    samruk: Town,
) -> None:
    case = at_notice(samruk)
    desk = room(samruk)
    assert "To be appointed" in desk.main
    assert desk.links(f"/office/cases/{case.ref}")
    invited(samruk, case)
    desk = room(samruk)
    assert "Hearings that are set" in desk.main
    assert "no answer yet" in desk.main
    at_notice(samruk, OTHER)
    titles = room(samruk).page.xpath("//div[@role='region']/@aria-labelledby")
    assert sorted(titles) == ["ahead", "unset"]  # each list has a name of its own
    acts.answer_hearing(citizen(), case.ref, "comes", at=OTHER_TIME, now=MONDAY)
    assert "comes" in room(samruk).main
    assert "Minutes to be written" in room(samruk, now=OTHER_TIME).main


@pytest.mark.usefixtures("nothing_grows_old")
def test_a_room_full_of_hearings_asks_no_more_than_one_with_one(samruk: Town) -> None:
    asked = []
    for number in (APPLICANT, OTHER):
        invited(samruk, at_notice(samruk, number))
        with CaptureQueriesContext(connection) as queries:
            found = hearings(samruk.actor("vet"), MONDAY)
        asked.append(len(queries))
    assert [each.hearing and each.hearing.at for each in found.rows] == [AT, AT]
    assert asked[0] == asked[1]
    # Nobody hears two recipients at once: the room says so, and it is over when one of them is moved.
    assert room(samruk).main.count("another one is set for this time") == 2
    move = {"way": "video", "reason": "The room is taken.", "now": MONDAY}
    (first, *_), vet = found.rows, samruk.actor("vet")
    acts.move_hearing(vet, first.ref, first.no, at=OTHER_TIME, **move)
    assert "another one is set for this time" not in room(samruk).main


def test_another_post_has_no_such_hearing(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    desk = Desk(samruk.actor("registrar"))
    with clock.hold(MONDAY):
        assert desk.open(f"/office/hearings/{case.ref}").status == 404
        assert case.ref not in "".join(desk.open("/office/hearings").links("/office/cases/"))


def test_the_room_turns_its_pages_by_when_the_step_is_due(
    samruk: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qyzmet.office.hearing_room.A_PAGE", 1)
    first, second = at_notice(samruk), at_notice(samruk, OTHER)
    desk = room(samruk)
    assert desk.links("/office/cases/")[0].startswith(f"/office/cases/{first.ref}?")
    with clock.hold(MONDAY):
        desk.open(desk.links("?after=")[0])
    assert {each.partition("?")[0] for each in desk.links("/office/cases/")} == {
        f"/office/cases/{second.ref}"
    }
    assert desk.links("?after=") == []


def test_a_post_for_another_service_has_none_of_its_hearings(samruk: Town) -> None:
    at_notice(samruk)
    elsewhere = replace(samruk.actor("vet"), service="another-service")
    assert hearings(samruk.actor("vet"), MONDAY).rows
    assert not hearings(elsewhere, MONDAY).rows


def test_a_hearing_is_moved_within_the_law_and_the_recipient_is_told_why(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    desk = room(samruk, path=f"/office/hearings/{case.ref}")
    late = send(desk, case.ref, at="06.09.2024 10:00", reason="The vet is ill.")
    assert late.status == 422
    assert "within 2 working days" in late.errors
    assert "The vet is ill." in late.text  # what was typed is there
    unsaid = send(
        room(samruk, path=f"/office/hearings/{case.ref}"), case.ref, at="04.09.2024 10:00", reason=""
    )
    assert unsaid.status == 422
    desk = send(
        room(samruk, path=f"/office/hearings/{case.ref}"), case.ref, at="04.09.2024 10:00", reason="Ill."
    )
    assert desk.status == 200
    assert stands(case).at == moment("2024-09-04 10:00")
    assert Outbox.objects.filter(kind="hearing.moved").exists()


def test_a_hearing_that_was_called_off_is_not_held_before_it_is_set_anew(samruk: Town) -> None:
    case = invited(samruk, at_notice(samruk))
    desk = send(room(samruk, path=f"/office/hearings/{case.ref}"), "/call-off", why="")
    assert "reason" in desk.main.lower()
    assert stands(case).open
    desk = send(room(samruk, path=f"/office/hearings/{case.ref}"), "/call-off", why="The room is flooded.")
    assert "put off, no new time" in desk.main
    assert stands(case).state == "cancelled"
    assert Outbox.objects.filter(kind="hearing.called-off", ref="").exists()
    no = open_step(case, "hearing:hold").no
    with pytest.raises(ActRefused, match="hearing-called-off"):
        hear(samruk.actor("vet"), case.ref, no, now=AT)
    with pytest.raises(ActRefused, match="hearing-none"):
        acts.answer_hearing(citizen(), case.ref, "comes", now=MONDAY)
    send(
        room(samruk, path=f"/office/hearings/{case.ref}"),
        case.ref,
        at="04.09.2024 11:00",
        reason="Dry again.",
    )
    assert stands(case).open
    hear(samruk.actor("vet"), case.ref, no, now=OTHER_TIME)
    assert stands(case).state == "held"


def test_the_notice_on_the_case_page_offers_other_times_to_choose_from(samruk: Town) -> None:
    case = at_notice(samruk)
    no = open_step(case, "hearing:notice").no
    with clock.hold(MONDAY):
        desk = Desk(samruk.actor("vet")).case(case.ref)
        desk.send(f"/steps/{no}/decide", **{
            "o.preliminary-decision": "It limps.", "o.hearing-at": "03.09.2024 15:00", "o.way": "video",
            "x.offered.count": "1", "x.offered[0].at": "04.09.2024 11:00",
        })  # fmt: skip
    assert desk.status == 200, desk.errors
    assert stands(case).offered == (OTHER_TIME,)
