"""Office hours: when a door is open on each weekday, with its breaks and the clause that says so.

`system` and `portal` take a filing at any time, but register and close by the hours written for them.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, cast

from qyzmet.clock.errors import CalendarInvalid, HoursUnknown
from qyzmet.clock.reading import read_mapping

Week = Literal["five", "six"]
WEEKS: tuple[Week, Week] = ("five", "six")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_FILE = Path(__file__).with_name("hours.yaml")
_FACE = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_KEYS = {"week", "receives", "days", "cite", "note"}


@dataclass(frozen=True)
class OpenDay:
    """One weekday of a door: opening, closing and the breaks between, as Almaty clock faces."""

    opens: time
    closes: time
    breaks: tuple[tuple[time, time], ...] = ()

    @property
    def intervals(self) -> tuple[tuple[time, time], ...]:
        """The stretches of working time, in order."""
        edges = [self.opens, *(face for pause in self.breaks for face in pause), self.closes]
        return tuple(zip(edges[::2], edges[1::2], strict=True))


@dataclass(frozen=True)
class Hours:
    """The hours of one door. `week` says which days off hold for it: the five- or the six-day week's."""

    name: str
    week: Week
    days: tuple[OpenDay | None, ...]
    cite: str
    any_time: bool = False

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what the hours say, so that a stored date can name the hours it was judged by."""
        return hashlib.sha256(repr((self.name, self.week, self.days, self.any_time)).encode()).hexdigest()


class HoursBook(Mapping[str, Hours]):
    """Hours by name. Asking for a name that is not there says which names are."""

    def __init__(self, entries: Mapping[str, Hours]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, name: str) -> Hours:
        if name in self._entries:
            return self._entries[name]
        near = difflib.get_close_matches(name, self._entries, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"choose one of {', '.join(self._entries)}"
        shown = name if len(name) <= 60 else name[:57] + "..."
        raise HoursUnknown(f"there are no office hours called {shown!r}; {hint}")

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Any:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def with_entry(self, name: str, entry: Mapping[str, Any]) -> HoursBook:
        """These hours with one entry, written as in hours.yaml, added or replaced. Raises CalendarInvalid."""
        return HoursBook({**self._entries, name: _hours(name, dict(entry), Path(_FILE.name))})

    def overlaid(self, path: Path) -> HoursBook:
        """These hours with a deployment's own laid over them by name; these alone where there is no file."""
        if not path.exists():
            return self
        return HoursBook({**self._entries, **_read(path)})


@lru_cache(maxsize=1)
def hours_book() -> HoursBook:
    """The hours the acts name; a deployment lays its own over them with `overlaid`."""
    return HoursBook(_read(_FILE))


def _read(path: Path) -> dict[str, Hours]:
    return {str(name): _hours(str(name), entry, path) for name, entry in read_mapping(path).items()}


def _hours(name: str, entry: Any, path: Path) -> Hours:
    if not isinstance(entry, dict) or not entry.keys() >= {"week", "days", "cite"} or entry.keys() - _KEYS:
        raise CalendarInvalid(
            f"{path}: hours {name!r} need week, days and cite, and may have receives and note"
        )
    if entry["week"] not in WEEKS or entry.get("receives", "in-hours") not in {"in-hours", "any-time"}:
        raise CalendarInvalid(
            f"{path}: hours {name!r}: week is five or six, receives is in-hours or any-time"
        )
    days: list[OpenDay | None] = [None] * 7
    for span, faces in entry["days"].items():
        for weekday in _weekdays(str(span), name, path):
            days[weekday] = _open_day(faces, name, path)
    week = cast(Week, entry["week"])
    return Hours(name, week, tuple(days), str(entry["cite"]), entry.get("receives") == "any-time")


def _weekdays(span: str, name: str, path: Path) -> range:
    first, _, last = span.partition("-")
    if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
        raise CalendarInvalid(f"{path}: hours {name!r}: {span!r} is not a weekday or a span such as mon-fri")
    return range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1)


def _open_day(faces: Mapping[str, Any], name: str, path: Path) -> OpenDay:
    pause = [_face(face, name, path) for face in faces.get("break", ())]
    opens, closes = _face(faces["opens"], name, path), _face(faces["closes"], name, path)
    edges = [opens, *pause, closes]
    if len(pause) % 2 or any(a >= b for a, b in pairwise(edges)):
        raise CalendarInvalid(f"{path}: hours {name!r}: opening, break and closing must follow one another")
    return OpenDay(opens, closes, tuple(zip(pause[::2], pause[1::2], strict=True)))


def _face(face: object, name: str, path: Path) -> time:
    # Unquoted 13:00 reaches us from YAML 1.1 as the number 780.
    found = _FACE.fullmatch(face) if isinstance(face, str) else None
    if not found:
        raise CalendarInvalid(
            f'{path}: hours {name!r}: write a time of day in quotes, as "09:00", not {face!r}'
        )
    return time(int(found[1]), int(found[2]))
