"""Housing assistance from the application to the notice, through every official (A120 §5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from qyzmet.cases import acts
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.hall.handing import Receiver
from qyzmet.cases.models import Capacity, Case, CaseAccess, CaseState, Deadline, Entry, Outbox, Token
from qyzmet.cases.queries import case_page, my_tasks, timeline
from tests.cases.town import (
    RECIPIENT,
    Town,
    citizen,
    complete,
    documents,
    file,
    filled_form,
    hear,
    moment,
    notify,
    open_step,
    shipped,
    steps,
)

pytestmark = pytest.mark.django_db

MONDAY = moment("2019-06-03 10:00")
CALCULATION = {
    "family-size": "3", "monthly-income": "90000", "normative-costs": "30000", "limit-share": "10",
    "computed-amount": "21000",
}  # fmt: skip
AMOUNT = {"amount": "21000", "period-from": "2019-07-01", "period-to": "2019-09-30"}


def application(channel: str = "portal", **changes: Any) -> Application:
    package = shipped("housing-assistance")
    said = {
        "service": "housing-assistance",
        "channel": channel,
        "form": filled_form(package, channel=channel),
        "documents": documents(package, channel=channel),
        "recipient": RECIPIENT if channel == "state-corporation" else None,
    }
    return Application(**{**said, **changes})


class Walk:
    """One case walked by its officials, ten minutes a step."""

    def __init__(self, town: Town, case: Case, now: datetime) -> None:
        self.town, self.case, self.now = town, case, now

    def do(self, step: str, post: str, outcome: str = "done", **more: Any) -> None:
        self.now += timedelta(minutes=10)
        no = open_step(self.case, step).no
        self.case = complete(self.town.actor(post), self.case.ref, no, outcome, now=self.now, **more)

    def decide(self, outcome: str, **more: Any) -> None:
        self.now += timedelta(minutes=10)
        no = open_step(self.case, "decide").no
        where = self.town.bodies["social-department"]
        members = [
            self.town.actor("commission"),
            *(self.town.official("commission", where) for _ in range(2)),
        ]
        for member in members:
            acts.vote(member, self.case.ref, no, outcome, now=self.now)
        self.case = acts.close_sitting(members[0], self.case.ref, no, now=self.now, **more)


def test_by_the_portal_the_commission_assigns_and_the_notice_goes_out(housing: Town) -> None:
    case = file(citizen(), application(), now=MONDAY)
    assert (case.state, steps(case)) == (CaseState.OPEN, ["register"])
    assert case.number == f"{case.provider_id:04d}-2019-000001"
    walk = Walk(housing, case, MONDAY)
    walk.do("register", "responsible-specialist")
    assert steps(case) == ["resolve"]  # condition 3 was checked at once
    walk.do("resolve", "head")
    walk.do("to-commission", "responsible-specialist", output=CALCULATION)
    walk.decide("assign", output=AMOUNT)
    walk.do("notify", "responsible-specialist")
    assert (walk.case.state, walk.case.exit) == (CaseState.ENDED, "assigned")
    assert list(Outbox.objects.filter(destination="documents").order_by("id").values_list("ref", flat=True)) == [
        "registered", "minutes", "notice",
    ]  # fmt: skip


def test_at_the_window_the_office_takes_it_in_and_hands_the_notice_over(housing: Town) -> None:
    counter = housing.actor("counter")
    case = file(counter, application("state-corporation"), now=MONDAY)
    assert steps(case) == ["intake"]
    walk = Walk(housing, case, MONDAY)
    walk.do("intake", "counter")
    walk.do("register", "responsible-specialist")
    walk.do("resolve", "head")
    walk.do("to-commission", "responsible-specialist", output=CALCULATION)
    walk.decide("assign", output=AMOUNT)
    walk.do("notify", "responsible-specialist")
    assert my_tasks(counter).tasks[0].token.step == "hand-over"
    no = open_step(case, "hand-over").no
    done = acts.hand_over(
        counter, case.ref, no, received_by="Омарова А.", identified_by="ID 012345678",
        receiver=Receiver(case.applicant), now=walk.now,
    )  # fmt: skip
    assert done.state == CaseState.ENDED
    # The window held a step twice and sees the case as intake for good.
    held = CaseAccess.objects.filter(case=case, organisation_id=counter.organisation)
    assert set(held.filter(until__isnull=True).values_list("capacity", flat=True)) == {Capacity.INTAKE}


def test_every_step_has_its_own_due_moment_and_the_case_an_overall_one(housing: Town) -> None:
    case = file(citizen(), application(), now=moment("2019-06-03 12:50"))
    # 20 minutes from 12:50 with the break 13:00-14:30 end at 14:40 (A120 §5(1)).
    assert open_step(case, "register").due == moment("2019-06-03 14:40")
    # 8 working days from Monday 3 June: Thursday 13 June at closing (O109 an.2 row 3).
    assert case.due == moment("2019-06-13 18:30")
    term = Deadline.objects.get(case=case, duty="term")
    assert term.basis["cite"] == "O109 an.2 row 3"
    assert len(term.basis["days"]) >= 8


def test_filed_in_the_evening_it_is_registered_next_morning_by_the_system(housing: Town) -> None:
    friday = moment("2019-06-07 19:00")
    case = file(citizen(), application(), now=friday)
    assert (case.state, case.number, steps(case)) == (CaseState.RECEIVED, None, [])
    assert case.registered_at == moment("2019-06-10 09:00")
    assert acts.to_register(moment("2019-06-10 08:59")) == []
    monday = moment("2019-06-10 09:03")
    assert acts.to_register(monday) == [case.ref]
    from qyzmet.people.actor import SYSTEM

    case = acts.register(SYSTEM, case.ref, now=monday)
    assert case.number is not None
    # The ticker came three minutes late; the law counts from the opening.
    assert open_step(case, "register").due == moment("2019-06-10 09:20")


def test_faults_in_the_documents_are_a_ground_of_refusal(housing: Town) -> None:
    case = file(citizen(), application(documents={}), now=MONDAY)
    walk = Walk(housing, case, MONDAY)
    walk.do("register", "responsible-specialist")
    assert steps(case) == ["faults"]
    walk.do(
        "faults", "responsible-specialist", "refuse",
        grounds=[{"ground": "faulty-documents", "reason": "No bill for utilities."}],
    )  # fmt: skip
    # In 2019 no law put a hearing before it (the Code is in force from 1 July 2021).
    assert steps(case) == ["notify-refusal"]
    walk.do("notify-refusal", "responsible-specialist")
    assert walk.case.exit == "refused"


def test_from_july_2021_a_refusal_comes_after_a_hearing(housing: Town) -> None:
    monday = moment("2024-06-03 10:00")
    case = file(citizen(), application(), now=monday)
    walk = Walk(housing, case, monday)
    walk.do("register", "responsible-specialist")
    walk.do("resolve", "head")
    walk.do("to-commission", "responsible-specialist", output=CALCULATION)
    grounds = [{"ground": "not-conforming", "reason": "Income above the limit."}]
    walk.decide("refuse", grounds=grounds)
    assert steps(case) == ["hearing:notice"]
    notice = open_step(case, "hearing:notice")
    assert (notice.post, notice.due) == ("commission", moment("2024-06-10 18:30"))
    chair = housing.actor("commission")
    walk.case = notify(
        chair, case.ref, notice.no, at=moment("2024-06-05 11:00"), now=walk.now,
        decision="Refuse: income above the limit.",
    )  # fmt: skip
    held = open_step(case, "hearing:hold")
    assert held.due == moment("2024-06-05 18:30")
    walk.case = hear(chair, case.ref, held.no, now=moment("2024-06-05 12:00"))
    walk.now = moment("2024-06-05 12:00")
    walk.decide("refuse", grounds=grounds)
    assert steps(case) == ["notify-refusal"]


def test_the_timeline_tells_a_party_the_course_and_not_the_office(housing: Town) -> None:
    case = file(citizen(), application(), now=MONDAY)
    Walk(housing, case, MONDAY).do("register", "responsible-specialist")
    codes = [each.code for each in timeline(citizen(), case.ref)]
    assert codes == ["case.received", "case.registered", "task.completed", "check.done"]
    assert all(not each.person for each in timeline(citizen(), case.ref))
    assert timeline(housing.actor("head"), case.ref)[2].person


def test_a_page_says_what_i_may_do_now_and_by_which_clause(housing: Town) -> None:
    case = file(citizen(), application(), now=MONDAY)
    page = case_page(housing.actor("responsible-specialist"), case.ref)
    (doable,) = page.doable
    assert (doable.step, doable.clause.split(";")[0]) == ("register", "A120 §5(1)")
    assert case_page(housing.actor("head"), case.ref).doable == ()
    assert "form" in page.shown
    assert Entry.objects.filter(stream=case.stream).count() == page.seq
    assert Token.objects.filter(case=case).count() == 1
