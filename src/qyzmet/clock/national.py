"""Calendars from files: the national one in `calendars/`, and a deployment's own rules over it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from qyzmet.clock.calendar import Calendar, DayRule, Kind
from qyzmet.clock.errors import CalendarInvalid
from qyzmet.clock.hours import WEEKS, Week
from qyzmet.clock.reading import read_mapping

FOLDER = Path(__file__).with_name("calendars")
_FILE_KEYS = {"year", "checked", "open", "days"}
_DAY_KEYS = {"date", "rest", "moved-from", "for", "works-as", "ordinary", "weeks", "basis", "unconfirmed"}
_KINDS: dict[str, Kind] = {"rest": "off", "works-as": "works", "ordinary": "ordinary"}


@lru_cache(maxsize=1)
def national_calendar() -> Calendar:
    """Kazakhstan's calendar for every year held, five- and six-day weeks."""
    return read_calendar(FOLDER)


def read_calendar(folder: Path) -> Calendar:
    """The calendar of a folder with one file a year. Raises CalendarInvalid naming file and day."""
    files = sorted(folder.glob("[0-9][0-9][0-9][0-9].yaml"))
    years, rules = [], []
    for path in files:
        content = read_mapping(path)
        if content.get("year") != int(path.stem) or content.keys() - _FILE_KEYS:
            raise CalendarInvalid(
                f"{path} must be of the year {path.stem} and hold only {_listed(_FILE_KEYS)}"
            )
        years.append(int(path.stem))
        rules += _rules(content, path)
    return Calendar(years, rules)


def read_rules(path: Path) -> tuple[DayRule, ...]:
    """A deployment's rules for `Calendar.amended`: a file with `days` of the same shape as in calendars/."""
    return tuple(_rules(read_mapping(path), path))


@lru_cache(maxsize=1)
def act_names() -> Mapping[str, Mapping[str, str]]:
    """The acts behind the days, by id: kk, ru, en, and `adilet` where the code is known."""
    return read_mapping(FOLDER / "acts.yaml")


@lru_cache(maxsize=1)
def day_names() -> Mapping[str, Mapping[str, str]]:
    """The days off by id: kk, ru, en, and kind (`holiday` moves off a weekly day off, `day-off` does not)."""
    return read_mapping(FOLDER / "names.yaml")


def _rules(content: Mapping[str, Any], path: Path) -> list[DayRule]:
    return [_rule(entry, path) for entry in content.get("days") or ()]


def _rule(entry: Any, path: Path) -> DayRule:
    if not isinstance(entry, dict) or not isinstance(entry.get("date"), date):
        raise CalendarInvalid(f"{path}: each day needs a date such as 2024-05-08")
    day = entry["date"]
    said = [key for key in _KINDS if key in entry]
    if len(said) != 1 or entry.keys() - _DAY_KEYS or not entry.get("basis"):
        raise CalendarInvalid(
            f"{path}: {day} needs one of {_listed(_KINDS)}, a basis, and only {_listed(_DAY_KEYS)}"
        )
    other = entry.get("moved-from") or entry.get("for") or entry.get("works-as")
    weeks = entry.get("weeks", list(WEEKS))
    if not (other is None or isinstance(other, date)) or not weeks or set(weeks) - set(WEEKS):
        raise CalendarInvalid(f"{path}: {day}: the other day is a date, weeks are five, six or both")
    return DayRule(
        day=day,
        kind=_KINDS[said[0]],
        basis=str(entry["basis"]),
        name=str(entry.get("rest", "")),
        other=other,
        weeks=cast(tuple[Week, ...], tuple(weeks)),
        unconfirmed=str(entry.get("unconfirmed", "")),
    )


def _listed(words: Any) -> str:
    return ", ".join(sorted(words))
