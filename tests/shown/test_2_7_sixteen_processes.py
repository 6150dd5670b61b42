"""16 processes complete the same 1,000 tasks: each is done once, the others are told, the journal verifies.

The quick sample is 4 processes and 60 tasks. Every process goes through all tasks in an order of its own, as
officials of one office who all hold the post.
"""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from pathlib import Path

import pytest
from django.db import connections

from qyzmet.cases import acts
from qyzmet.cases.acts.seal import seal
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Case, Entry, Outbox, Token
from qyzmet.cases.refusals import ActRefused
from qyzmet.people.actor import SYSTEM, Actor
from tests.cases.test_housing_assistance import application
from tests.cases.town import Town, citizen, file, moment, publish, shipped

MORNING = moment("2019-06-03 10:00")
LATER = moment("2019-06-03 10:15")
FORK = multiprocessing.get_context("fork")
Task = tuple[str, int]


def town_with(count: int) -> tuple[Town, list[Task]]:
    packages = [shipped("housing-assistance"), shipped("general/complaint"), shipped("general/hearing")]
    town = Town(*packages)
    for package in packages:
        publish(package)
    applicant, filing = citizen(), application()
    tasks = [(file(applicant, filing, now=MORNING).ref, 1) for _ in range(count)]
    return town, tasks


def official(actor: Actor, tasks: list[Task], seed: int, told: multiprocessing.Queue) -> None:
    """Complete every task; say of each whether it was done or why not."""
    mixed = list(tasks)
    random.Random(seed).shuffle(mixed)
    answers = []
    for ref, no in mixed:
        try:
            acts.complete(actor, ref, no, now=LATER)
            answers.append((ref, "done"))
        except ActRefused as refusal:
            clear = all(refusal.text[language] for language in ("kk", "ru", "en"))
            answers.append((ref, refusal.code if clear else "unclear"))
    told.put(answers)
    told.close()
    told.join_thread()
    connections.close_all()


def race(processes: int, count: int, seals: Path) -> None:
    town, tasks = town_with(count)
    office = town.bodies["social-department"]
    officials = [town.official("responsible-specialist", office) for _ in range(processes)]
    told = FORK.Queue()
    connections.close_all()
    running = [
        FORK.Process(target=official, args=(actor, tasks, seed, told)) for seed, actor in enumerate(officials)
    ]
    for each in running:
        each.start()
    answers = [answer for _ in running for answer in told.get(timeout=600)]
    for each in running:
        each.join()
    assert [each.exitcode for each in running] == [0] * processes
    check(answers, tasks, processes)
    seal(SYSTEM, now=LATER, seals=seals)
    assert verify(seals).tamperings == []


def check(answers: list[tuple[str, str]], tasks: list[Task], processes: int) -> None:
    """Each done once; every other attempt was told that the case had changed; nothing is half done."""
    done = Counter(ref for ref, said in answers if said == "done")
    assert done == Counter(ref for ref, _ in tasks)
    assert Counter(said for _, said in answers) == {
        "done": len(tasks),
        "changed": len(tasks) * (processes - 1),
    }
    for ref, no in tasks:
        case = Case.objects.get(ref=ref)
        assert Entry.objects.filter(stream=case.stream, act="task.completed").count() == 1
        assert Token.objects.get(case=case, no=no).outcome == "done"
        assert [t.step for t in Token.objects.filter(case=case, closed_at=None)] == ["resolve"]
        issued = Outbox.objects.filter(destination="documents", stream=case.stream)
        assert issued.values("seq", "ref").distinct().count() == issued.count()


@pytest.mark.once
@pytest.mark.usefixtures("committed")
def test_four_processes_complete_the_same_60_tasks_each_once(tmp_path: Path) -> None:
    race(4, 60, tmp_path / "seals")


@pytest.mark.full
@pytest.mark.once
@pytest.mark.usefixtures("committed")
def test_sixteen_processes_complete_the_same_1000_tasks_each_once(tmp_path: Path) -> None:
    race(16, 1000, tmp_path / "seals")
