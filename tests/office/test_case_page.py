"""Housing assistance through the officials' pages: every step by a form that is on the page (A120 §5)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from qyzmet.cases import acts
from qyzmet.cases.models import Case, CaseState, Token
from qyzmet.config import clock
from tests.cases.test_housing_assistance import AMOUNT, CALCULATION, application
from tests.cases.town import OTHER, Town, citizen, file, moment, steps
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(housing: Town, monday: datetime) -> Case:
    return file(citizen(), application(), now=monday)


def fields(values: dict[str, str]) -> dict[str, str]:
    return {f"o__{name}": value for name, value in values.items()}


def to_the_commission(town: Town, case: Case) -> None:
    Desk(town.actor("responsible-specialist")).case(case.ref).send("/decide")
    Desk(town.actor("head")).case(case.ref).send("/decide", o__resolution="To Ms Abenova.")
    Desk(town.actor("responsible-specialist")).case(case.ref).send("/decide", **fields(CALCULATION))
    assert steps(case) == ["decide"]


def sit(town: Town, case: Case, outcome: str) -> list[Desk]:
    where = town.bodies["social-department"]
    chair = town.actor("commission")
    others = [town.official("commission", where, chair=False) for _ in range(2)]
    desks = [Desk(each) for each in (chair, *others)]
    for desk in desks:
        desk.case(case.ref).send("/vote", ("outcome", outcome))
        assert "Your vote is counted" in desk.text
    return desks


def test_from_the_registration_to_the_notice(housing: Town, case: Case) -> None:
    to_the_commission(housing, case)
    chair, *_ = sit(housing, case, "assign")
    chair.case(case.ref)
    assert "Votes given: 3" in chair.main
    chair.send("/decide", **fields(AMOUNT))
    assert chair.status == 200
    assert steps(case) == ["notify"]
    desk = Desk(housing.actor("responsible-specialist")).case(case.ref)
    assert "Housing assistance (a month)" in desk.main  # what the commission recorded
    desk.send("/decide")
    assert Case.objects.get(pk=case.pk).exit == "assigned"
    assert "Housing assistance assigned" in desk.main


def test_a_case_withdrawn_before_its_registration_was_not_registered(housing: Town, monday: datetime) -> None:
    sunday = monday - timedelta(days=1)
    case = file(citizen(), application(), now=sunday)
    acts.withdraw(citizen(), case.ref, now=sunday)
    desk = Desk(housing.official("supervisor", housing.above)).case(case.ref)
    assert "The case has ended: Withdrawn" in desk.main
    assert "Not registered: the case ended before its registration" in desk.main
    assert "3 June" not in desk.main  # Monday, when it was to be registered


def test_the_page_says_what_by_which_clause_and_until_when(housing: Town, case: Case) -> None:
    desk = Desk(housing.actor("responsible-specialist")).case(case.ref)
    assert "of the akimat of Almaty of 20 January 2016, point 5(1)" in desk.main
    assert desk.page.xpath('//*[@class="clause"][@title="A120 §5(1)"]')
    assert "Registration of the application" in desk.main
    assert "3 June 2019, 10:20" in desk.main  # 20 minutes
    assert "13 June 2019, 18:30" in desk.main  # 8 working days
    assert "of the Minister of Industry and Construction of 26 March 2024, annex 2, row 3" in desk.main
    assert "Why this date" in desk.main
    assert "Applicant's employment" in desk.main


def test_who_has_nothing_to_do_reads_who_has_it(housing: Town, case: Case) -> None:
    desk = Desk(housing.actor("head")).case(case.ref)
    assert "No step of this case is yours now" in desk.main
    assert "Provider's responsible specialist" in desk.main
    assert not [f for f in desk.page.forms if "/decide" in (f.get("action") or "")]


def test_a_refusal_needs_a_ground_and_its_reason(housing: Town, case: Case) -> None:
    to_the_commission(housing, case)
    chair, *_ = sit(housing, case, "refuse")
    chair.case(case.ref).send("/decide")
    assert chair.status == 422
    assert "No ground is chosen" in chair.errors
    assert chair.links("#ground-not-authentic")
    chair.send(
        "/decide", ground=["not-conforming", "court-ban"], **{"reason__not-conforming": "Above the limit."}
    )
    assert chair.status == 422
    assert chair.links("#reason-court-ban")
    assert chair.form("/decide").fields["reason.not-conforming"] == "Above the limit."
    chair.send("/decide", ground=["not-conforming"])
    assert steps(case) == ["notify-refusal"]
    token = Token.objects.get(case=case, step="decide")
    assert token.grounds == [{"ground": "not-conforming", "reason": "Above the limit."}]


def test_what_the_step_records_is_checked_field_by_field(housing: Town, case: Case) -> None:
    Desk(housing.actor("responsible-specialist")).case(case.ref).send("/decide")
    Desk(housing.actor("head")).case(case.ref).send("/decide")
    desk = Desk(housing.actor("responsible-specialist")).case(case.ref)
    desk.send("/decide", **fields({**CALCULATION, "family-size": "many", "monthly-income": ""}))
    assert desk.status == 422
    assert desk.links("#o-family-size")
    assert desk.links("#o-monthly-income")
    assert desk.form("/decide").fields["o.family-size"] == "many"
    assert steps(case) == ["to-commission"]


def test_a_member_votes_once_and_only_the_chair_closes(housing: Town, case: Case) -> None:
    to_the_commission(housing, case)
    _, member, _ = sit(housing, case, "assign")
    member.case(case.ref)
    assert "The chair closes the sitting" in member.main
    no = Token.objects.get(case=case, step="decide").no
    again = member.client.post(f"/office/cases/{case.ref}/steps/{no}/vote", {"outcome": "refuse"})
    assert again.status_code == 409
    closing = member.client.post(f"/office/cases/{case.ref}/steps/{no}/decide", {"outcome": "assign"})
    assert closing.status_code == 422


def test_a_member_with_an_interest_recuses_themselves(housing: Town, case: Case) -> None:
    to_the_commission(housing, case)
    desk = Desk(housing.actor("commission")).case(case.ref)
    desk.send("/recuse", reason="")
    assert desk.status == 422
    desk.send("/recuse", reason="My neighbour.")
    assert "recused" in desk.main
    assert "My neighbour." in desk.main


def test_without_a_quorum_there_is_nothing_to_close(housing: Town, case: Case) -> None:
    to_the_commission(housing, case)
    desk = Desk(housing.actor("commission")).case(case.ref)
    desk.send("/vote", ("outcome", "assign"))
    assert "needed for the quorum" in desk.main
    assert not [f for f in desk.page.forms if "/decide" in (f.get("action") or "")]


def test_the_hearing_is_drafted_notified_and_held(housing: Town) -> None:
    monday = moment("2024-06-03 10:00")
    with clock.hold(monday):
        case = file(citizen(), application(), now=monday)
        to_the_commission(housing, case)
        chair, *_ = sit(housing, case, "refuse")
        chair.case(case.ref).send(
            "/decide", ground=["not-conforming"], **{"reason__not-conforming": "Income above the limit."}
        )
        assert steps(case) == ["hearing:notice"]
        drafted = chair.form("/decide").fields["o.preliminary-decision"]
        assert "Income above the limit." in drafted
        chair.send("/decide", **{"o__hearing-at": "11.06.2024 11:00", "o__way": "in-person"})
        assert chair.status == 422  # more than two working days after the notice
        assert "Rules of order No. 352" in chair.errors
        assert "point 7, paragraph 4, sentence 2" in chair.errors
        chair.send("/decide", **{"o__hearing-at": "05.06.2024 11:00", "o__way": "in-person"})
        assert steps(case) == ["hearing:hold"]
    with clock.hold(moment("2024-06-05 12:00")):
        chair.case(case.ref).follow("Held").send("/decide", o__position="I have two children.")
        assert steps(case) == ["decide"]
        # The second decision starts from the grounds of the first.
        where = housing.bodies["social-department"]
        for desk in (chair, *(Desk(housing.official("commission", where, chair=False)) for _ in range(2))):
            desk.case(case.ref).send("/vote", ("outcome", "refuse"))
        form = chair.case(case.ref).form("/decide")
        assert ("ground", "not-conforming") in form.form_values()
        assert "I have two children." in chair.main


def test_two_officials_complete_one_task(housing: Town, case: Case) -> None:
    first = Desk(housing.actor("responsible-specialist")).case(case.ref)
    second_actor = housing.official("responsible-specialist", housing.bodies["social-department"])
    second = Desk(second_actor).case(case.ref)
    first.send("/decide")
    second.send("/decide")
    assert second.status == 409
    assert "Responsible-Specialist A." in second.errors
    assert "3 June 2019, 10:00" in second.errors or "03.06.2019 10:00" in second.errors
    assert Token.objects.filter(case=case, step="register").count() == 1


def test_a_stale_page_says_who_changed_the_case(housing: Town, case: Case) -> None:
    Desk(housing.actor("responsible-specialist")).case(case.ref).send("/decide")
    head = Desk(housing.actor("head")).case(case.ref)
    Desk(housing.actor("head")).case(case.ref).send("/take")
    head.send("/decide", o__resolution="Typed in vain?")
    assert head.status == 409
    assert "after your page was opened" in head.errors
    assert head.form("/decide").fields["o.resolution"] == "Typed in vain?"
    head.send("/decide")
    assert steps(case) == ["to-commission"]


def test_sent_twice_it_is_done_once(housing: Town, case: Case) -> None:
    desk = Desk(housing.actor("responsible-specialist")).case(case.ref)
    values = dict(desk.form("/decide").form_values())
    address = desk.form("/decide").get("action")
    for _ in range(2):
        assert desk.client.post(address, values).status_code == 302
    assert Token.objects.filter(case=case, step="resolve").count() == 1


def test_the_head_names_who_does_it(housing: Town, case: Case) -> None:
    other = housing.official("responsible-specialist", housing.bodies["social-department"])
    desk = Desk(housing.actor("head")).case(case.ref)
    desk.send("/assign", to=str(other.account))
    assert Token.objects.get(case=case, step="register").assignee_id == other.account
    taken = Desk(housing.actor("responsible-specialist")).case(case.ref)
    assert "No step of this case is yours now" in taken.main
    taken.open(f"/office/cases/{case.ref}")
    no = Token.objects.get(case=case, step="register").no
    answer = taken.client.post(f"/office/cases/{case.ref}/steps/{no}/decide", {"outcome": "done"})
    assert answer.status_code == 409


def test_a_stranger_finds_nothing(housing: Town, case: Case, monday: datetime) -> None:
    stranger = housing.official("responsible-specialist", housing.body("elsewhere", "social-department"))
    desk = Desk(stranger)
    no = Token.objects.get(case=case).no
    for path in ("", "/documents/1", "/files/bank-account/0"):
        assert desk.client.get(f"/office/cases/{case.ref}{path}").status_code == 404
    for verb in ("decide", "take", "give-back", "assign", "vote", "recuse"):
        assert desk.client.post(f"/office/cases/{case.ref}/steps/{no}/{verb}").status_code == 404
    assert desk.client.post(f"/office/cases/{case.ref}/suspension/suspend").status_code == 404
    assert "No case open to you" in desk.open(f"/office/search?q={case.ref}").main
    assert "No case open to you" in desk.open(f"/office/search?q={case.applicant}").main


def test_the_case_is_found_by_number_reference_and_iin(housing: Town, case: Case) -> None:
    desk = Desk(housing.actor("head"))
    for words in (
        case.number,
        case.ref.lower(),
        case.applicant,
        f"  {case.applicant[:6]} {case.applicant[6:]} ",
    ):
        assert desk.open(f"/office/search?q={words}").path.endswith(case.ref)
    assert "No case open to you" in desk.open(f"/office/search?q={OTHER}").main
    # The body above sees the course of the case, not whose it is.
    above = housing.official("supervisor", housing.above)
    assert Desk(above).open(f"/office/search?q={case.number}").path.endswith(case.ref)
    assert "No case open to you" in Desk(above).open(f"/office/search?q={case.applicant}").main


def test_the_body_above_sees_the_course_and_not_the_papers(housing: Town, case: Case) -> None:
    desk = Desk(housing.official("supervisor", housing.above)).case(case.ref)
    assert "Registration of the application" in desk.main
    assert "Bank account" not in desk.main
    assert case.applicant not in desk.text
    assert desk.client.get(f"/office/cases/{case.ref}/files/bank-account/0").status_code == 404


def test_a_citizen_has_no_desk(housing: Town, case: Case) -> None:
    me = citizen()
    assert Desk(me).client.get("/office/").status_code == 403
    assert Desk(me).client.get(f"/office/cases/{case.ref}").status_code == 403


def test_an_ended_case_says_so(housing: Town, case: Case, monday: datetime) -> None:
    Case.objects.filter(pk=case.pk).update(state=CaseState.ENDED, exit="assigned", ended_at=monday)
    desk = Desk(housing.actor("head")).case(case.ref)
    assert "Housing assistance assigned" in desk.main


def test_what_a_check_found_is_drafted_as_the_reason(housing: Town, monday: datetime) -> None:
    case = file(citizen(), application(documents={}), now=monday)
    desk = Desk(housing.actor("responsible-specialist")).case(case.ref).send("/decide")
    assert steps(case) == ["faults"]
    assert "The document is not attached: Bank account" in desk.main
    desk.follow("Refuse the service")
    assert "Bank account" in desk.form("/decide").fields["reason.faulty-documents"]
    desk.send("/decide")
    assert steps(case) == ["notify-refusal"]
