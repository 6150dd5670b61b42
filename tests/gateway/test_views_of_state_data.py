"""What each view of a case shows of a person, and what of the data state databases gave (Law on personal data art. 8).

The recipient, the official of the case, the counter, the supervisor, the body a complaint goes to, the auditor: each
sees what its work needs, and no number, name, answer or file beyond it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace

import pytest

from qyzmet.cases.models import Capacity, Case
from qyzmet.cases.queries import case_page, timeline
from qyzmet.cases.queries.views import VIEWS
from qyzmet.cases.refusals import ActRefused
from qyzmet.demo.standins import StandIns
from qyzmet.gateway.models import StateQuestion
from qyzmet.gateway.statedata.showing import fetched
from qyzmet.people.actor import Actor
from qyzmet.people.models import Organisation
from tests.cases.town import APPLICANT, OTHER, Town, citizen, complete, open_step
from tests.gateway.connected import connected, deliver
from tests.gateway.test_state_data import MONDAY, at_the_counter

PERSONAL = {
    "applicant",
    "applicant_name",
    "form",
    "documents",
    "parties",
    "signatures",
    "outputs",
    "state_data",
}
SEES: dict[str, set[str]] = {
    Capacity.PARTY: PERSONAL - {"outputs"},
    Capacity.INTAKE: {"applicant", "applicant_name", "documents"},
    Capacity.PROVIDER: PERSONAL,
    Capacity.HOLDER: PERSONAL - {"state_data"},
    Capacity.SUPERVISOR: set(),
    "overseer": set(),
    Capacity.COMPLAINT_BODY: PERSONAL,
    "auditor": PERSONAL,
}


@pytest.fixture
def gateway(db: None) -> Iterator[StandIns]:
    with connected(lambda: MONDAY) as found:
        yield found


@pytest.fixture
def case(housing: Town, gateway: StandIns) -> Case:
    """Filed at the window; income of both and work of the applicant have come."""
    case = at_the_counter(housing)
    deliver(MONDAY)
    return case


def everything(actor: Actor, case: Case) -> str:
    """All that the actor can read of a case, in one text."""
    page = case_page(actor, case.ref)
    said = [
        page.shown,
        [h.data for h in timeline(actor, case.ref)],
        [asdict(f) for f in fetched(actor, page)],
    ]
    return json.dumps(said, ensure_ascii=False, default=str)


def official(town: Town, post: str, where: Organisation) -> Actor:
    return town.official(post, where)


def income_of(number: str) -> str:
    """An amount of the data about one number, as it stands in an answer."""
    return str(StateQuestion.objects.get(about=number, database="income").data["months"][0]["amount"])


def test_each_view_lists_the_personal_fields_its_work_needs() -> None:
    assert {view: PERSONAL & set(fields) for view, fields in VIEWS.items()} == SEES


def test_the_official_of_the_case_sees_all_of_it(housing: Town, case: Case) -> None:
    said = everything(housing.actor("head"), case)
    assert income_of(APPLICANT) in said
    assert income_of(OTHER) in said


def test_the_recipient_sees_what_was_said_about_them_and_not_about_the_spouse(case: Case) -> None:
    page = case_page(citizen(), case.ref)
    found = fetched(citizen(), page)
    assert [(f.database, f.hidden, bool(f.data)) for f in found] == [
        ("income", False, True),
        ("income", True, False),
        ("employment", False, True),
    ]
    assert found[1].about == ""
    said = json.dumps([asdict(f) for f in found], ensure_ascii=False, default=str)
    assert income_of(APPLICANT) in said
    assert income_of(OTHER) not in said


def test_the_counter_sees_whose_case_it_is_and_neither_answers_nor_data(housing: Town, case: Case) -> None:
    counter = housing.actor("counter")
    assert income_of(APPLICANT) not in everything(counter, case)  # while the step of taking in is theirs
    complete(counter, case.ref, open_step(case, "intake").no, now=MONDAY)
    said = everything(counter, case)
    assert APPLICANT in said
    assert OTHER not in said
    assert income_of(APPLICANT) not in said
    assert '"form"' not in said


def test_the_supervisor_sees_the_course_and_no_person(housing: Town, case: Case) -> None:
    above = official(housing, "supervisor", housing.above)
    within = official(housing, "supervisor", housing.bodies["social-department"])
    for watcher in (above, within):
        said = everything(watcher, case)
        for personal in (APPLICANT, OTHER, "Омаров", income_of(APPLICANT), income_of(OTHER)):
            assert personal not in said
        assert '"due"' in said


def test_the_auditor_sees_the_whole_file(housing: Town, case: Case) -> None:
    said = everything(official(housing, "auditor", housing.above), case)
    assert income_of(OTHER) in said
    assert APPLICANT in said


def test_the_journal_names_nobody_the_data_are_about_to_who_may_not_see_them(
    housing: Town, case: Case
) -> None:
    asked = [h for h in timeline(citizen(), case.ref) if h.code.startswith("state-data.")]
    assert {h.code for h in asked} == {"state-data.asked", "state-data.received"}
    assert all(set(h.data) <= {"document"} for h in asked)


def test_another_office_than_the_case_is_in_sees_nothing(housing: Town, case: Case) -> None:
    stranger = replace(housing.actor("head"), organisation=housing.body("elsewhere", "social-department").pk)
    with pytest.raises(ActRefused) as refused:
        case_page(stranger, case.ref)
    assert refused.value.code == "not-found"
