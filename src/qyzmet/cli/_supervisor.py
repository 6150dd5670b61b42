"""Keep the processes of one machine alive: start, restart with growing pauses, stop all, leave no orphan.

Every child leads its own process group and is told by the kernel when this process dies, so that a supervisor
killed outright takes its children with it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog

__all__ = ["Child", "Supervisor"]

LONGEST_PAUSE = 30.0
STEADY = 60.0
PATIENCE = 15.0
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)
log = structlog.get_logger("qyzmet.run")


@dataclass(slots=True)
class Child:
    """One program kept running: `pause` seconds before the next start, doubled by every early death."""

    name: str
    argv: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 1.0
    due: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """Runs children until `stop()` or a termination signal; times are monotonic seconds."""

    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def start(self) -> None:
        """Take over SIGINT and SIGTERM and start every child."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked_to_stop)
        for child in self.children:
            _start(child)

    def watch(self, on_round: Callable[[], None]) -> None:
        """Restart what dies until asked to stop, then stop everything; `on_round` is called in between."""
        try:
            while not self.stopping:
                for child in self.children:
                    _tend(child)
                on_round()
                time.sleep(0.2)
        finally:
            self.stop()

    def stop(self) -> None:
        """Ask every child to finish, then end what is left of its group."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("child.killed", pid=process.pid)
            _sweep(process.pid)
            process.wait()

    def _asked_to_stop(self, number: int, frame: object) -> None:
        self.stopping = True


def _start(child: Child) -> None:
    child.process = subprocess.Popen(child.argv, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: PLW1509
    child.started = time.monotonic()


def _tend(child: Child) -> None:
    now = time.monotonic()
    if child.process is None:
        if now >= child.due:
            _start(child)
        return
    code = child.process.poll()
    if code is None:
        return
    _sweep(child.process.pid)
    child.pause = 1.0 if now - child.started > STEADY else min(child.pause * 2, LONGEST_PAUSE)
    child.due = now + child.pause
    child.process = None
    log.warning("child.died", child=child.name, code=code, restart_in=child.pause)


def _sweep(group: int) -> None:
    """End what a dead child left behind in its group: a web server's own workers, for one."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
