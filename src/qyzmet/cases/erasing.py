"""What a lawful erasure takes away of a case. Rooms that keep something of a case of their own add it here.

@erasing.eraser("documents")   # empties its rows, returns the digests of files they named
def erase(case: Case, now: datetime) -> set[str]: ...

@erasing.namer("documents")    # which of these files its rows still name
def named(digests: set[str]) -> set[str]: ...
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast

from qyzmet.cases import notes
from qyzmet.cases.models import (
    Case,
    CaseWord,
    Conflict,
    Filing,
    Finding,
    Payload,
    SignatureRecord,
    Suspension,
    Token,
    Vote,
)
from qyzmet.cases.words.wording import NUMBER

__all__ = ["digests_in", "erase_rows", "eraser", "mentioned", "namer", "still_named"]

Eraser = Callable[[Case, datetime], set[str]]
Namer = Callable[[set[str]], set[str]]
_erasers: dict[str, Eraser] = {}
_namers: dict[str, Namer] = {}

OUTWARD = frozenset({
    "step", "no", "outcome", "exit", "ground", "number", "registered_at", "due", "document", "duty", "clause",
    "rule", "code", "subject", "old", "new", "post", "organisation", "field",
    "files",
})  # fmt: skip
"""Keys of a payload that say where a case went and nothing of a person."""


def eraser(room: str) -> Callable[[Eraser], Eraser]:
    """Add what a room empties."""

    def added(found: Eraser) -> Eraser:
        _erasers[room] = found
        return found

    return added


def namer(room: str) -> Callable[[Namer], Namer]:
    """Add where a room names files."""

    def added(found: Namer) -> Namer:
        _namers[room] = found
        return found

    return added


def erase_rows(case: Case, why: dict[str, str], now: datetime) -> set[str]:
    """Empty every row of the case that holds personal data; the digests of the files they named."""
    digests = _papers(case, why) | _signatures(case)
    for token in Token.objects.filter(case=case):
        token.output, token.grounds = {}, [{**each, "reason": ""} for each in token.grounds]
        token.save(update_fields=["output", "grounds"])
    Vote.objects.filter(token__case=case).update(reason="")
    Suspension.objects.filter(case=case).update(reason="")
    Finding.objects.filter(case=case).update(items=[])
    Conflict.objects.filter(case=case).update(reason="")
    CaseWord.objects.filter(case=case, depth__gt=NUMBER).delete()
    _payloads(case, why)
    for erase in _erasers.values():
        digests |= erase(case, now)
    return digests


def still_named(digests: set[str]) -> set[str]:
    """Those of the files that any row still names."""
    found = mentioned(Filing, ("documents",), digests) | mentioned(SignatureRecord, ("record",), digests)
    kept = SignatureRecord.objects.filter(prepared__in=digests).values_list("prepared", flat=True)
    filed = Filing.objects.filter(prepared__in=digests).values_list("prepared", flat=True)
    found |= {*kept, *filed}
    for each in _namers.values():
        found |= each(digests)
    return found


def mentioned(model: type[Model], columns: Collection[str], digests: set[str]) -> set[str]:
    """The digests some row of a model writes in one of its JSON columns."""
    found: set[str] = set()
    for column in columns:
        texts = model._default_manager.annotate(said=Cast(column, TextField()))
        for digest in sorted(digests - found):
            if texts.filter(said__contains=digest).exists():
                found.add(digest)
    return found


def _papers(case: Case, why: dict[str, str]) -> set[str]:
    papers = Filing.objects.get(pk=case.pk)
    named = digests_in(papers.documents) | ({papers.prepared} - {""})
    Filing.objects.filter(pk=case.pk).update(
        applicant_name="", form={}, documents={}, parties={}, signatures={}, prepared="", erased=why
    )
    Case.objects.filter(pk=case.pk).update(facts={})
    return named


def _signatures(case: Case) -> set[str]:
    """The recipient's signatures go with what they were put under; an official's stays, its text goes."""
    named: set[str] = set()
    for row in SignatureRecord.objects.filter(case=case):
        named |= {row.prepared}
        if row.of_recipient:
            named |= digests_in(row.record)
            row.delete()
    return named


def _payloads(case: Case, why: dict[str, str]) -> None:
    of_case = Payload.objects.filter(stream=case.stream, data__isnull=False)
    personal = Q(pk__in=[row.pk for row in of_case if set(json.loads(row.data or "{}")) - OUTWARD])
    of_case.filter(personal).update(salt=None, data=None, erased=why)
    of_notes = Payload.objects.filter(stream=notes.stream(case), data__isnull=False)
    of_notes.update(salt=None, data=None, erased=why)


def digests_in(said: Any) -> set[str]:
    """Every file a piece of JSON names as `sha256`."""
    if isinstance(said, dict):
        own = {str(said["sha256"])} if isinstance(said.get("sha256"), str) else set()
        return own.union(*(digests_in(each) for each in said.values()))
    if isinstance(said, list):
        return set().union(*(digests_in(each) for each in said))
    return set()
