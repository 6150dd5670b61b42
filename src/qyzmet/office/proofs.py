"""The signatures of a case: who signed what and when, each check, and what is still asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from qyzmet.cases import blobs, signed
from qyzmet.cases.models import Outbox, SignatureRecord
from qyzmet.cases.queries import CasePage
from qyzmet.cases.signed.receiving import HANDING
from qyzmet.office.names import issued_name, step_name
from qyzmet.pages.words import current_language, say, table
from qyzmet.signatures import Check

__all__ = ["Checked", "File", "Proof", "file_of", "proofs"]

REVOCATION = "revocation"
CONTENT, SIGNATURE = "content", "signature"
SOON = timedelta(minutes=1)
"""Confirmed within this of its moment a signature was never waited for."""
STATES: Mapping[Any, str] = {True: "passed", False: "failed", "pending": "pending"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A check in words; `state`: passed, failed or pending."""

    words: str
    state: str


@dataclass(frozen=True, slots=True)
class Proof:
    """One signature. `what` was signed; `numbers` and `roles` are the certificate's; `again`: when a source
    that was silent is asked next; `confirmed_at`: when one that was waited for was confirmed."""

    id: int
    what: str
    name: str
    numbers: str
    roles: str
    at: datetime
    outcome: str
    checks: tuple[Checked, ...]
    again: datetime | None
    confirmed_at: datetime | None


class File(NamedTuple):
    """A download."""

    data: bytes
    media: str
    name: str


def proofs(page: CasePage) -> list[Proof]:
    """The signatures a case rests on, in order; only for who sees its papers."""
    rows = _rows(page)
    waiting = _waiting(page) if any(row.outcome == "pending" for row in rows) else {}
    return [_proof(page, row, waiting.get(row.seq)) for row in rows]


def file_of(page: CasePage, pk: int, kind: str) -> File | None:
    """What one may download of a signature: the bytes that were signed, or the signature itself.

    None where what the actor sees of the case has no such signature, or a lawful erasure took the bytes.
    """
    row = next((each for each in _rows(page) if each.pk == pk), None)
    if row is None or kind not in (CONTENT, SIGNATURE):
        return None
    name = f"{page.case.number or page.case.ref}-{row.subject}".replace("/", "-").replace(":", "-")
    try:
        if kind == CONTENT:
            return File(blobs.read(row.prepared), "application/json", f"{name}.json")
        return File(signed.restored(row).evidence.signature, "application/pkcs7-signature", f"{name}.p7s")
    except (blobs.BlobErased, blobs.BlobMissing):
        return None


def _rows(page: CasePage) -> list[SignatureRecord]:
    return list(signed.records_of(page.case)) if "signatures" in page.shown else []


def _waiting(page: CasePage) -> dict[int, datetime]:
    asked = Outbox.objects.filter(destination=REVOCATION, stream=page.case.stream, state="waiting")
    return dict(asked.values_list("seq", "next_at"))


def _proof(page: CasePage, row: SignatureRecord, again: datetime | None) -> Proof:
    signer: Mapping[str, Any] = next(iter(row.record.get("signers", ())), {})
    moment = signer.get("moment")
    at = datetime.fromisoformat(moment) if moment else row.judged_at
    return Proof(
        id=row.pk,
        what=_what(page, row.subject),
        name=row.name,
        numbers=", ".join(f"{say(f'proofs.{kind}')} {number}" for kind, number in _numbers(row)),
        roles=", ".join(_role(each) for each in signer.get("roles", ())),
        at=at,
        outcome=row.outcome,
        checks=_checks(row),
        again=again,
        confirmed_at=row.confirmed_at if row.confirmed_at and row.confirmed_at - at > SOON else None,
    )


def _numbers(row: SignatureRecord) -> list[tuple[str, str]]:
    return [(kind, number) for kind, number in (("iin", row.iin), ("bin", row.bin)) if number]


def _what(page: CasePage, subject: str) -> str:
    """`filing:<party>` is the application, `step:<no>` a completed step, `document:<id>` a correction,
    `handing:<no>` the receipt of a result."""
    kind, _, which = subject.partition(":")
    if kind == "step":
        token = next((t for t in page.tokens if f"{t.no}" == which), None)
        return step_name(page.law, token.step) if token else say("proofs.decision")
    if kind == HANDING:
        return say("proofs.handing")
    if kind == "document":
        return say("proofs.correction", name=issued_name(page.law, which))
    party: Any = page.law.package.parties.get(which)
    name = party.name.in_language(current_language()) if party is not None else ""
    return f"{say('proofs.application')} ({name})" if name else say("proofs.application")


def _role(role: str) -> str:
    key = f"proofs.role-{role}"
    return say(key) if key in table() else role


def _checks(row: SignatureRecord) -> tuple[Checked, ...]:
    """The checks as they were recorded; the evidence behind them stays where it is kept."""
    language: Any = current_language()
    made = [Check(**each) for each in row.record.get("checks", ())]
    return tuple(Checked(each.detail(language), STATES[each.passed]) for each in made)
