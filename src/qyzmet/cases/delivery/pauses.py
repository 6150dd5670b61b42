"""The delivery worker's patience, as data (`outbox.yaml`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import yaml

__all__ = ["Patience", "patience"]

UNITS = ("seconds", "minutes", "hours", "days")


@dataclass(frozen=True, slots=True)
class Patience:
    """`pauses`: after each failed attempt; `lease`: of one delivery; `at_once`: deliveries taken together.

    So many `failures` in a row open the breaker for the first of `breaks`, each further one for the next.
    """

    pauses: tuple[timedelta, ...]
    lease: timedelta
    failures: int
    breaks: tuple[timedelta, ...]
    at_once: int

    def after(self, attempts: int) -> timedelta | None:
        """The pause after so many failed attempts; None when it is time to park."""
        return self.pauses[attempts - 1] if attempts <= len(self.pauses) else None

    def broken_for(self, failures: int) -> timedelta | None:
        """How long a destination is left alone after so many failures in a row; None when it is not."""
        if failures < self.failures:
            return None
        return self.breaks[min(failures - self.failures, len(self.breaks) - 1)]


@lru_cache(maxsize=1)
def patience() -> Patience:
    """What the file says."""
    said = yaml.safe_load(Path(__file__).with_name("outbox.yaml").read_text(encoding="utf-8"))
    breaker = said["breaker"]
    return Patience(
        _spans(said["pauses"]),
        _span(said["lease"]),
        breaker["failures"],
        _spans(breaker["pauses"]),
        said["at-once"],
    )


def _spans(words: Sequence[str]) -> tuple[timedelta, ...]:
    return tuple(_span(each) for each in words)


def _span(words: str) -> timedelta:
    number, unit = words.split()
    named = unit if unit.endswith("s") else f"{unit}s"
    if named not in UNITS:
        raise ValueError(f"{words!r} is no length of time; write it like 10 minutes")
    return timedelta(**{named: int(number)})
