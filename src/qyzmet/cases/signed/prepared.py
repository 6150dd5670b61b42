"""The bytes that are signed: canonical JSON (RFC 8785) of all that is filed, or of all that is decided.

One thing for portal, office and API. `filing` is the idempotency key, so that a signature files once; a
decision names its case and step, so that it decides once. What is done is compared with it part by part.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import rfc8785

from qyzmet.cases.models import Case, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed.parts import not_this
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body

if TYPE_CHECKING:
    from qyzmet.cases.filing.intake import Application

__all__ = [
    "VERSION",
    "application_bytes",
    "application_said",
    "canonical",
    "correction_bytes",
    "correction_said",
    "decision_bytes",
    "decision_said",
    "official_said",
    "plain",
    "read_prepared",
]

VERSION = 1
SMALL = 64 * 1024
EXACT = 2**53
"""JSON numbers are exact up to here; a longer one is written as text."""


def application_bytes(
    application: Application,
    *,
    actor: Actor,
    edition: str,
    filing: str,
    prepared_at: datetime,
    about: str = "",
) -> bytes:
    """What an applicant and every co-signatory sign.

    `edition`: the law's name (`Law.name`); `filing`: the key the application will be filed with; `about`: the
    reference of the case a complaint is about. Raises ActRefused `unstorable` for what JSON cannot say.
    """
    return canonical(
        application_said(
            application,
            actor=actor,
            edition=edition,
            filing=filing,
            prepared_at=prepared_at.isoformat(),
            about=about,
        )
    )


def application_said(
    application: Application, *, actor: Actor, edition: str, filing: str, prepared_at: str, about: str = ""
) -> dict[str, Any]:
    """The same before it is bytes."""
    principal = actor.on_behalf_of
    return {
        "v": VERSION,
        "service": application.service,
        "edition": edition,
        "filing": filing,
        "applicant": actor.person,
        "on_behalf_of": principal.number if principal else None,
        "about": about or None,
        "channel": application.channel,
        "variant": plain(application.variant),
        "form": plain(application.form),
        "attachments": _attachments(application.documents),
        "parties": plain(application.parties),
        "organisations": {role: body(where).code for role, where in sorted(application.orgs.items())},
        "language": application.language,
        "prepared_at": prepared_at,
    }


def decision_bytes(
    case: Case,
    token: Token,
    *,
    edition: str,
    outcome: str,
    output: Mapping[str, Any],
    grounds: Sequence[Mapping[str, str]],
    documents: Mapping[str, Mapping[str, str]],
    actor: Actor,
    prepared_at: datetime,
) -> bytes:
    """What an official signs to complete a step.

    `documents`: issued document → {number, code, sha256}, printed before the seal. Raises ActRefused
    `unstorable`.
    """
    said = decision_said(
        case, token, edition=edition, outcome=outcome, output=output, grounds=grounds, actor=actor
    )
    kept = {
        key: {part: each[part] for part in ("number", "code", "sha256")} for key, each in documents.items()
    }
    return canonical({**said, "documents": plain(kept), "prepared_at": prepared_at.isoformat()})


def decision_said(
    case: Case,
    token: Token,
    *,
    edition: str,
    outcome: str,
    output: Mapping[str, Any],
    grounds: Sequence[Mapping[str, str]],
    actor: Actor,
) -> dict[str, Any]:
    """The same before it is bytes, but for the documents and the moment."""
    return {
        "v": VERSION,
        "kind": "decision",
        "case": case.ref,
        "number": case.number,
        "edition": edition,
        "step": token.step,
        "no": token.no,
        "decision": outcome,
        "output": plain(output),
        "grounds": [{part: each.get(part, "") for part in ("ground", "reason")} for each in grounds],
        "official": official_said(actor),
    }


def correction_bytes(
    case: Case,
    *,
    edition: str,
    document: str,
    corrections: Mapping[str, Any],
    reason: str,
    printed: Mapping[str, str],
    actor: Actor,
    prepared_at: datetime,
) -> bytes:
    """What an official signs to issue a document again with a slip put right.

    `printed`: {number, code, sha256} of what replaces it, before the seal. Raises ActRefused `unstorable`.
    """
    said = correction_said(
        case, edition=edition, document=document, corrections=corrections, reason=reason, actor=actor
    )
    kept = {part: printed[part] for part in ("number", "code", "sha256")}
    return canonical({**said, "documents": {document: kept}, "prepared_at": prepared_at.isoformat()})


def correction_said(
    case: Case, *, edition: str, document: str, corrections: Mapping[str, Any], reason: str, actor: Actor
) -> dict[str, Any]:
    """The same before it is bytes, but for what is printed and the moment."""
    return {
        "v": VERSION,
        "kind": "correction",
        "case": case.ref,
        "number": case.number,
        "edition": edition,
        "document": document,
        "corrections": plain(corrections),
        "reason": reason,
        "official": official_said(actor),
    }


def official_said(actor: Actor) -> dict[str, str]:
    """The official as signed bytes have them."""
    where = body(actor.organisation).code if actor.organisation is not None else ""
    return {"iin": actor.person, "name": actor.name, "post": actor.post or "", "organisation": where}


def read_prepared(data: bytes) -> dict[str, Any]:
    """What signed bytes say. Raises ActRefused `signature-not-this` for bytes that were not made here."""
    if not (_remembered if len(data) <= SMALL else _made_here)(data):
        raise not_this(["prepared"])
    return dict(json.loads(data))


@lru_cache(maxsize=64)
def _remembered(data: bytes) -> bool:
    """One filing reads the same bytes several times in a row."""
    return _made_here(data)


def _made_here(data: bytes) -> bool:
    """Whether these are canonical bytes of ours."""
    try:
        said = json.loads(data)
        return isinstance(said, dict) and said.get("v") == VERSION and canonical(said) == data
    except (ValueError, RecursionError):
        return False


def plain(value: Any) -> Any:
    """A value as JSON has it: moments and exact numbers as text."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= EXACT:
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise refused("unstorable")
    return value


def _attachments(documents: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"field": key, "name": each.get("name"), "size": each.get("size"), "sha256": each.get("sha256")}
        for key, files in sorted(documents.items())
        for each in files
    ]


def canonical(said: Mapping[str, Any]) -> bytes:
    """RFC 8785. Raises ActRefused `unstorable` for what JSON cannot say."""
    try:
        whole = dict(said)
        return _written(whole).encode() if _usual(whole) else rfc8785.dumps(whole)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as problem:
        raise refused("unstorable") from problem


_written = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


def _usual(value: Any) -> bool:
    """Whether Python's own writer, many times as fast, writes the very bytes RFC 8785 asks for: it does but
    for fractions, numbers that are not exact, and the order of names beyond ASCII."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return bool(-EXACT < value < EXACT)
    if kind is dict:
        return all(type(name) is str and name.isascii() and _usual(each) for name, each in value.items())
    return kind in {list, tuple} and all(map(_usual, value))
