"""The receipt of a decision: by which law, calendar and parameters, on which checks and grounds, by whom.

    decision_receipt(case, token) -> dict  # plain JSON values; documents/export/pages.py prints it

Everything in it is read from what was kept when the step was completed, so it is the same whenever it is
asked for, but for a pending signature that was confirmed since.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from qyzmet.cases import rows
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Case, Edition, Entry, Payload, Token
from qyzmet.documents.decision_basis import checks, dates, official, parameters, signature, votes, words
from qyzmet.documents.models import Document
from qyzmet.regulation import canon

__all__ = ["decision_receipt", "is_decision"]


def is_decision(law: Law, token: Token) -> bool:
    """Whether a person completed the step and chose, gave grounds, recorded or issued something by it."""
    if token.closed_at is None or token.cancelled or not token.post or not token.outcome:
        return False
    step = law.step(token.step)
    return bool(len(step.then) > 1 or step.issues or token.grounds or token.output or step.votes)


def decision_receipt(case: Case, token: Token) -> dict[str, Any]:
    """The receipt of a completed step, as plain JSON values. Raises LookupError for a step not completed."""
    if token.closed_at is None or token.cancelled:
        raise LookupError(f"step {token.no} of {case.ref} is not completed, so there is no decision yet")
    law = law_of(case.edition_id)
    entry = _entry(case, token)
    return {
        "v": 1,
        "kind": "decision-receipt",
        "case": _case(case),
        "law": _law(case, law),
        "step": _step(law, token),
        "decision": _decision(law, token),
        "grounds": _grounds(law, token),
        "checks": checks(case, token),
        "dates": dates(case, token),
        "parameters": list(parameters(law, token)),
        "votes": votes(law, token),
        "official": official(law, token),
        "signature": signature(case, token),
        "documents": _documents(case, entry),
        "journal": _journal(entry),
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "ref": case.ref,
        "number": case.number,
        "service": case.service,
        "channel": case.channel,
        "received_at": case.received_at.isoformat(),
        "registered_at": case.registered.isoformat() if case.registered else None,
        "opening": case.opening,
    }


def _law(case: Case, law: Law) -> dict[str, Any]:
    hashes = [hashlib.sha256(canon.to_bytes(each)).hexdigest() for each in law.general]
    general = Edition.objects.filter(hash__in=hashes).order_by("service")
    return {
        **_edition(case.edition),
        "name": words(law.package.name),
        "general": [_edition(each) for each in general],
    }


def _edition(row: Edition) -> dict[str, Any]:
    return {
        "edition": row.name,
        "package": row.hash,
        "law": row.law_hash,
        "texts": row.texts_hash,
        "published_at": row.published_at.isoformat(),
    }


def _step(law: Law, token: Token) -> dict[str, Any]:
    step = law.step(token.step)
    return {
        "no": token.no,
        "step": token.step,
        "name": words(step.name),
        "clause": step.cite,
        "opened_at": token.opened_at.isoformat(),
        "closed_at": token.closed_at.isoformat() if token.closed_at else None,
    }


def _decision(law: Law, token: Token) -> dict[str, Any]:
    moves = law.step(token.step).then.get(token.outcome) or ()
    name = next((words(each.name) for each in moves if each.name), None)
    return {"outcome": token.outcome, "name": name, "output": token.output}


def _grounds(law: Law, token: Token) -> list[dict[str, Any]]:
    home = law.home(token.step)
    known: dict[str, Any] = {**law.package.suspensions, **law.package.grounds, **home.grounds}
    return [
        {
            "ground": each["ground"],
            "reason": each.get("reason", ""),
            "name": words(known[each["ground"]].name) if each["ground"] in known else None,
            "clause": known[each["ground"]].cite if each["ground"] in known else None,
        }
        for each in token.grounds
    ]


def _documents(case: Case, entry: Entry | None) -> list[dict[str, Any]]:
    if entry is None:
        return []
    issued = Document.objects.filter(case=case, seq=entry.seq).order_by("id")
    return [
        {
            "document": each.issued,
            "name": each.name,
            "number": each.number,
            "code": each.code,
            "sha256": each.digest,
        }
        for each in issued
    ]


def _entry(case: Case, token: Token) -> Entry | None:
    """The entry that records the completion: the last that names the step's number and its outcome."""
    told = {
        each.seq: json.loads(each.data)
        for each in rows.select(Payload, "WHERE stream = %s AND data IS NOT NULL", [case.stream])
        if each.data
    }
    entries = rows.select(Entry, "WHERE stream = %s ORDER BY seq DESC", [case.stream])
    named = {"no": token.no, "step": token.step, "outcome": token.outcome}
    for each in entries:
        said = told.get(each.seq, {})
        if isinstance(said, dict) and named.items() <= said.items() and each.act != "sitting.closed":
            return each
    same = (e for e in entries if e.recorded_at == token.closed_at and e.person == token.closed_by)
    return next(same, None)


def _journal(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "stream": entry.stream,
        "seq": entry.seq,
        "act": entry.act,
        "hash": bytes(entry.hash).hex(),
        "occurred_at": entry.occurred_at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
    }
