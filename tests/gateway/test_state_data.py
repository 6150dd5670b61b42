"""State databases: asked with the recipient's consent when a case is filed; what they answer is put on the case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from qyzmet.cases import acts, blobs, erasing
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Case, CaseState, Entry, Outbox, Payload
from qyzmet.cases.queries import case_page
from qyzmet.cases.refusals import ActRefused
from qyzmet.demo.standins import StandIns
from qyzmet.demo.standins.gateway import Mood
from qyzmet.evidence.fetching import sources_rest
from qyzmet.gateway.models import StateQuestion
from qyzmet.gateway.statedata.asking import ask
from qyzmet.gateway.statedata.showing import Fetched, fetched
from qyzmet.people.actor import Actor, Principal
from tests.cases.town import (
    APPLICANT,
    OTHER,
    RECIPIENT,
    Town,
    citizen,
    documents,
    file,
    filled_form,
    moment,
    shipped,
)
from tests.gateway.connected import connected, deliver

MONDAY = moment("2019-06-03 10:00")


class Legal:
    """The legal clock of the town: the tests move it, the stand-in reads it."""

    now = MONDAY


@pytest.fixture
def legal() -> Legal:
    return Legal()


@pytest.fixture
def gateway(legal: Legal, db: None) -> Iterator[StandIns]:
    """The stand-in of the gateway runs, and the deployment is connected to it."""
    with connected(lambda: legal.now) as found:
        yield found


def at_the_counter(town: Town) -> Case:
    """Housing assistance filed at the window, with a spouse in the family."""
    return file(town.actor("counter"), filing("state-corporation", RECIPIENT), now=MONDAY)


def filing(channel: str, recipient: Principal | None) -> Application:
    package = shipped("housing-assistance")
    spouse = {"full-name": "Омаров Ерлан", "iin": OTHER, "relation": "spouse", "birth-date": "1968-05-03"}
    return Application(
        service="housing-assistance",
        channel=channel,
        form={**filled_form(package, channel=channel), "family": [spouse]},
        documents=documents(package, channel=channel),
        recipient=recipient,
    )


def questions(case: Case) -> list[tuple[str, str, str, str]]:
    found = StateQuestion.objects.filter(case=case).order_by("pk")
    return [(each.item, each.about, each.state, each.problem) for each in found]


def seen_by(actor: Actor, case: Case) -> list[Fetched]:
    return fetched(actor, case_page(actor, case.ref))


def test_income_of_the_family_and_work_of_the_applicant_are_fetched_at_filing(
    housing: Town, gateway: StandIns
) -> None:
    # O109 an.2 row 8(1) items 3 and 4: income and work, except data got from state information systems.
    case = at_the_counter(housing)
    deliver(MONDAY)
    assert questions(case) == [
        ("income-proof", APPLICANT, "answered", ""),
        ("income-proof", OTHER, "answered", ""),
        ("employment-proof", APPLICANT, "answered", ""),
    ]
    row = StateQuestion.objects.filter(case=case).earliest("pk")
    assert row.as_of == MONDAY
    assert "ШЭП" in row.source
    assert [set(month) for month in row.data["months"]] == [{"month", "source", "amount"}] * 3
    assert b"SendMessageResponse" in blobs.read(row.evidence)
    said = Payload.objects.get(
        stream=case.stream,
        seq=Entry.objects.filter(stream=case.stream, act="state-data.received").earliest("id").seq,
    )
    assert '"consent":"data-consent"' in str(said.data)
    assert APPLICANT not in str(said.data)


def test_without_a_connection_nothing_is_asked_and_the_filing_goes_its_way(housing: Town) -> None:
    assert not settings.QYZMET_STATE_DATA.address
    case = at_the_counter(housing)
    deliver(MONDAY)
    assert questions(case) == []
    assert not Outbox.objects.filter(destination__startswith="state-data", state="waiting").exists()


def test_on_the_portal_the_recipient_gives_the_copies_and_nothing_is_asked(
    housing: Town, gateway: StandIns
) -> None:
    # O109 an.2 row 8(2) items 2 and 3 know no such exception.
    case = file(citizen(), filing("portal", None), now=MONDAY)
    deliver(MONDAY)
    assert questions(case) == []


def test_a_late_answer_is_fetched_later_by_the_same_message_and_asked_for_once(
    housing: Town, gateway: StandIns, legal: Legal
) -> None:
    gateway.table.gateway.wish("employment", Mood("late", timedelta(minutes=20)))
    case = at_the_counter(housing)
    deliver(MONDAY)
    row = StateQuestion.objects.get(case=case, database="employment")
    assert (row.state, row.settled_at) == ("late", None)
    legal.now = MONDAY + timedelta(minutes=2)
    deliver(legal.now)
    legal.now = MONDAY + timedelta(minutes=40)
    deliver(legal.now)
    after = StateQuestion.objects.get(case=case, database="employment")
    assert (after.state, after.message) == ("answered", row.message)
    assert after.settled_at == legal.now
    told = Entry.objects.filter(stream=case.stream, act="state-data.late")
    assert told.count() == 1


def test_an_answer_that_never_comes_is_given_up_after_a_day(
    housing: Town, gateway: StandIns, legal: Legal
) -> None:
    gateway.table.gateway.wish("employment", Mood("late", timedelta(days=9)))
    case = at_the_counter(housing)
    for hours in range(0, 60, 4):
        legal.now = MONDAY + timedelta(hours=hours)
        deliver(legal.now)
    assert questions(case)[-1][2:] == ("failed", "late")


@pytest.mark.parametrize(
    ("mood", "problem"),
    [("fails", "fault"), ("silent", "silent"), ("broken", "signature"), ("foreign", "signature")],
)
def test_a_database_that_fails_is_tried_again_and_then_the_official_is_told(
    housing: Town, gateway: StandIns, legal: Legal, mood: str, problem: str
) -> None:
    gateway.table.gateway.wish("employment", Mood(mood))  # type: ignore[arg-type]
    case = at_the_counter(housing)
    deliver(MONDAY)
    assert questions(case)[-1][2:] == ("asked", "")
    assert questions(case)[0][2] == "answered"  # another database of the same gateway is not held up
    for minutes in (1, 4, 20, 40):
        sources_rest.forget()
        legal.now = MONDAY + timedelta(minutes=minutes)
        deliver(legal.now)
    assert questions(case)[-1][2:] == ("failed", problem)
    official = seen_by(housing.actor("head"), case)[-1]
    assert (official.state, official.last, official.data) == ("failed", True, {})
    assert not Outbox.objects.filter(destination__startswith="state-data", state="parked").exists()


@pytest.mark.parametrize("mood", ["not-found", "denied"])
def test_a_database_that_has_nothing_says_so_at_once(housing: Town, gateway: StandIns, mood: str) -> None:
    gateway.table.gateway.wish("employment", Mood(mood))  # type: ignore[arg-type]
    case = at_the_counter(housing)
    deliver(MONDAY)
    assert questions(case)[-1][2:] == ("refused", mood)


def test_old_data_are_put_on_the_case_with_their_date_and_marked(housing: Town, gateway: StandIns) -> None:
    gateway.table.gateway.wish("employment", Mood("stale"))
    case = at_the_counter(housing)
    deliver(MONDAY)
    said = seen_by(housing.actor("head"), case)
    assert [each.stale for each in said] == [False, False, True]
    assert said[-1].as_of is not None
    assert MONDAY - said[-1].as_of > timedelta(days=700)


def test_an_official_asks_again_once_the_question_no_longer_waits(
    housing: Town, gateway: StandIns, legal: Legal
) -> None:
    gateway.table.gateway.wish("employment", Mood("not-found"))
    case = at_the_counter(housing)
    deliver(MONDAY)
    gateway.table.gateway.wish("employment", Mood())
    pk = StateQuestion.objects.filter(case=case).latest("pk").pk
    head = housing.actor("head")
    ask(head, case.ref, now=MONDAY, again=pk)
    with pytest.raises(ActRefused) as refused:
        ask(head, case.ref, now=MONDAY, again=pk)
    assert refused.value.code == "state-data-waits"
    deliver(MONDAY)
    assert [each[2] for each in questions(case)] == ["answered", "answered", "refused", "answered"]
    assert [each.last for each in seen_by(head, case)] == [True, True, False, True]


def test_a_party_or_a_stranger_asks_nothing(housing: Town, gateway: StandIns) -> None:
    case = at_the_counter(housing)
    for who, code in ((citizen(), "not-your-act"), (citizen(OTHER), "not-found")):
        with pytest.raises(ActRefused) as refused:
            ask(who, case.ref, now=MONDAY)
        assert refused.value.code == code


def test_a_consent_withdrawn_before_the_answer_stops_the_question(
    housing: Town, gateway: StandIns, legal: Legal
) -> None:
    gateway.table.gateway.wish("employment", Mood("late", timedelta(minutes=20)))
    case = at_the_counter(housing)
    deliver(MONDAY)
    acts.withdraw_consent(citizen(), case.ref, "data-consent", now=MONDAY)
    legal.now = MONDAY + timedelta(hours=1)
    deliver(legal.now)
    assert questions(case)[-1][2:] == ("stopped", "")
    assert StateQuestion.objects.filter(case=case).latest("pk").data == {}
    with pytest.raises(ActRefused) as refused:
        ask(housing.actor("head"), case.ref, now=legal.now)
    assert refused.value.code == "state-data-consent"


def test_a_consent_withdrawn_while_the_answer_is_being_kept_leaves_nothing_of_it(
    housing: Town, gateway: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, put = at_the_counter(housing), blobs.put

    def slowly(*args: Any, **named: Any) -> str:
        if not Entry.objects.filter(stream=case.stream, act="consent.withdrawn").exists():
            acts.withdraw_consent(citizen(), case.ref, "data-consent", now=MONDAY)
        return put(*args, **named)

    monkeypatch.setattr(blobs, "put", slowly)
    deliver(MONDAY)
    assert {state for _, _, state, _ in questions(case)} == {"stopped"}
    assert [(each.data, each.evidence) for each in StateQuestion.objects.filter(case=case)] == [({}, "")] * 3


def test_an_answer_delivered_twice_is_put_on_the_case_once(housing: Town, gateway: StandIns) -> None:
    case = at_the_counter(housing)
    deliver(MONDAY)
    Outbox.objects.filter(destination__startswith="state-data").update(state="waiting", lease=None)
    deliver(MONDAY)
    assert Entry.objects.filter(stream=case.stream, act="state-data.received").count() == 3
    assert len(questions(case)) == 3


def test_a_lawful_erasure_empties_the_data_and_takes_the_signed_answers(
    housing: Town, gateway: StandIns
) -> None:
    case = at_the_counter(housing)
    deliver(MONDAY)
    kept = set(StateQuestion.objects.filter(case=case).values_list("evidence", flat=True))
    assert len(kept) == 3
    files = erasing.erase_rows(case, {"rule": "retention", "clause": "Law on personal data art. 18"}, MONDAY)
    assert kept <= files
    left = StateQuestion.objects.filter(case=case)
    assert {(each.about, str(each.data), each.evidence) for each in left} == {("", "{}", "")}
    assert {each.state for each in left} == {"answered"}  # that it was asked, and when, stays
    assert not kept & erasing.still_named(kept)


def test_a_question_of_an_erased_or_ended_case_is_not_asked(
    housing: Town, gateway: StandIns, legal: Legal
) -> None:
    gateway.table.gateway.wish("employment", Mood("late", timedelta(minutes=20)))
    case = at_the_counter(housing)
    deliver(MONDAY)
    Case.objects.filter(pk=case.pk).update(state=CaseState.ENDED, ended_at=MONDAY)
    legal.now = MONDAY + timedelta(hours=1)
    deliver(legal.now)
    assert questions(case)[-1][2] == "stopped"
    with pytest.raises(ActRefused) as refused:
        ask(housing.actor("head"), case.ref, now=legal.now)
    assert refused.value.code == "ended"
