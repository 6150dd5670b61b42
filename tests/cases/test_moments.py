"""One moment per act: acts that wait for their turn, a ticker that took its moment before them, a clock moved back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qyzmet import clock
from qyzmet.cases import acts
from qyzmet.cases.acts.seal import seal
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Entry
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.sweep import sweep
from qyzmet.people.actor import SYSTEM
from tests.cases.conftest import found
from tests.cases.test_races import at_once
from tests.cases.town import RECIPIENT, SAMPLER, Town, citizen, licence, moment, package_at

NOW = moment("2024-09-02 10:00")
BLINK = timedelta(milliseconds=2)


@pytest.mark.django_db
def test_an_act_that_waited_for_its_turn_happens_when_its_turn_comes(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    registrar = samruk.actor("registrar")
    acts.take(registrar, case.ref, 1, now=NOW + 2 * BLINK)
    acts.complete(registrar, case.ref, 1, now=NOW + BLINK)
    done = Entry.objects.get(stream=case.stream, act="task.completed")
    assert done.recorded_at == done.occurred_at == NOW + 2 * BLINK


@pytest.mark.django_db
def test_a_round_of_the_ticker_goes_on_although_people_have_acted_since_it_began(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    late = NOW + timedelta(days=20)
    acts.take(samruk.actor("registrar"), case.ref, 1, now=late + timedelta(seconds=3))
    assert sweep(late)["passed"] > 0
    assert not verify().tamperings


@pytest.mark.django_db
def test_nothing_is_written_before_the_last_seal_when_the_clock_was_moved_back(
    samruk: Town, tmp_path: Path
) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    seal(SYSTEM, now=NOW + timedelta(days=5), seals=tmp_path)
    back = NOW + timedelta(days=1)
    with pytest.raises(ActRefused, match="clock-back"):
        acts.submit(citizen(), licence(), now=back)
    with pytest.raises(ActRefused, match="clock-back"):
        acts.take(samruk.actor("registrar"), case.ref, 1, now=back)
    assert not verify(tmp_path).tamperings


@pytest.mark.django_db
def test_a_moment_without_a_time_zone_is_refused(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    ground = next(iter(package_at(SAMPLER / "2024-01-10-n1" / "service.yaml").suspensions))
    naive = datetime(2024, 9, 2, 10)  # noqa: DTZ001 - the fault itself
    with pytest.raises(clock.TimeWithoutZone):
        acts.suspend(SYSTEM, case.ref, ground, reason="Court", occurred=naive, now=NOW)
    with pytest.raises(clock.TimeWithoutZone):
        acts.take(samruk.actor("registrar"), case.ref, 1, now=naive)


@pytest.mark.usefixtures("unguarded")
@pytest.mark.django_db(transaction=True)
def test_inspectors_of_one_counter_refuse_at_once_and_all_are_recorded() -> None:
    town = found()
    channels = package_at(SAMPLER / "2024-01-10-n1" / "service.yaml").channels
    inspector = town.actor(next(channel.by for channel in channels.values() if channel.by))

    def refuse(n: int) -> None:
        acts.refuse_to_accept(
            inspector, "sampler", RECIPIENT, grounds=[{"ground": "incomplete", "reason": "No portrait"}],
            now=NOW + n * BLINK,
        )  # fmt: skip

    assert at_once([lambda n=n: refuse(n) for n in range(8)]) == ["done"] * 8
    assert not verify().tamperings
