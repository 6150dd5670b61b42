"""Internal notes of a case, read from their own stream `notes:<case>`; a body sees its own officials' ones.

They stand beside the case's stream, so that a note makes no page stale and is never part of what a recipient,
a window or another body takes away.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import NamedTuple

from qyzmet.cases import rows
from qyzmet.cases.journal import decode
from qyzmet.cases.models import Case, Entry, Payload
from qyzmet.cases.refusals import refused
from qyzmet.people.actor import Actor

__all__ = ["LONGEST", "Note", "notes_of", "of_body", "stream", "written"]

LONGEST = 4000


class Note(NamedTuple):
    """A note: who wrote it in which post. `text` is empty once it was lawfully erased."""

    at: datetime
    person: str
    post: str
    text: str


def stream(case: Case) -> str:
    """The journal stream of a case's notes."""
    return f"notes:{case.pk}"


def notes_of(actor: Actor, case: Case) -> list[Note]:
    """The notes of the actor's own body, newest first. Whoever calls has checked that the case is seen."""
    if actor.organisation is None or not actor.is_official:
        return []
    return of_body(actor.organisation, case)


def of_body(organisation: int, case: Case) -> list[Note]:
    """The notes officials of one body wrote, newest first."""
    name = stream(case)
    texts = {p.seq: p.data for p in rows.select(Payload, "WHERE stream = %s", [name])}
    found = []
    for entry in rows.select(Entry, "WHERE stream = %s ORDER BY seq DESC", [name]):
        where, _, post = decode(bytes(entry.body)).post.partition("/")
        if where == str(organisation):
            data = json.loads(texts.get(entry.seq) or "{}")
            found.append(Note(entry.recorded_at, entry.person, post, str(data.get("text", ""))))
    return found


def written(text: str) -> str:
    """A note as it is kept. Raises ActRefused `note-empty`, `text-too-long`."""
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise refused("note-empty", hint={"field": "note"})
    if len(words) > LONGEST:
        raise refused("text-too-long", most=LONGEST, hint={"field": "note"})
    return words
