"""Signatures judged by NCANode (https://github.com/malikzh/NCANode, its REST interface of version 3).

Chosen by `QYZMET_SIGNATURES=ncanode` with `QYZMET_NCANODE=http://127.0.0.1:14579`; `verify` is what `judge`
then calls. NCANode answers for the arithmetic, the chain and revocation, by the state's certified library.
The rest stays ours, for what NCANode leaves out or says differently:

- it judges by today: `validity` is judged here, at the moment of the verdict;
- its `lastName` is the patronymic, and it reads numbers by their place: who signed is read here, from the
  certificate, and its answer must be about that very certificate (serial number);
- it overlooks a content given beside an attached signature, and a signer whose certificate is missing:
  both are checked here;
- it does not check time stamps: the moment of one counts only where our own check accepts it;
- it keeps no proof: a verdict made by it is settled, but has no lists or answers to be checked again with.

Where it is silent, or answers what makes no sense, the signature is `pending`: asked again, never refused.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from qyzmet.evidence.fetching import SourceSilent
from qyzmet.evidence.ncanode_calling import Refused, post
from qyzmet.evidence.ncanode_own import Ours, ours_of
from qyzmet.signatures import Check, Rules, SignatureError, Verdict, digest, read_cms
from qyzmet.signatures.checks import outcome
from qyzmet.signatures.cms.detaching import without_content
from qyzmet.signatures.verdict import Evidence

__all__ = ["verify"]


def verify(signature: bytes, content: bytes, *, at: datetime, rules: Rules) -> Verdict:
    """The verdict on a CMS signature over `content`, at that moment, by NCANode of the settings.

    What already fails by our own reading is not asked about. Raises SignatureError (check `format`) for what
    is no signature.
    """
    message = read_cms(signature)
    if len(message.signers) > rules.signers_at_most:
        raise SignatureError("signers-many", limit=rules.signers_at_most)
    digests = {name: digest(name, content) for name in sorted(message.digest_names | {"sha256"})}
    signed = [ours_of(message, number, digests, at, rules) for number in range(len(message.signers))]
    checks = [outcome("format-cms", True, count=len(signed))]
    if message.content is not None:
        same = message.content == content
        checks.append(outcome("content-inside" if same else "content-other", same))
    checks += [check for each in signed for check in each.checks]
    if all(check.passed is not False for check in checks):
        checks += _asked(signature, content, signed)
    certificates = (each.certificate.der for each in signed if each.certificate is not None)
    return Verdict(
        kind="cms",
        at=at,
        content={name: value.hex() for name, value in digests.items()},
        signers=tuple(each.signer for each in signed),
        checks=tuple(checks),
        evidence=Evidence(without_content(message), tuple(dict.fromkeys(certificates))),
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """What NCANode said: of the whole, and of each certificate by its serial number."""

    valid: bool
    certificates: Mapping[int, Mapping[str, Any]]


def _asked(signature: bytes, content: bytes, signed: list[Ours]) -> list[Check]:
    """The checks `signature`, `chain` and `revocation` of every signer, as NCANode answers."""
    try:
        first = _tried(signature, content, "OCSP")
        if first is not None and first.valid:
            return [check for each in signed for check in _confirmed(each, first, "OCSP")]
        bare = _answer(signature, content, [])
        settled = first is not None and (_revoked(first) or not bare.valid)
        listed = first if settled else _tried(signature, content, "CRL")
    except Refused as problem:
        return [outcome("ncanode-broken", False, each.number, why=problem) for each in signed]
    except SourceSilent as problem:
        return [outcome("ncanode-silent", "pending", each.number, why=problem.why) for each in signed]
    if listed is not None and listed.valid:
        return [check for each in signed for check in _confirmed(each, listed, "CRL")]
    return [check for each in signed for check in _explained(each, bare, listed)]


def _tried(signature: bytes, content: bytes, source: str) -> _Answer | None:
    """The answer with a source of revocation; None where NCANode fails because of it. Raises SourceSilent."""
    try:
        return _answer(signature, content, [source])
    except Refused:
        return None


def _answer(signature: bytes, content: bytes, revocation: list[str]) -> _Answer:
    """Raises Refused, or SourceSilent for what makes no sense too."""
    base, message = settings.QYZMET_NCANODE, read_cms(signature)
    question: dict[str, Any] = {"cms": base64.b64encode(message.der).decode(), "revocationCheck": revocation}
    if message.content is None:
        question["data"] = base64.b64encode(content).decode()
    said = post(base, "/cms/verify", question)
    try:
        rows = [row for signer in said["signers"] for row in signer["certificates"]]
        found = {int(row["serialNumber"], 16): row for row in rows if row["valid"] in (True, False)}
        whole = said["valid"]
    except (KeyError, TypeError, ValueError) as problem:
        raise SourceSilent(base, f"its answer makes no sense: {type(problem).__name__}") from problem
    if not isinstance(whole, bool):
        raise SourceSilent(base, "its answer makes no sense")
    return _Answer(whole, found)


def _confirmed(each: Ours, answer: _Answer, source: str) -> list[Check]:
    """Everything holds, if it was said of this very certificate: none at all would content NCANode too."""
    row = answer.certificates.get(each.serial)
    if row is None or row["valid"] is not True:
        return [_stranger(each, answer)]
    return [
        outcome("ncanode-fits", True, each.number),
        outcome("ncanode-known", True, each.number, name=each.signer.name),
        outcome("ncanode-good", True, each.number, given=source),
    ]


def _explained(each: Ours, bare: _Answer, listed: _Answer | None) -> list[Check]:
    """Something does not hold: `bare` was asked without revocation, `listed` with it."""
    row = bare.certificates.get(each.serial)
    if row is None:
        return [_stranger(each, bare)]
    if row["valid"] is not True:
        return [outcome("ncanode-refused", False, each.number, name=each.signer.name)]
    if not bare.valid:
        # NCANode does not say whose arithmetic is wrong; nobody's is taken as right.
        return [outcome("ncanode-broken", False, each.number, why="valid: false")]
    return [
        outcome("ncanode-fits", True, each.number),
        outcome("ncanode-known", True, each.number, name=each.signer.name),
        _revocation(each, listed.certificates.get(each.serial, {}) if listed else {}),
    ]


def _revocation(each: Ours, row: Mapping[str, Any]) -> Check:
    revoked = [entry for entry in _entries(row) if entry.get("revoked") is True]
    if not revoked:
        good = row.get("valid") is True
        if good:
            return outcome("ncanode-good", True, each.number, given="NCANode")
        return outcome("ncanode-unsure", "pending", each.number)
    when = min(_moment(entry.get("revocationTime")) or each.moment for entry in revoked)
    reason = str(revoked[0].get("reason") or "-")
    if when > each.moment:
        return outcome("revoked-later", True, each.number, when=when.isoformat(), reason=reason)
    facts = {"name": each.signer.name, "when": when.isoformat(), "reason": reason}
    return outcome("revoked", False, each.number, **facts)


def _revoked(answer: _Answer) -> bool:
    return any(
        entry.get("revoked") is True for row in answer.certificates.values() for entry in _entries(row)
    )


def _entries(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = row.get("revocations")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _stranger(each: Ours, answer: _Answer) -> Check:
    given = ", ".join(f"{serial:x}" for serial in answer.certificates) or "-"
    return outcome("ncanode-stranger", "pending", each.number, given=given)


def _moment(said: Any) -> datetime | None:
    """A moment as Java writes it: ISO 8601, or milliseconds since 1970."""
    try:
        if isinstance(said, int | float) and not isinstance(said, bool):
            return datetime.fromtimestamp(said / 1000, UTC)
        moment = datetime.fromisoformat(str(said))
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
