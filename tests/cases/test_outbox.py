"""What acts leave is delivered in order per destination and stream, again until it works, and never lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from qyzmet.cases.acts.unpark import unpark
from qyzmet.cases.delivery import outbox
from qyzmet.cases.delivery.outbox import Delivery, deliver_due
from qyzmet.cases.delivery.pauses import patience
from qyzmet.cases.models import Breaker, Outbox
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import SYSTEM
from tests.cases.town import moment

NOW = moment("2019-06-03 10:00")
FORK = multiprocessing.get_context("fork")


class Post:
    """A destination that writes down what it got and fails as long as it is told to."""

    def __init__(self) -> None:
        self.got: list[tuple[str, int]] = []
        self.failing: set[str] = set()

    def __call__(self, delivery: Delivery) -> None:
        if delivery.stream in self.failing or "all" in self.failing:
            raise ConnectionError("the letter box is closed")
        self.got.append((delivery.stream, delivery.seq))


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    made = Post()
    monkeypatch.setattr(outbox, "_registered", {"letters": made})
    return made


def leave(stream: str, count: int = 1, destination: str = "letters") -> None:
    with act("example", SYSTEM, now=NOW) as this:
        for _ in range(count):
            seq = this.record(stream, "example.happened")
            this.send(destination, "letter", stream, seq)


def deliver_all(now: datetime) -> None:
    while deliver_due(now):
        pass


@pytest.mark.django_db
def test_each_stream_arrives_in_its_order(post: Post) -> None:
    leave("case:1", 3)
    leave("case:2", 2)
    deliver_all(NOW)
    assert [seq for stream, seq in post.got if stream == "case:1"] == [1, 2, 3]
    assert [seq for stream, seq in post.got if stream == "case:2"] == [1, 2]
    assert set(Outbox.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.django_db
def test_what_has_no_destination_yet_waits(post: Post) -> None:
    leave("case:1", destination="treasury")
    deliver_all(NOW)
    assert Outbox.objects.get().state == "waiting"


@pytest.mark.django_db
def test_a_failure_holds_up_its_own_stream_only_and_is_tried_again_later(post: Post) -> None:
    post.failing = {"case:1"}
    leave("case:1", 2)
    leave("case:2", 2)
    deliver_all(NOW)
    assert post.got == [("case:2", 1), ("case:2", 2)]
    failed = Outbox.objects.get(stream="case:1", seq=1)
    assert (failed.attempts, failed.next_at - NOW) == (1, patience().pauses[0])
    assert failed.last_error == "ConnectionError: the letter box is closed"
    post.failing = set()
    deliver_all(NOW + timedelta(seconds=29))
    assert len(post.got) == 2
    deliver_all(NOW + timedelta(seconds=30))
    assert post.got[2:] == [("case:1", 1), ("case:1", 2)]


@pytest.mark.django_db
def test_the_pauses_grow_for_days_then_it_is_parked_and_can_be_taken_up_again(post: Post) -> None:
    post.failing = {"case:1"}
    leave("case:1", 2)
    now, pauses = NOW, []
    while (row := Outbox.objects.get(stream="case:1", seq=1)).state == "waiting":
        pauses.append(row.next_at - now)
        now = max(now, row.next_at) + timedelta(hours=1)  # by then the breaker has closed
        Breaker.objects.all().delete()
        deliver_all(now)
    assert (row.state, row.attempts) == ("parked", 12)
    assert now - NOW > timedelta(days=5)
    assert pauses[1:] == sorted(pauses[1:])
    post.failing = set()
    deliver_all(now)
    assert post.got == []  # what comes after it waits with it
    unpark(SYSTEM, row.pk, now=now)
    deliver_all(now)
    assert post.got == [("case:1", 1), ("case:1", 2)]


@pytest.mark.django_db
def test_only_what_is_parked_can_be_taken_up_again(post: Post) -> None:
    leave("case:1")
    with pytest.raises(ActRefused, match="delivery-unknown"):
        unpark(SYSTEM, Outbox.objects.get().pk, now=NOW)


@pytest.mark.django_db
def test_a_destination_that_fails_for_everyone_is_left_alone_for_a_while(post: Post) -> None:
    post.failing = {"all"}
    for case in range(20):
        leave(f"case:{case}")
    deliver_all(NOW)
    tried = Outbox.objects.filter(attempts__gt=0).count()
    assert tried == patience().failures  # the other fifteen lost no attempt
    assert Breaker.objects.get().open_until == NOW + patience().breaks[0]
    post.failing = set()
    deliver_all(NOW + timedelta(seconds=10))
    assert post.got == []
    deliver_all(NOW + timedelta(minutes=3))
    assert len(post.got) == 20
    assert Breaker.objects.get().failures == 0


@pytest.mark.django_db
def test_a_worker_that_died_with_a_delivery_in_hand_loses_nothing(post: Post) -> None:
    leave("case:1", 2)
    assert len(outbox._take(["letters"], NOW)) == 1  # taken, and the worker dies here
    deliver_all(NOW + timedelta(minutes=9))
    assert post.got == []  # it may still be at work
    deliver_all(NOW + timedelta(minutes=10))
    assert post.got == [("case:1", 1), ("case:1", 2)]


# Several processes on one committed database.


def to_file(path: Path, pause: float) -> outbox.Handler:
    """A destination that appends a line per delivery, as another system would see it arrive."""

    def write(delivery: Delivery) -> None:
        with path.open("a") as file:
            file.write(f"{delivery.stream} {delivery.seq}\n")
        time.sleep(pause)

    return write


def worker(path: Path, now: datetime, pause: float) -> None:
    outbox._registered.clear()
    outbox._registered["letters"] = to_file(path, pause)
    idle = 0
    while idle < 5:
        idle = 0 if deliver_due(now) else idle + 1
        time.sleep(0.01)


def start(count: int, path: Path, now: datetime, pause: float) -> Iterator[multiprocessing.Process]:
    connections.close_all()
    for _ in range(count):
        process = FORK.Process(target=worker, args=(path, now, pause))
        process.start()
        yield process


def arrived(path: Path) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for line in path.read_text().splitlines():
        stream, seq = line.split()
        found[stream].append(int(seq))
    return found


@pytest.mark.once
@pytest.mark.usefixtures("committed")
def test_four_workers_keep_the_order_of_every_stream(tmp_path: Path) -> None:
    for case in range(10):
        leave(f"case:{case}", 8)
    path = tmp_path / "arrived"
    for process in list(start(4, path, NOW, 0.0)):
        process.join()
    assert arrived(path) == {f"case:{case}": list(range(1, 9)) for case in range(10)}


@pytest.mark.once
@pytest.mark.usefixtures("committed")
def test_a_worker_killed_between_delivery_and_marking_delivers_again_in_order(tmp_path: Path) -> None:
    leave("case:1", 4)
    path = tmp_path / "arrived"
    (process,) = start(1, path, NOW, 600.0)  # it is killed in its pause
    give_up = time.monotonic() + 60
    while not (path.exists() and path.read_text()) and time.monotonic() < give_up:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    for again in list(start(2, path, NOW + timedelta(minutes=11), 0.0)):
        again.join()
    assert arrived(path) == {"case:1": [1, 1, 2, 3, 4]}
    assert set(Outbox.objects.values_list("state", flat=True)) == {"sent"}
