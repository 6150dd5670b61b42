"""The sampler through the constructs a case can meet."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from qyzmet.cases import acts
from qyzmet.cases.models import (
    Case,
    CaseAccess,
    CaseState,
    Deadline,
    Duty,
    Entry,
    Finding,
    Outbox,
    Suspension,
    Token,
    Vote,
)
from qyzmet.cases.queries import case_page
from qyzmet.cases.refusals import ActRefused
from qyzmet.people.actor import SYSTEM
from tests.cases.town import (
    RECIPIENT,
    Town,
    citizen,
    complete,
    hear,
    licence,
    moment,
    notify,
    open_step,
    steps,
    tulpar,
)

pytestmark = pytest.mark.django_db

MONDAY = moment("2024-09-02 10:00")
WINGS = {"wingspan": "9", "temper": "calm"}


def at_examinations(town: Town, **changes: object) -> Case:
    """A case whose examinations stand open."""
    case = acts.submit(citizen(), licence(**changes), now=MONDAY)
    acts.complete(town.actor("registrar"), case.ref, 1, now=MONDAY)
    return case


def fly(town: Town, case: Case, now: datetime, outcome: str = "landed") -> Case:
    """Complete the trial flight, a case of its own."""
    trial = Case.objects.get(parent=case)
    acts.complete(town.actor("vet"), trial.ref, 1, outcome, output={"height": "40"}, now=now)
    return trial


def at_council(town: Town) -> tuple[Case, datetime]:
    """A case before the Council of Elders."""
    case = at_examinations(town)
    vet, hand = town.actor("vet"), town.actor("stable-hand")
    acts.complete(vet, case.ref, open_step(case, "vet-check").no, "healthy", output=WINGS, now=MONDAY)
    acts.complete(hand, case.ref, open_step(case, "stabling").no, now=MONDAY)
    fly(town, case, MONDAY)
    rested = open_step(case, "rest").due
    assert rested is not None
    acts.expire(SYSTEM, case.ref, open_step(case, "rest").no, now=rested)
    quiet = open_step(case, "neighbours").due
    assert quiet is not None
    acts.expire(SYSTEM, case.ref, open_step(case, "neighbours").no, now=quiet)
    return case, quiet


def test_the_examinations_run_together_and_the_last_one_back_goes_on(samruk: Town) -> None:
    case = at_examinations(samruk)
    assert steps(case) == ["examinations", "vet-check", "stabling", "trial"]
    vet = samruk.actor("vet")
    acts.complete(vet, case.ref, open_step(case, "vet-check").no, "healthy", output=WINGS, now=MONDAY)
    acts.complete(samruk.actor("stable-hand"), case.ref, open_step(case, "stabling").no, now=MONDAY)
    assert steps(case) == ["examinations", "trial"]
    trial = fly(samruk, case, MONDAY)
    assert steps(case) == ["rest"]
    assert Case.objects.get(pk=trial.pk).exit == "passed"
    assert Entry.objects.filter(stream=case.stream, act="sub-case.ended").exists()


def test_the_clinic_sees_the_case_only_while_it_holds_a_step(samruk: Town) -> None:
    case = at_examinations(samruk)
    vet = samruk.actor("vet")
    assert "holder" in case_page(vet, case.ref).capacities
    acts.complete(vet, case.ref, open_step(case, "vet-check").no, "healthy", output=WINGS, now=MONDAY)
    acts.complete(samruk.actor("stable-hand"), case.ref, open_step(case, "stabling").no, now=MONDAY)
    fly(samruk, case, MONDAY)
    with pytest.raises(ActRefused, match="not-found"):
        case_page(vet, case.ref)


def test_what_the_stall_register_found_is_kept(samruk: Town) -> None:
    case = at_examinations(samruk, form=tulpar(called="Nobody"))
    assert steps(case) == ["sign-results"]
    assert list(Finding.objects.filter(case=case).order_by("id").values_list("function", "outcome")) == [
        ("documents.complete", "passed"), ("samruk.note_stall", "refused"),
    ]  # fmt: skip


def test_a_timer_passes_when_it_is_due_however_late_the_ticker_comes(samruk: Town) -> None:
    case = at_examinations(samruk)
    vet = samruk.actor("vet")
    acts.complete(vet, case.ref, open_step(case, "vet-check").no, "healthy", output=WINGS, now=MONDAY)
    acts.complete(samruk.actor("stable-hand"), case.ref, open_step(case, "stabling").no, now=MONDAY)
    fly(samruk, case, MONDAY)
    rest = open_step(case, "rest")
    assert rest.due is not None
    with pytest.raises(ActRefused, match="not-due-yet"):
        acts.expire(SYSTEM, case.ref, rest.no, now=rest.due - timedelta(seconds=1))
    late = rest.due + timedelta(hours=3)
    assert acts.expired(late) == [(case.ref, rest.no)]
    acts.expire(SYSTEM, case.ref, rest.no, now=late)
    assert open_step(case, "neighbours").opened_at == rest.due
    assert acts.expire(SYSTEM, case.ref, rest.no, now=late).pk == case.pk  # a second ticker changes nothing


def test_papers_brought_late_are_accepted_while_the_case_can_go_back(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(documents={}), now=MONDAY)
    acts.complete(samruk.actor("registrar"), case.ref, 1, now=MONDAY)
    due = open_step(case, "papers").due
    assert due is not None
    acts.expire(SYSTEM, case.ref, open_step(case, "papers").no, now=due)
    assert steps(case) == ["close-incomplete"]
    acts.deliver_event(citizen(), case.ref, "papers-brought", "brought", now=due + timedelta(hours=1))
    assert "vet-check" in steps(case)
    with pytest.raises(ActRefused, match="event-unexpected"):
        acts.deliver_event(citizen(), case.ref, "eclipse", "seen", now=due + timedelta(hours=1))


def test_an_objection_that_is_late_is_recorded_and_no_more(samruk: Town) -> None:
    case, now = at_council(samruk)
    acts.deliver_event(SYSTEM, case.ref, "objection", "objection", now=now)
    assert steps(case) == ["council"]
    assert Entry.objects.filter(stream=case.stream, act="event.late").count() == 1


def test_the_council_needs_its_quorum_and_two_thirds(samruk: Town) -> None:
    case, now = at_council(samruk)
    no = open_step(case, "council").no
    one, two, three = council(samruk, case)
    acts.vote(one, case.ref, no, "grant", now=now)
    with pytest.raises(ActRefused, match="voted-already"):
        acts.vote(one, case.ref, no, "refuse", now=now)
    acts.recuse(two, case.ref, no, reason="My nephew's tulpar.", now=now)
    with pytest.raises(ActRefused, match="no-quorum"):
        acts.close_sitting(one, case.ref, no, now=now)
    acts.vote(three, case.ref, no, "grant", now=now)
    four = samruk.official("elders", case.provider, chair=False)
    acts.vote(four, case.ref, no, "refuse", now=now)
    with pytest.raises(ActRefused, match="not-chair"):
        acts.close_sitting(three, case.ref, no, now=now)
    with pytest.raises(ActRefused, match="vote-needed"):
        acts.complete(one, case.ref, no, "grant", now=now)
    acts.close_sitting(one, case.ref, no, now=now)
    assert steps(case) == ["flight-name"]
    assert Vote.objects.filter(recused=True).count() == 1


def council(town: Town, case: Case) -> list:
    others = [town.official("elders", case.provider, chair=False) for _ in range(2)]
    return [town.actor("elders"), *others]


def grant(town: Town, case: Case, now: datetime) -> None:
    no = open_step(case, "council").no
    members = council(town, case)
    for each in members:
        acts.vote(each, case.ref, no, "grant", now=now)
    acts.close_sitting(members[0], case.ref, no, now=now)


def test_a_licence_ends_the_case_and_starts_the_duty_to_renew(samruk: Town) -> None:
    case, now = at_council(samruk)
    grant(samruk, case, now)
    acts.deliver_event(
        citizen(), case.ref, "name-chosen", "chosen", output={"flight-name": "Найзағай"}, now=now
    )
    sign = open_step(case, "sign-results")
    assert sign.kind == "batch"
    complete(samruk.actor("mayor"), case.ref, sign.no, now=now)
    done = acts.complete(samruk.actor("herald"), case.ref, open_step(case, "herald").no, now=now)
    assert (done.state, done.exit) == (CaseState.ENDED, "licensed")
    duty = Duty.objects.get(case=case, code="renew")
    assert duty.person == RECIPIENT.number
    assert Deadline.objects.get(subject=f"duty:{duty.pk}").due == duty.due
    term = Deadline.objects.get(case=case, duty="term")
    assert term.state == "kept"
    assert Outbox.objects.filter(destination="documents", ref="licence").exists()


def test_a_name_that_comes_late_is_refused(samruk: Town) -> None:
    case, now = at_council(samruk)
    grant(samruk, case, now)
    late = open_step(case, "flight-name").due
    assert late is not None
    acts.expire(SYSTEM, case.ref, open_step(case, "flight-name").no, now=late)
    with pytest.raises(ActRefused, match="event-late"):
        acts.deliver_event(citizen(), case.ref, "name-chosen", "chosen", now=late)


def test_a_quarantine_stops_every_clock_and_lifting_it_moves_the_term(samruk: Town) -> None:
    case = at_examinations(samruk)
    before = Case.objects.get(pk=case.pk).due
    vet = samruk.actor("vet")
    acts.complete(
        vet, case.ref, open_step(case, "vet-check").no, "quarantine", output=WINGS,
        grounds=[{"ground": "quarantine", "reason": "Glanders."}], now=MONDAY,
    )  # fmt: skip
    assert steps(case) == ["announce-quarantine"]
    stopped = complete(samruk.actor("mayor"), case.ref, open_step(case, "announce-quarantine").no, now=MONDAY)
    assert (stopped.state, stopped.due) == (CaseState.SUSPENDED, None)
    assert Deadline.objects.get(case=case, duty="term").due is None
    thursday = moment("2024-09-05 12:00")
    gone_on = acts.resume(
        samruk.actor("mayor"), case.ref, "quarantine", reason="Healthy again.", now=thursday
    )
    # Tuesday, Wednesday and Thursday do not count: the day after the suspension up to that of the resumption.
    assert before == moment("2024-09-18 18:30")
    assert gone_on.due == moment("2024-09-23 18:30")
    assert gone_on.state == CaseState.OPEN
    assert "vet-check" in steps(case)


def test_a_court_stops_a_case_on_a_day_before_it_is_entered_but_not_before_the_last_event(
    samruk: Town,
) -> None:
    case = at_examinations(samruk)
    registrar, wednesday = samruk.actor("registrar"), moment("2024-09-04 12:00")
    with pytest.raises(ActRefused, match="occurred-order"):
        acts.suspend(
            registrar,
            case.ref,
            "dispute",
            reason="Order 12.",
            occurred=moment("2024-09-02 09:00"),
            now=wednesday,
        )
    with pytest.raises(ActRefused, match="not-your-act"):
        acts.suspend(samruk.actor("elders"), case.ref, "dispute", reason="Order 12.", now=wednesday)
    tuesday = moment("2024-09-03 11:00")
    acts.suspend(registrar, case.ref, "dispute", reason="Order 12.", occurred=tuesday, now=wednesday)
    row = Suspension.objects.get(case=case)
    assert (row.effective_at, row.entered_at) == (tuesday, wednesday)
    # The stable hand waters the tulpar all the same (while-suspended: runs).
    assert set(
        Token.objects.filter(case=case, suspended=False, closed_at__isnull=True).values_list(
            "step", flat=True
        )
    ) == {"stabling"}
    with pytest.raises(ActRefused, match="suspended"):
        acts.complete(
            samruk.actor("vet"),
            case.ref,
            open_step(case, "vet-check").no,
            "healthy",
            output=WINGS,
            now=wednesday,
        )


def test_a_hearing_comes_before_a_refusal_and_its_breach_is_marked(samruk: Town) -> None:
    case = at_examinations(samruk)
    vet, no = samruk.actor("vet"), open_step(case, "vet-check").no
    late = moment("2024-09-17 10:00")  # the term ends on the 18th: the last lawful notice was on the 13th
    acts.complete(
        vet, case.ref, no, "sick", output=WINGS, grounds=[{"ground": "ill", "reason": "It limps."}], now=late
    )
    assert "hearing:notice" in steps(case)
    assert Case.objects.get(pk=case.pk).breach == ["APPC art. 73"]
    notice = open_step(case, "hearing:notice")
    with pytest.raises(ActRefused, match="hearing-too-late"):
        notify(vet, case.ref, notice.no, at=moment("2024-09-20 10:00"), decision="Sick.", now=late)
    notify(vet, case.ref, notice.no, at=moment("2024-09-18 10:00"), decision="Sick.", now=late)
    hold = open_step(case, "hearing:hold")
    with pytest.raises(ActRefused, match="hearing-too-early"):
        hear(vet, case.ref, hold.no, now=late)
    hear(vet, case.ref, hold.no, "waived", now=late)
    assert open_step(case, "vet-check").no > no


def test_grounds_come_only_from_the_law_and_each_has_its_reason(samruk: Town) -> None:
    case = at_examinations(samruk)
    vet, no = samruk.actor("vet"), open_step(case, "vet-check").no
    for grounds, said in (
        ([], "ground-needed"),
        ([{"ground": "elders-against", "reason": "x"}], "ground-unknown"),
        ([{"ground": "wingless", "reason": "x"}], "ground-unknown"),  # it has two wings
        ([{"ground": "ill", "reason": " "}], "reason-needed"),
    ):
        with pytest.raises(ActRefused, match=said):
            acts.complete(vet, case.ref, no, "sick", output=WINGS, grounds=grounds, now=MONDAY)
    with pytest.raises(ActRefused) as problem:
        acts.complete(vet, case.ref, no, "healthy", output={"wingspan": "31"}, now=MONDAY)
    assert problem.value.hint == {"wingspan": "max", "temper": "required"}


def test_withdrawing_closes_whatever_is_open(samruk: Town) -> None:
    case = at_examinations(samruk)
    done = acts.withdraw(citizen(), case.ref, reason="It flew away.", now=MONDAY)
    assert (done.state, done.exit, steps(case)) == (CaseState.ENDED, "withdrawn", [])
    running = Deadline.objects.filter(case=case, state="open")
    assert not running.exclude(subject__startswith="duty:").exists()
    assert not CaseAccess.objects.filter(case=case, capacity="holder", until__isnull=True).exists()
    with pytest.raises(ActRefused, match="ended"):
        acts.complete(samruk.actor("registrar"), case.ref, 1, now=MONDAY)


def test_an_ended_case_is_reopened_at_a_step_with_the_former_result_kept(samruk: Town) -> None:
    case = at_examinations(samruk)
    acts.withdraw(citizen(), case.ref, now=MONDAY)
    above = samruk.official("inspector", samruk.above)
    again = acts.reopen(above, case.ref, "council", reason="Judgment of 2 September 2024.", now=MONDAY)
    assert (again.state, steps(case)) == (CaseState.OPEN, ["council"])
    assert Entry.objects.filter(stream=case.stream, act="case.reopened").exists()


def test_a_case_is_transferred_with_its_open_steps(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=MONDAY)
    other = samruk.body("other-office", case.provider.kind, parent=samruk.above)
    above = samruk.official("inspector", samruk.above)
    acts.transfer(above, case.ref, other.pk, reason="Lives in the other valley.", now=MONDAY)
    assert open_step(case, "register").organisation_id == other.pk
    with pytest.raises(ActRefused, match="not-found"):
        case_page(samruk.actor("mayor"), case.ref)


def test_a_complaint_is_a_case_of_its_own_and_the_body_above_gets_the_file(samruk: Town) -> None:
    case = at_examinations(samruk)
    from qyzmet.cases.filing.intake import Application

    asked = Application(
        service="complaint", channel="portal", variant={"addressee": "complaint-body"},
        form={"subject": "inaction", "reasons": "Nobody looks at my tulpar.", "demand": "Look at it."},
    )  # fmt: skip
    complaint = acts.complain(citizen(), case.ref, asked, now=MONDAY)
    assert (complaint.service, complaint.about_id, steps(complaint)) == ("complaint", case.pk, ["register"])
    clerk = samruk.official("complaint-clerk", case.provider)
    head = samruk.official("complaint-head", case.provider)
    judge = samruk.official("complaint-official", samruk.above)
    acts.complete(clerk, complaint.ref, 1, now=MONDAY)
    assert open_step(complaint, "reconsider").due == moment("2024-09-05 18:30")  # 3 working days from arrival
    no = open_step(complaint, "reconsider").no
    complete(head, complaint.ref, no, "pass-on", output={"findings": "All in order."}, now=MONDAY)
    assert "complaint-body" in case_page(judge, case.ref).capacities
    assert "form" in case_page(judge, case.ref).shown


def test_duties_begin_with_a_date_of_the_form_and_with_an_event_after_the_end(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(tulpar(**{"foaled-on": "2024-08-30"})), now=MONDAY)
    foal = Duty.objects.get(case=case, code="bring-foal")
    assert foal.started_at == moment("2024-08-30 00:00")
    acts.withdraw(citizen(), case.ref, now=MONDAY)
    acts.deliver_event(citizen(), case.ref, "feather-lost", "lost", now=MONDAY)
    feather = Duty.objects.get(case=case, code="report-feather")
    assert feather.due == moment("2024-09-03 18:30")
    # Filing for another first licence fulfils what asks for one.
    second = acts.submit(citizen(), licence(), now=MONDAY)
    foal.refresh_from_db()
    assert foal.fulfilled_by_id == second.pk


def test_a_registrar_of_another_office_enters_no_court_order(samruk: Town) -> None:
    case = at_examinations(samruk)
    clinic = next(b for b in samruk.bodies.values() if b.pk == samruk.actor("vet").organisation)
    elsewhere = samruk.official("registrar", clinic)
    with pytest.raises(ActRefused, match="not-your-act"):
        acts.suspend(elsewhere, case.ref, "dispute", reason="Order 12.", now=MONDAY)


def test_a_stale_page_tells_a_stranger_nothing(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=MONDAY)
    with pytest.raises(ActRefused, match="not-found"):
        acts.complete(citizen("680503250034", "Сатпаев"), case.ref, 1, expected=0, now=MONDAY)
