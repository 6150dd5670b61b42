"""The terms the acts set: working days, hours and minutes of working time, and pick-ups at given times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Literal

from qyzmet.clock.errors import TermUnreadable

Unit = Literal["working-day", "hour", "minute", "pick-up"]

LARGEST = 10_000
_COUNTED = re.compile(r"([0-9]+)\s+(working\s+day|hour|minute)s?", re.IGNORECASE)
_PICK_UP = re.compile(r"pick-ups?\s+at\s+(.+)", re.IGNORECASE)
_FACE = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_FORMS = '"3 working days", "2 hours", "20 minutes" or "pick-up at 10:00, 15:00"'


@dataclass(frozen=True, slots=True)
class Term:
    """A length of legal time: `count` of `unit`, or the next of `times` of a day for a pick-up."""

    unit: Unit
    count: int = 1
    times: tuple[time, ...] = ()

    @property
    def minutes(self) -> int:
        """Minutes of working time; 0 for a term that is not counted in minutes."""
        return {"hour": 60, "minute": 1}.get(self.unit, 0) * self.count

    def __str__(self) -> str:
        if self.unit == "pick-up":
            return "pick-up at " + ", ".join(f"{face:%H:%M}" for face in self.times)
        return f"{self.count} {self.unit.replace('-', ' ')}{'' if self.count == 1 else 's'}"


@lru_cache(maxsize=1024)
def parse_term(words: str) -> Term:
    """Read `N working day(s) | hour(s) | minute(s)` or `pick-up at HH:MM, HH:MM`.

    Raises TermUnreadable for anything else, for 0, and for more than 10 000 of a unit.
    """
    text = words.strip()
    if found := _COUNTED.fullmatch(text):
        return Term(_unit(found[2]), _count(found[1], text))
    if found := _PICK_UP.fullmatch(text):
        return Term("pick-up", times=_faces(found[1], text))
    raise TermUnreadable(f"the term {_shown(words)} is not readable; write it as {_FORMS}")


def _unit(words: str) -> Unit:
    units: dict[str, Unit] = {"working day": "working-day", "hour": "hour", "minute": "minute"}
    return units[" ".join(words.lower().split())]


def _count(digits: str, text: str) -> int:
    count = int(digits.lstrip("0")[:9] or "0")
    if not 1 <= count <= LARGEST:
        raise TermUnreadable(f"the term {_shown(text)} is out of reach; give a number from 1 to {LARGEST}")
    return count


def _faces(listed: str, text: str) -> tuple[time, ...]:
    faces = [_FACE.fullmatch(part.strip()) for part in listed.split(",")]
    if not all(faces):
        raise TermUnreadable(f"the term {_shown(text)} has an unreadable time of day; write it as {_FORMS}")
    return tuple(sorted({time(int(face[1]), int(face[2])) for face in faces if face}))


def _shown(words: str) -> str:
    return repr(words if len(words) <= 60 else words[:57] + "...")
