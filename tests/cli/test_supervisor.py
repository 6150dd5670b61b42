"""The supervisor keeps its children alive, stops them cleanly and leaves no orphan."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROGRAM = """
import sys
from qyzmet.cli._supervisor import Child, Supervisor
supervisor = Supervisor([Child("clerk", ["/bin/sh", "-c", sys.argv[1]])])
supervisor.start()
supervisor.watch(lambda: None)
"""
# A child that says its own number and that of a process it leaves to itself.
CLERK = 'sleep 600 & echo "$$ $!" >> {log}; wait'


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def supervisor(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, CLERK.format(log=log)])
    yield process
    process.kill()
    process.wait()


def born(log: Path, count: int) -> list[tuple[int, int]]:
    """The first `count` children that wrote themselves down, with their own child."""
    eventually(lambda: log.exists() and log.read_text().count("\n") >= count)
    rows = [line.split() for line in log.read_text().splitlines()]
    return [(int(clerk), int(left)) for clerk, left in rows]


def eventually(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not what():
        assert time.monotonic() < deadline, "it did not come to pass in a minute"
        time.sleep(0.05)


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_killed_child_is_replaced_and_what_it_left_is_ended(
    supervisor: subprocess.Popen[bytes], log: Path
) -> None:
    clerk, left = born(log, 1)[0]
    os.kill(clerk, signal.SIGKILL)
    assert born(log, 2)[1] != (clerk, left)
    eventually(lambda: gone(left))


def test_asked_to_stop_it_takes_everyone_along(supervisor: subprocess.Popen[bytes], log: Path) -> None:
    pair = born(log, 1)[0]
    supervisor.terminate()
    assert supervisor.wait(60) == 0
    eventually(
        lambda: all(gone(pid) for pid in pair)
    )  # the last signal is sent; on a busy machine it takes a moment


def test_killed_outright_its_children_are_told(supervisor: subprocess.Popen[bytes], log: Path) -> None:
    clerk, _ = born(log, 1)[0]
    supervisor.kill()
    eventually(lambda: gone(clerk))
