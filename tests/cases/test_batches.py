"""Many tasks in one go: a result per item, and a run that was stopped goes on where it stopped."""

from __future__ import annotations

import pytest

from qyzmet.cases import acts, batches
from qyzmet.cases.acts.run_batch import Together, make_batch, run_batch
from qyzmet.cases.models import BatchItem, Case, Entry
from qyzmet.cases.refusals import ActRefused
from tests.cases.test_housing_assistance import application
from tests.cases.town import Town, citizen, file, moment, steps

pytestmark = pytest.mark.django_db

MORNING = moment("2019-06-03 10:00")
LATER = moment("2019-06-03 10:15")


def filed(count: int) -> list[Case]:
    return [file(citizen(), application(), now=MORNING) for _ in range(count)]


def tasks(cases: list[Case]) -> list[tuple[str, int]]:
    return [(case.ref, 1) for case in cases]


def test_every_task_is_an_act_of_its_own_with_a_result_of_its_own(housing: Town) -> None:
    cases, official = filed(4), housing.actor("responsible-specialist")
    acts.complete(official, cases[2].ref, 1, now=MORNING)
    batch = make_batch(official, tasks(cases), Together("dispatch"), now=LATER)
    assert run_batch(official, batch, now=LATER) == {"done": 3, "refused": 1, "waiting": 0}
    results = [item.result for item in BatchItem.objects.filter(batch=batch).order_by("place")]
    assert [result.get("done") or result["refused"] for result in results] == [
        "done",
        "done",
        "changed",
        "done",
    ]
    assert {tuple(steps(case)) for case in cases} == {("resolve",)}
    batch.refresh_from_db()
    assert batch.finished_at == LATER


def test_a_batch_that_was_stopped_goes_on_and_does_nothing_twice(
    housing: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "CHUNK", 2)
    cases, official = filed(5), housing.actor("responsible-specialist")
    batch = make_batch(official, tasks(cases), Together(), now=LATER)
    batches.run_chunk(batch, official, now=LATER)
    # The third was carried out, and the process ended before it was marked.
    third = BatchItem.objects.get(batch=batch, place=3)
    batches._carry_out(batch, third, official, LATER)
    assert run_batch(official, batch, now=LATER) == {"done": 5, "refused": 0, "waiting": 0}
    for case in cases:
        assert Entry.objects.filter(stream=case.stream, act="task.completed").count() == 1


def test_the_same_key_makes_one_batch(housing: Town) -> None:
    cases, official = filed(2), housing.actor("responsible-specialist")
    first = make_batch(official, tasks(cases), Together(), now=LATER, key="a")
    assert make_batch(official, tasks(cases), Together(), now=LATER, key="a").pk == first.pk


def test_who_may_make_and_run_one(housing: Town) -> None:
    cases, official = filed(1), housing.actor("responsible-specialist")
    for actor, some, code in (
        (official, [], "batch-empty"),
        (citizen(), tasks(cases), "not-your-act"),
        (housing.official("head", housing.above), [("NOSUCHCASE22", 1)], "not-found"),
    ):
        with pytest.raises(ActRefused, match=code):
            make_batch(actor, some, Together(), now=LATER)
    batch = make_batch(official, tasks(cases), Together(), now=LATER)
    with pytest.raises(ActRefused, match="batch-unknown"):
        run_batch(housing.actor("head"), batch, now=LATER)
