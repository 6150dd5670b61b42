"""Batches: many picked, one confirmation, a result for each (sampler §12(11–12))."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qyzmet.cases.models import Case, SignatureRecord
from qyzmet.config import clock
from qyzmet.evidence.models import SigningRequest
from qyzmet.office import batches
from tests.cases.town import DOCUMENT, OTHER, Town, citizen, complete, file, licence, moment, open_step, steps
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db

MONDAY = moment("2024-06-03 10:00")


def ready_to_sign(town: Town, number: str) -> Case:
    """A duplicate goes from the register straight to the mayor's signature."""
    asked = licence(
        variant={"licence": "duplicate", "altitude": "low"},
        documents={"portrait": DOCUMENT, "stable-deed": DOCUMENT},
    )
    case = file(citizen(number), asked, now=MONDAY)
    complete(town.actor("registrar"), case.ref, open_step(case, "register").no, now=MONDAY)
    assert steps(case) == ["sign-results"]
    return case


def test_a_case_without_the_outcome_chosen_for_the_others_is_not_among_what_is_signed(samruk: Town) -> None:
    with clock.hold(MONDAY):
        mayor, case = samruk.actor("mayor"), ready_to_sign(samruk, OTHER)
        (one,) = batches.chosen(mayor, [f"{case.ref}.{open_step(case, 'sign-results').no}"])
        grouped = {one.group: [one, replace(one, offers=())]}
        what = batches.orders(grouped, {one.group: one.offers[0].outcome})
        prompted = batches.prompt(mayor, grouped, what, "a-key", MONDAY)
    assert prompted is not None
    assert len(prompted.items) == 1


def test_many_are_picked_confirmed_once_and_answered_one_by_one(samruk: Town) -> None:
    with clock.hold(MONDAY):
        first, second = ready_to_sign(samruk, "811201401188"), ready_to_sign(samruk, OTHER)
        desk = Desk(samruk.actor("mayor")).open("/office/")
        keys = [f"{case.ref}.{open_step(case, 'sign-results').no}" for case in (first, second)]
        answer = desk.client.post("/office/batch", {"pick": keys})
        desk.read(answer, "/office/batch")
        assert "Cases picked: 2" in desk.main
        assert "SAMPLER, chapter 1, point 12(11)" in desk.main
        # Somebody signs one of them in between.
        complete(samruk.actor("mayor"), second.ref, open_step(second, "sign-results").no, now=MONDAY)
        desk.send("/batch")
        assert "Done: 1 of 1" in desk.main
        assert Case.objects.get(pk=first.pk).exit == "duplicate-given"
        assert desk.path.startswith("/office/batch/done?no=")


def test_a_refusal_of_one_holds_up_no_other(samruk: Town) -> None:
    with clock.hold(MONDAY):
        mayor = samruk.actor("mayor")
        own, other = ready_to_sign(samruk, mayor.person), ready_to_sign(samruk, OTHER)
        keys = [f"{case.ref}.{open_step(case, 'sign-results').no}" for case in (own, other)]
        desk = Desk(mayor)
        desk.read(desk.client.post("/office/batch", {"pick": keys}), "/office/batch").send("/batch")
        assert "Done: 1 of 2" in desk.main
        assert "This is your own case" in desk.main


def test_nothing_picked_or_not_mine_says_so(samruk: Town) -> None:
    with clock.hold(MONDAY):
        case = ready_to_sign(samruk, OTHER)
        key = f"{case.ref}.{open_step(case, 'sign-results').no}"
        for actor, picked in (
            ("mayor", []),
            ("vet", [key]),
            ("mayor", ["NOSUCHCASE12.1", "x", ".", key + "9" * 20]),
        ):
            desk = Desk(samruk.actor(actor))
            desk.read(desk.client.post("/office/batch", {"pick": picked}, follow=True), "/office/batch")
            assert "No task was picked" in desk.main
        assert Desk(samruk.actor("mayor")).client.get("/office/batch/done?no=1").status_code == 404


def picked(desk: Desk, *cases: Case) -> Desk:
    keys = [f"{case.ref}.{open_step(case, 'sign-results').no}" for case in cases]
    return desk.read(desk.client.post("/office/batch", {"pick": keys}), "/office/batch")


def test_one_prompt_signs_each_case_over_its_own_bytes(samruk: Town) -> None:
    with clock.hold(MONDAY):
        cases = ready_to_sign(samruk, "811201401188"), ready_to_sign(samruk, OTHER)
        desk = picked(Desk(samruk.actor("mayor"), signs=False), *cases)
        assert "You sign 2 decisions in one go" in desk.main
        desk.send("/batch")
        assert desk.asked
        (row,) = SigningRequest.objects.all()
        assert [item["id"].partition(".")[0] for item in row.items] == [case.ref for case in cases]
        assert [steps(case) for case in cases] == [["sign-results"]] * 2
        desk.sign()
        assert "Done: 2 of 2" in desk.main
        kept = SignatureRecord.objects.filter(subject__startswith="step:")
        assert {(each.case_id, each.prepared) for each in kept} == {
            (case.pk, item["prepared"]) for case, item in zip(cases, row.items, strict=True)
        }


def test_a_case_somebody_was_faster_with_is_told_apart(samruk: Town) -> None:
    with clock.hold(MONDAY):
        first, second = ready_to_sign(samruk, "811201401188"), ready_to_sign(samruk, OTHER)
        desk = picked(Desk(samruk.actor("mayor"), signs=False), first, second).send("/batch")
        complete(samruk.actor("mayor"), second.ref, open_step(second, "sign-results").no, now=MONDAY)
        desk.sign()
        assert "Done: 1 of 2" in desk.main
        assert desk.links(f"/office/cases/{second.ref}")


def test_cancelled_the_cases_are_still_picked(samruk: Town) -> None:
    with clock.hold(MONDAY):
        cases = ready_to_sign(samruk, "811201401188"), ready_to_sign(samruk, OTHER)
        desk = picked(Desk(samruk.actor("mayor"), signs=False), *cases).send("/batch")
        desk.send_to(desk.path, cancel="1")
        assert "Cases picked: 2" in desk.main
        desk.send("/batch").sign()
        assert "Done: 2 of 2" in desk.main
        stranger = Desk(samruk.actor("vet"))
        token = SigningRequest.objects.first()
        assert "Cases picked" not in stranger.open(f"/office/batch/again/{token and token.token}").main


def test_a_prompt_takes_no_more_than_one_can_look_through(
    samruk: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "A_PROMPT", 1)
    with clock.hold(MONDAY):
        first, second = ready_to_sign(samruk, "811201401188"), ready_to_sign(samruk, OTHER)
        desk = picked(Desk(samruk.actor("mayor")), first, second)
        assert "Cases picked: 1" in desk.main
        assert "At most 1 decisions are signed in one go, so 1 are left" in desk.main
        desk.send("/batch")
        assert "Done: 1 of 1" in desk.main
        assert steps(second) == ["sign-results"]
