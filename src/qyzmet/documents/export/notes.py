"""The internal notes of a case, for the body whose officials wrote them and nobody else."""

from __future__ import annotations

from collections.abc import Iterator

from qyzmet.cases.notes import of_body
from qyzmet.documents.export.members import Member, as_json
from qyzmet.documents.export.scope import Scope
from qyzmet.documents.export.words import say

__all__ = ["note_members"]


def note_members(scope: Scope) -> Iterator[Member]:
    """One file of notes, newest first, for who takes the case away in a post of a body that has some."""
    if scope.organisation is None:
        return
    found = of_body(scope.organisation, scope.case)
    if found:
        said = [
            {"at": each.at.isoformat(), "person": each.person, "post": each.post, "text": each.text}
            for each in found
        ]
        yield Member("journal/notes.json", "journal", say("notes"), as_json({"v": 1, "notes": said}))
