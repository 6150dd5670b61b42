"""What happened in a case, from its journal, as each capacity may read it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qyzmet.cases import allow, rows
from qyzmet.cases.models import Capacity, Entry, Payload
from qyzmet.cases.queries.views import fields_seen
from qyzmet.cases.refusals import refused
from qyzmet.cases.watching import AUDITOR
from qyzmet.cases.words.lookup import by_ref
from qyzmet.people.actor import Actor

__all__ = ["Happening", "timeline"]

INSIDE = frozenset({
    "task.taken", "task.given-back", "task.assigned", "vote.cast", "member.recused", "conflict.declared",
})  # fmt: skip
"""Codes a party does not see: how an office shares its work, and who voted how before the decision."""

TOLD = {
    "case.returned": {"faults"},
    "hearing.answered": {"answer", "said"},
    "hearing.called-off": {"hearing-at", "reason"},
    "hearing.chosen": {"hearing-at"},
    "hearing.moved": {"hearing-at", "way", "place", "reason"},
}
"""What an entry says to the recipient, beyond where it went."""

FULL = frozenset({Capacity.PROVIDER, Capacity.COMPLAINT_BODY, AUDITOR})


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry for people. `data` is whole for those who see the file, empty once erased; `person` and `post`
    are there for officials only, a party's number only for those who see the applicant."""

    seq: int
    code: str
    occurred_at: datetime
    recorded_at: datetime
    person: str
    post: str
    data: dict[str, Any]


def timeline(actor: Actor, ref: str) -> list[Happening]:
    """The case's entries in order. Raises ActRefused `not-found`."""
    case = by_ref(ref)
    seen = allow.capacities(actor, case.pk) if case else frozenset()
    if case is None or not seen:
        raise refused("not-found")
    stream = case.stream
    entries = rows.select(Entry, "WHERE stream = %s ORDER BY seq", [stream])
    payloads = {p.seq: p for p in rows.select(Payload, "WHERE stream = %s", [stream])}
    return [_happening(e, payloads.get(e.seq), seen) for e in entries if _shown(e, seen)]


def _shown(entry: Entry, seen: frozenset[str]) -> bool:
    return entry.act not in INSIDE or bool(seen - {Capacity.PARTY})


def _happening(entry: Entry, payload: Payload | None, seen: frozenset[str]) -> Happening:
    said = json.loads(bytes(entry.body))
    official = bool(seen - {Capacity.PARTY})
    # What a party did itself would name it to who does not see the applicant.
    named = official and (bool(said["post"]) or entry.person == "system" or "applicant" in fields_seen(seen))
    told = TOLD.get(entry.act, set()) if Capacity.PARTY in seen else set()
    data = json.loads(payload.data) if payload is not None and payload.data else {}
    return Happening(
        seq=entry.seq,
        code=entry.act,
        occurred_at=entry.occurred_at,
        recorded_at=entry.recorded_at,
        person=entry.person if named else "",
        post=said["post"] if official else "",
        data=data if seen & FULL else _outward(data, told),
    )


def _outward(data: dict[str, Any], told: set[str]) -> dict[str, Any]:
    """What anybody who sees the case may know of an entry: where it went, not what the papers say."""
    kept = {
        "step",
        "no",
        "outcome",
        "exit",
        "ground",
        "number",
        "registered_at",
        "due",
        "document",
        "duty",
        "clause",
    }
    return {key: value for key, value in data.items() if key in kept or key in told}
