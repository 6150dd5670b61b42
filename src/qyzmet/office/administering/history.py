"""What was done to a thing, newest first, from the journal: when, who, what, why, and what it was before."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from qyzmet import clock
from qyzmet.cases import rows
from qyzmet.cases.journal import decode
from qyzmet.cases.models import Entry, Payload, Stream
from qyzmet.office.administering.hours_names import hours_name
from qyzmet.office.names import people
from qyzmet.pages.words import current_language, say, table

__all__ = ["Event", "Payloads", "events", "last_entry", "said"]

MOST = 50
NO_CHANGE = ("deadlines.told",)
"""Entries of a thing's stream that changed nothing about it."""
Payloads = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """`subject`: which of many, where the stream has many; `changes`: what it concerned, the former value and
    the new one, each in words."""

    at: datetime
    who: str
    what: str
    subject: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]


def events(
    stream: str, codes: Collection[str] = (), about: Callable[[Payloads], bool] | None = None
) -> list[Event]:
    """The last entries of a stream: those with one of `codes`, if any, and `about` what is asked."""
    found = Entry.objects.filter(stream=stream).exclude(act__in=NO_CHANGE)
    if codes:
        found = found.filter(act__in=codes)
    kept: list[tuple[Entry, Payloads]] = []
    for entry in found.order_by("-seq").iterator(chunk_size=200):
        data = _payload(entry)
        if about is None or about(data):
            kept.append((entry, data))
        if len(kept) == MOST:
            break
    who = people(numbers=[entry.person for entry, _ in kept])
    return [_event(entry, data, str(who.get(entry.person, ""))) for entry, data in kept]


def last_entry(stream: str) -> str:
    """The number of the stream's last entry, as a page remembers it."""
    found = rows.select(Stream, "WHERE name = %s", [stream])
    return str(found[0].seq if found else 0)


def said(value: object) -> str:
    """A journaled value in words: yes and no, days and moments as they are written, lists with commas."""
    if isinstance(value, bool):
        return say("frame.yes" if value else "frame.no")
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {said(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(said(each) for each in value)
    return _dated(str(value))


def _dated(text: str) -> str:
    if len(text) < 10 or text[4:5] != "-" or text[7:8] != "-":
        return text
    try:
        if len(text) == 10:
            return _day(date.fromisoformat(text))
        moment = clock.local(datetime.fromisoformat(text))
    except (ValueError, clock.ClockError):
        return text
    return f"{_day(moment.date())}, {moment:%H:%M}"


def _day(day: date) -> str:
    return format_date(day, "long", locale={"en": "en_GB"}.get(current_language(), current_language()))


def _payload(entry: Entry) -> Payloads:
    found = Payload.objects.filter(stream=entry.stream, seq=entry.seq).values_list("data", flat=True).first()
    data = json.loads(found) if found else {}
    return data if isinstance(data, dict) else {}


def _event(entry: Entry, data: Payloads, who: str) -> Event:
    return Event(
        at=entry.recorded_at,
        who=who or say("admin.by-system"),
        what=_words(f"happened.{entry.act}", entry.act),
        subject=decode(bytes(entry.body)).edition or str(data.get("name") or ""),
        reason=str(data.get("reason") or ""),
        changes=tuple(_changes(data)),
    )


def _changes(data: Payloads) -> list[tuple[str, str, str]]:
    before, after = data.get("before") or {}, data.get("after") or {}
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return []
    names = [*after, *(name for name in before if name not in after)]
    both = ((name, _value(name, before.get(name)), _value(name, after.get(name))) for name in names)
    return [(_words(f"admin.f-{name}", name), old, new) for name, old, new in both if old != new]


def _value(name: str, value: object) -> str:
    """A value, by its own word where the thing has one for it."""
    if name == "hours" and isinstance(value, str):
        return hours_name(value)
    return _words(f"admin-parameters.{value}", said(value)) if name == "status" else said(value)


def _words(key: str, otherwise: str) -> str:
    return say(key) if key in table() else otherwise
