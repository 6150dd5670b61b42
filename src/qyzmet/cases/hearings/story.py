"""What the journal and the steps of cases tell of their hearings; many cases cost the queries of one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from qyzmet.cases import rows
from qyzmet.cases.models import Entry, Payload, Token

__all__ = [
    "ANSWERED",
    "CALLED_OFF",
    "CHOSEN",
    "HOLD",
    "MOVED",
    "NOTICE",
    "NOTIFIED",
    "OFFERED",
    "Steps",
    "Story",
    "steps_of",
    "stories",
]

NOTIFIED, OFFERED, CHOSEN = "hearing.notified", "hearing.offered", "hearing.chosen"
MOVED, ANSWERED, CALLED_OFF = "hearing.moved", "hearing.answered", "hearing.called-off"
STORY = (NOTIFIED, OFFERED, CHOSEN, MOVED, ANSWERED, CALLED_OFF)
NOTICE, HOLD = "hearing:notice", "hearing:hold"
Steps = Sequence[Token]
Story = list[tuple[str, datetime, dict[str, Any]]]
"""(code, when, what was said), in order."""


def stories(streams: Sequence[str]) -> dict[str, Story]:
    """What was told of a hearing in each of these streams, in order; streams without any are left out."""
    if not streams:
        return {}
    where = f"WHERE stream IN ({rows.marks(streams)})"
    told = rows.select(Entry, f"{where} AND act IN ({rows.marks(STORY)}) ORDER BY seq", [*streams, *STORY])
    seqs = sorted({entry.seq for entry in told})
    kept = rows.select(Payload, f"{where} AND seq IN ({rows.marks(seqs)})", [*streams, *seqs]) if told else []
    said = {(each.stream, each.seq): json.loads(each.data) for each in kept if each.data}
    found: dict[str, Story] = {}
    for entry in told:
        story = found.setdefault(entry.stream, [])
        story.append((entry.act, entry.occurred_at, said.get((entry.stream, entry.seq), {})))
    return found


def steps_of(cases: Sequence[int]) -> dict[int, list[Token]]:
    """The steps of the hearing in each case, in order."""
    if not cases:
        return {}
    where = f"WHERE case_id IN ({rows.marks(cases)}) AND step IN (%s, %s) ORDER BY no"
    found: dict[int, list[Token]] = {}
    for step in rows.select(Token, where, [*cases, NOTICE, HOLD]):
        found.setdefault(step.case_id, []).append(step)
    return found
