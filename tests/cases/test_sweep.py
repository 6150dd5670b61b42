"""What time alone brings about: registration, timers, warnings, breaches and the daily seal, each once."""

from __future__ import annotations

import multiprocessing
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connections

from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Case, CaseState, Deadline, Entry, Seal
from qyzmet.cases.sweep import sweep
from tests.cases.conftest import found
from tests.cases.test_housing_assistance import application
from tests.cases.town import Town, citizen, file, moment, steps

NIGHT = moment("2019-06-03 22:00")
MORNING = moment("2019-06-04 09:00")


@pytest.fixture(autouse=True)
def seals(tmp_path: Path, settings: object) -> Path:
    settings.QYZMET_SEALS = str(tmp_path / "seals")  # type: ignore[attr-defined]
    return tmp_path / "seals"


def entries(case: Case, code: str) -> int:
    return Entry.objects.filter(stream=case.stream, act=code).count()


@pytest.mark.django_db
def test_a_filing_of_the_night_is_registered_when_the_office_opens(housing: Town) -> None:
    case = file(citizen(), application(), now=NIGHT)
    assert case.state == CaseState.RECEIVED
    assert sweep(moment("2019-06-04 08:59"))["registered"] == 0
    late = moment("2019-06-04 11:00")  # the ticker was down for two hours
    assert sweep(late)["registered"] == 1
    case.refresh_from_db()
    assert (case.state, case.registered_at, steps(case)) == (CaseState.OPEN, MORNING, ["register"])
    assert sweep(late)["registered"] == 0


@pytest.mark.django_db
def test_a_term_is_warned_of_the_working_day_before_and_marked_once_when_it_passes(housing: Town) -> None:
    case = file(citizen(), application(), now=moment("2019-06-03 10:00"))
    case.refresh_from_db()
    term = Deadline.objects.get(case=case, duty="term")
    assert term.due == moment("2019-06-13 18:30")  # 8 working days
    sweep(moment("2019-06-11 10:00"))
    assert entries(case, "deadline.warned") == 0
    for _ in range(2):
        sweep(moment("2019-06-12 10:00"))
    assert entries(case, "deadline.warned") == 1
    for _ in range(2):
        sweep(moment("2019-06-13 18:31"))
    passed = Entry.objects.filter(stream=case.stream, act="deadline.passed").count()
    assert (
        passed == Deadline.objects.filter(case=case, marked_at__isnull=False).count() == 2
    )  # the step's too
    term.refresh_from_db()
    assert (term.state, term.marked_at) == ("open", moment("2019-06-13 18:31"))


@pytest.mark.django_db
def test_every_day_is_sealed_once(housing: Town, seals: Path) -> None:
    assert [sweep(at)["sealed"] for at in (MORNING, moment("2019-06-04 23:59"))] == [1, 0]
    assert sweep(moment("2019-06-05 00:01"))["sealed"] == 1
    assert [s.day.isoformat() for s in Seal.objects.order_by("no")] == ["2019-06-04", "2019-06-05"]
    assert len(list(seals.glob("*.seal"))) == 2


@pytest.mark.django_db
def test_seals_that_cannot_be_written_hold_up_nothing_else(housing: Town, seals: Path) -> None:
    seals.write_text("a file where the folder should be")
    case = file(citizen(), application(), now=NIGHT)
    done = sweep(MORNING)
    assert (done["registered"], done["sealed"]) == (1, 0)
    case.refresh_from_db()
    assert case.state == CaseState.OPEN


def tick(now: datetime) -> None:
    sweep(now)


@pytest.mark.once
@pytest.mark.usefixtures("committed")
def test_two_tickers_at_once_do_everything_once(seals: Path) -> None:
    found()
    from tests.cases.town import licence

    cases = [file(citizen(), licence(), now=moment("2024-06-03 22:00")) for _ in range(8)]
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    tickers = [fork.Process(target=tick, args=(moment("2024-06-04 09:00"),)) for _ in range(2)]
    for each in tickers:
        each.start()
    for each in tickers:
        each.join()
    assert [each.exitcode for each in tickers] == [0, 0]
    assert {entries(case, "case.registered") for case in cases} == {1}
    assert Seal.objects.count() == 1
    assert verify(seals).tamperings == []
