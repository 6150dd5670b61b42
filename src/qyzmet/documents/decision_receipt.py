"""The receipt of a decision: by which law, calendar and parameters, on which checks and grounds, by whom.

    decision_receipt(case, token) -> dict  # plain JSON values; documents/export/pages.py prints it

Everything in it is read from what was kept when the step was completed, so it is the same whenever it is
asked for, but for a pending signature that was confirmed since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from qyzmet import clock
from qyzmet.cases import clocks, rows
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import (
    Case,
    Deadline,
    Edition,
    Entry,
    Finding,
    Payload,
    SignatureRecord,
    Token,
    Vote,
)
from qyzmet.documents.models import Document
from qyzmet.people.directory import body
from qyzmet.people.models import Account, PostHolding, Substitution
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
        "checks": _checks(case, token),
        "dates": _dates(case, token),
        "parameters": list(_parameters(law, token)),
        "votes": _votes(law, token),
        "official": _official(law, token),
        "signature": _signature(case, token),
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
        "registered_at": case.registered_at.isoformat(),
        "opening": case.opening,
    }


def _law(case: Case, law: Law) -> dict[str, Any]:
    hashes = [hashlib.sha256(canon.to_bytes(each)).hexdigest() for each in law.general]
    general = Edition.objects.filter(hash__in=hashes).order_by("service")
    return {
        **_edition(case.edition),
        "name": _words(law.package.name),
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
        "name": _words(step.name),
        "clause": step.cite,
        "opened_at": token.opened_at.isoformat(),
        "closed_at": token.closed_at.isoformat() if token.closed_at else None,
    }


def _decision(law: Law, token: Token) -> dict[str, Any]:
    moves = law.step(token.step).then.get(token.outcome) or ()
    name = next((_words(each.name) for each in moves if each.name), None)
    return {"outcome": token.outcome, "name": name, "output": token.output}


def _grounds(law: Law, token: Token) -> list[dict[str, Any]]:
    home = law.home(token.step)
    known: dict[str, Any] = {**law.package.suspensions, **law.package.grounds, **home.grounds}
    return [
        {
            "ground": each["ground"],
            "reason": each.get("reason", ""),
            "name": _words(known[each["ground"]].name) if each["ground"] in known else None,
            "clause": known[each["ground"]].cite if each["ground"] in known else None,
        }
        for each in token.grounds
    ]


def _checks(case: Case, token: Token) -> list[dict[str, Any]]:
    """What automatic checks had found when the step was completed."""
    found = Finding.objects.filter(case=case, at__lte=token.closed_at).order_by("id")
    return [
        {
            "step": each.step,
            "check": each.function,
            "outcome": each.outcome,
            "items": each.items,
            "at": each.at.isoformat(),
        }
        for each in found
    ]


def _dates(case: Case, token: Token) -> list[dict[str, Any]]:
    subjects = [f"case:{case.pk}", f"token:{case.pk}.{token.no}"]
    kept = Deadline.objects.filter(subject__in=subjects).order_by("id")
    return [
        {
            "subject": each.subject,
            "duty": each.duty,
            "due": each.due.isoformat() if each.due else None,
            "state": each.state,
            **{
                part: each.basis.get(part)
                for part in ("term", "start", "calendar", "hours", "hours_hash", "cite")
            },
        }
        for each in kept
    ]


def _parameters(law: Law, token: Token) -> Iterator[dict[str, Any]]:
    """The parameters the step names (a quorum, pick-up times), as they stood on its day."""
    known, day = clocks.parameters(), clock.local(token.closed_at or token.opened_at).date()
    for name in sorted({*_strings(law.step(token.step).model_dump())} & {*known}):
        entry = known[name].on(day)
        if entry is not None:
            plain = entry.model_dump(mode="json", by_alias=True, exclude_none=True)
            yield {"parameter": name, "name": _words(known[name].name), "on": day.isoformat(), **plain}


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for each in part.values():
            yield from _strings(each)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _strings(each)


def _votes(law: Law, token: Token) -> list[dict[str, Any]]:
    if law.step(token.step).votes is None:
        return []
    cast = Vote.objects.filter(token=token).select_related("account").order_by("id")
    return [
        {
            "name": each.account.full_name,
            "outcome": each.outcome,
            "recused": each.recused,
            "chair": each.chair,
            "at": each.at.isoformat(),
        }
        for each in cast
    ]


def _official(law: Law, token: Token) -> dict[str, Any] | None:
    """Who did it, in which post of which body, and why they might: a holding or an order of substitution."""
    account = Account.objects.filter(number=token.closed_by).first()
    where = body(token.organisation_id) if token.organisation_id is not None else None
    if account is None or where is None:
        return None
    return {
        "name": account.full_name,
        "post": token.post,
        "post_name": law.post_name(token.post, token.step),
        "organisation": where.code,
        "organisation_name": where.names,
        "authority": _authority(account, token),
    }


def _authority(account: Account, token: Token) -> dict[str, Any] | None:
    then = token.closed_at
    in_force = Q(since__lte=then) & (Q(until__isnull=True) | Q(until__gt=then))
    post = {"organisation_id": token.organisation_id, "post": token.post}
    held = PostHolding.objects.filter(in_force, account=account, **post).order_by("id").first()
    if held is not None:
        return {"kind": "holding", "since": held.since.isoformat(), "until": _moment(held.until)}
    stood = Substitution.objects.filter(
        in_force, substitute=account, holding__in=PostHolding.objects.filter(**post)
    )
    order = stood.select_related("holding__account").order_by("id").first()
    if order is None:
        return None
    return {
        "kind": "substitution",
        "order": order.order,
        "since": order.since.isoformat(),
        "until": order.until.isoformat(),
        "instead_of": order.holding.account.full_name,
    }


def _signature(case: Case, token: Token) -> dict[str, Any] | None:
    found = SignatureRecord.objects.filter(case=case, subject=f"step:{token.no}").order_by("-id").first()
    if found is None:
        return None
    return {
        "prepared": found.prepared,
        "outcome": found.outcome,
        "name": found.name,
        "judged_at": found.judged_at.isoformat(),
        "confirmed_at": _moment(found.confirmed_at),
        "checks": [
            {part: each.get(part) for part in ("check", "passed", "code")}
            for each in found.record.get("checks", ())
        ],
    }


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


def _moment(moment: datetime | date | None) -> str | None:
    return moment.isoformat() if moment else None


def _words(text: Any) -> dict[str, str]:
    said: dict[str, str] = text.model_dump(exclude={"reviewed"})
    return said
