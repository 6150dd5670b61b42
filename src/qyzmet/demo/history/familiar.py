"""The citizen the guides sign in as: a few of the region's cases are theirs, to be seen in their cabinet.

No case is added; those that fit pass from somebody of the crowd to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from qyzmet.demo.history.part import Part
from qyzmet.demo.world import world

__all__ = ["familiar", "with_familiar"]

SERVICE, DECIDED = "housing-assistance", timedelta(days=20)
"""The service of the guides; filed so long ago, it has its result by now."""


def familiar() -> str:
    """The IIN of that citizen: the first that `world.yaml` names."""
    return world().people[0].iin


def with_familiar(parts: Iterable[Part], now: datetime) -> list[Part]:
    """The same parts; the first of each kind below is the citizen's, where the history has one."""
    found = list(parts)
    for fits in (_with_the_commission, _to_be_heard, _granted, _refused):
        place = next((n for n, part in enumerate(found) if part.service == SERVICE and fits(part, now)), None)
        if place is not None:
            found[place] = replace(found[place], applicant=familiar(), language="kk")
    return found


def _with_the_commission(part: Part, _: datetime) -> bool:
    return part.halts == {"decide"}


def _to_be_heard(part: Part, _: datetime) -> bool:
    return part.halts == {"hearing:hold"}


def _granted(part: Part, now: datetime) -> bool:
    return part.outcome == "assigned" and _over(part, now)


def _refused(part: Part, now: datetime) -> bool:
    return part.outcome == "refused" and _over(part, now)


def _over(part: Part, now: datetime) -> bool:
    quiet = not (part.halts or part.late or part.then or part.email)
    return quiet and now - part.files > DECIDED
