"""Many filings race for one unit in processes of their own: exactly one is recorded, the others are told."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from pathlib import Path

import pytest
from django.db import connections

from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Case
from qyzmet.registers.models import Claim
from tests.cases.town import Town, publish, shipped
from tests.registers.test_claims import Desk, contract, faults

FORK = multiprocessing.get_context("fork")


def filing(desk: Desk, case: Case, number: str, told: multiprocessing.SimpleQueue) -> None:
    verdict = desk.run("equity.record", case, contract(number), procedure="record")
    told.put((verdict.outcome, *faults(verdict)))
    connections.close_all()


def race(count: int, folder: Path) -> None:
    packages = [shipped("housing-assistance"), shipped("general/hearing")]
    Town(*packages)
    for package in packages:
        publish(package)
    desk = Desk()
    number = desk.object()
    cases = [desk.case() for _ in range(count)]
    told = FORK.SimpleQueue()
    connections.close_all()
    filings = [FORK.Process(target=filing, args=(desk, case, number, told)) for case in cases]
    for each in filings:
        each.start()
    answers = Counter(told.get() for _ in filings)
    for each in filings:
        each.join()
    assert answers == {("done",): 1, ("refused", "right-recorded"): count - 1}
    assert Claim.objects.filter(register="right", until=None).count() == 1
    assert verify(folder).tamperings == []


@pytest.mark.once
@pytest.mark.usefixtures("committed")
def test_eight_filings_for_one_unit(tmp_path: Path) -> None:
    race(8, tmp_path)


@pytest.mark.full
@pytest.mark.once
@pytest.mark.usefixtures("committed")
def test_64_filings_for_one_unit(tmp_path: Path) -> None:
    race(64, tmp_path)
