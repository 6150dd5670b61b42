"""The portal's processes and conditions on a case, as the acts draw them (A120 §10; K4201 §8)."""

from __future__ import annotations

from typing import Any

import pytest

from qyzmet.cases import acts
from qyzmet.cases.models import Case
from qyzmet.cases.queries import Condition, case_page, conditions
from tests.cases.test_housing_assistance import MONDAY, application
from tests.cases.test_signed_decisions import assigned
from tests.cases.town import APPLICANT, Town, citizen, complete, file, licence, moment

pytestmark = pytest.mark.django_db


def told(case: Case) -> dict[str, Condition]:
    """By kind and number: `condition 2`."""
    return {f"{each.kind} {each.number}": each for each in conditions(case_page(citizen(), case.ref))}


def test_each_is_named_by_its_item_of_the_act(housing: Town) -> None:
    case = file(citizen(), application(), now=MONDAY)
    found = told(case)
    assert {name: each.clause for name, each in found.items()} == {
        "process 1": "A120 §10(2)",
        "condition 1": "A120 §10(3)",
        "process 3": "A120 §10(5)",
        "condition 2": "A120 §10(6)",
        "process 5": "A120 §10(8)",
        "condition 3": "A120 §10(9)",
        "process 7": "A120 §10(11)",
    }
    assert found["condition 2"].name["kk"].startswith("2-шарт. ЭЦҚ тіркеу куәлігінің мерзімін")
    assert (found["condition 3"].outcome, found["process 7"].outcome) == ("pending", "pending")


def test_condition_2_says_each_check_with_its_outcome(housing: Town) -> None:
    case = file(citizen(), application(), now=MONDAY)
    second = told(case)["condition 2"]
    assert (second.outcome, second.moment) == ("passed", MONDAY)
    checks = {each.check: each.outcome for each in second.details}
    assert {"chain", "validity", "revocation", "content", "signature"} <= checks.keys()
    assert set(checks.values()) == {"passed"}
    assert {each.party for each in second.details} == {"applicant"}


def test_the_result_closes_the_way(housing: Town) -> None:
    case, token, now = assigned(housing)
    assert told(case)["condition 3"].outcome == "passed"
    complete(housing.actor("responsible-specialist"), case.ref, token.no, now=now)
    last = told(case)["process 7"]
    assert (last.outcome, last.moment) == ("passed", now)


def test_faulty_documents_are_named_under_condition_3(housing: Town) -> None:
    case = file(citizen(), application(documents={}), now=MONDAY)
    acts.complete(housing.actor("responsible-specialist"), case.ref, 1, now=MONDAY)
    third = told(case)["condition 3"]
    assert third.outcome == "failed"
    assert all(each.words["kk"] for each in third.details)


def test_at_a_counter_there_is_no_portals_way(housing: Town) -> None:
    case = acts.submit(housing.actor("counter"), application("state-corporation"), now=MONDAY)
    assert conditions(case_page(citizen(APPLICANT), case.ref)) == []


def test_where_no_act_draws_the_way_the_signature_has_its_own_clause(samruk: Town) -> None:
    now = moment("2024-09-02 10:00")
    found = told(file(citizen(), licence(channel="falcon"), now=now))
    assert found["condition 2"].clause == "SAMPLER ch.1 §4(6)"
    assert found["process 1"].clause == ""


def test_the_papers_of_a_signature_are_for_those_who_see_the_papers(housing: Town) -> None:
    case: Any = file(citizen(), application(), now=MONDAY)
    above = housing.official("inspector", housing.above)
    page = case_page(above, case.ref)
    second = next(each for each in conditions(page) if (each.kind, each.number) == ("condition", 2))
    assert (second.outcome, second.details) == ("passed", ())
