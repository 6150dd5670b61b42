"""The personal data of an ended case are erased, lawfully and for good."""

from __future__ import annotations

import json
from datetime import datetime

from qyzmet.cases import allow, blobs, erasing, retention
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.models import Blob, Case, CaseState, Entry, Payload
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["erase_personal_data"]

LONGEST = 300
ERASED = "data.erased"


def erase_personal_data(
    actor: Actor, ref: str, rule: str, clause: str, *, now: datetime, key: str | None = None
) -> Case:
    """Empty everything that holds personal data of a case: its papers, letters, what documents say, files
    nobody else names, and the payloads of its entries; the entries stay and say by which rule.

    The system itself or an administrator of the platform. `rule` `retention` waits for the end of the period;
    any other (a court's decision, data collected against the law) is named with its clause. Asked again, it
    takes away the files a broken-off erasure left.
    Cites: Law on personal data art. 12; Law on personal data art. 18.
    """
    with act("erase-personal-data", actor, now=now, key=key, body=[ref, rule, clause]) as this:
        allow.operator(actor)
        held = hold(this, ref)
        rule, clause = rule.strip()[:LONGEST], clause.strip()[:LONGEST]
        if not rule or not clause:
            raise refused("erase-why")
        _may(held, rule)
        gone = _left_over(held.case)
        if gone is None:
            why = {"rule": rule, "clause": clause}
            named = erasing.erase_rows(held.case, why, this.now)
            gone = named - erasing.still_named(named)
            Blob.objects.filter(digest__in=gone, erased_at=None).update(erased_at=this.now)
            held.record(ERASED, {**why, "files": sorted(gone)})
            this.answer = {"case": ref}
    for digest in sorted(gone):
        blobs.erase(digest, now=now)
    return held.case


def _left_over(case: Case) -> set[str] | None:
    """The files an earlier erasure took away, and no later row names; None before the first."""
    entry = Entry.objects.filter(stream=case.stream, act=ERASED).first()
    if entry is None:
        return None
    said = Payload.objects.get(stream=case.stream, seq=entry.seq).data
    files = set(json.loads(said or "{}").get("files", ()))
    return files - set(Blob.objects.filter(digest__in=files, erased_at=None).values_list("digest", flat=True))


def _may(held: Held, rule: str) -> None:
    if held.case.state != CaseState.ENDED:
        raise refused("erase-open", retention.CLAUSE)
    if Case.objects.filter(about=held.case).exclude(state=CaseState.ENDED).exists():
        raise refused("erase-complaint", retention.CLAUSE)
    until = retention.kept_until(held.case)
    if rule == retention.RULE and (until is None or until > held.now):
        raise refused("erase-early", retention.CLAUSE, at=until or "")
