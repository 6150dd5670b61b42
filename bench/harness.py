"""What every measurement shares: a row of the table, and timing that can be trusted on a noisy machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Row", "per_second", "rates_side_by_side", "seconds_each"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was measured, ours and the peer's figure, the bar, and by how much it is missed.

    `reached` is our figure in the bar's unit; `larger_is_better` says which way the bar lies.
    """

    what: str
    ours: str
    peer: str
    ratio: str
    bar: str
    reached: float
    wanted: float
    larger_is_better: bool = True

    @property
    def verdict(self) -> str:
        if self.bar == "-":
            return "-"
        met = self.reached >= self.wanted if self.larger_is_better else self.reached <= self.wanted
        if met:
            return "met"
        factor = self.wanted / self.reached if self.larger_is_better else self.reached / self.wanted
        return f"missed, {factor:.2f} x short"


def seconds_each(call: Callable[[], object], times: int, rounds: int = 5) -> float:
    """Median seconds of one call, over `rounds` rounds of `times` calls after a warm-up round."""
    for _ in range(max(1, times // 10)):
        call()
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        for _ in range(times):
            call()
        taken.append((time.perf_counter() - begin) / times)
    return statistics.median(taken)


def per_second(call: Callable[[], object], times: int, each: int = 1, rounds: int = 5) -> float:
    """How many of `each` things per call are done in a second."""
    return each / seconds_each(call, times, rounds)


def rates_side_by_side(
    ours: Callable[[], object], peer: Callable[[], object], ours_times: int, peer_times: int, rounds: int = 5
) -> tuple[float, float, float]:
    """Seconds of one call of each and the median ratio peer/ours, the two taken in turn round by round."""
    ours(), peer()
    pairs = []
    for _ in range(rounds):
        mine = seconds_each(ours, ours_times, 1)
        theirs = seconds_each(peer, peer_times, 1)
        pairs.append((mine, theirs, theirs / mine))
    return tuple(statistics.median(column) for column in zip(*pairs, strict=True))  # type: ignore[return-value]
