"""Verifying a signature to a verdict, and verifying a verdict again from its own evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.assembly import assembled, judge_message
from qyzmet.signatures.certificates.certificate import read_certificate
from qyzmet.signatures.certificates.trust import Trust
from qyzmet.signatures.checks import Check, outcome
from qyzmet.signatures.cms.detaching import without_content
from qyzmet.signatures.cms.reading import SignedMessage, read_cms
from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.judging import Judged, Signed, judge
from qyzmet.signatures.pdf.checking import check_seals, message_of
from qyzmet.signatures.pdf.file import PdfFile
from qyzmet.signatures.pdf.seals import seals_of
from qyzmet.signatures.rules import Rules
from qyzmet.signatures.verdict import Signer, Verdict
from qyzmet.signatures.xml.checking import check_document
from qyzmet.signatures.xml.reading import read_document

ALWAYS = "sha256"


def verify_cms(
    data: bytes,
    *,
    at: datetime,
    trust: Trust,
    content: Mapping[str, bytes] | None = None,
    rules: Rules | None = None,
) -> Verdict:
    """The verdict on a CMS signature. `content` are digests by name of what a detached one signs.

    `read_cms(data).digest_names` says which are needed; `hashes.digests_of` makes them from a file.
    Raises SignatureError (check `format`) for what is no signature at all.
    """
    message = read_cms(data)
    rules = rules or Rules()
    if len(message.signers) > rules.signers_at_most:
        raise SignatureError("signers-many", limit=rules.signers_at_most)
    digests = _digests(message, content)
    wider = trust.with_more(message.certificates, message.crls, message.ocsps)
    judged = judge_message(message, digests, wider, at, rules)
    checks = [
        outcome("format-cms", True, count=len(message.signers)),
        *_same_content(message, digests, content),
        *(check for each in judged for check in each.checks),
    ]
    return assembled("cms", at, digests, judged, checks=checks, signature=without_content(message))


def verify_xml(data: bytes, *, at: datetime, trust: Trust, rules: Rules | None = None) -> Verdict:
    """The verdict on an XML document with enveloped, stacked signatures; `content` is the document without
    them.

    Raises SignatureError (check `format`) for what is no signed document, is wrapped, or carries a DTD.
    """
    rules = rules or Rules()
    document = read_document(data, rules.signers_at_most)
    judged: list[Judged] = []
    checks: list[Check] = [outcome("format-xml", True, count=len(document.signatures))]
    if document.stray:
        checks.append(outcome("xml-wrapped", False))
    certificates = [each for signature in document.signatures for each in signature.certificates]
    wider = trust.with_more(certificates)
    for number, (signature, found) in enumerate(check_document(document)):
        if not signature.certificates:
            checks += [*found, outcome("certificate-missing", False, number)]
            judged.append(Judged(Signer(), [], (), (), ()))
            continue
        algorithm = f"{signature.scheme.family} {signature.scheme.digest}" if signature.scheme else ""
        signed = Signed(signature.certificates[0], found, signature.value, algorithm)
        judged.append(judge(signed, wider, at, rules, number))
        checks += judged[-1].checks
    digests = {ALWAYS: hashes.digest(ALWAYS, document.unsigned)}
    return assembled("xml", at, digests, judged, checks=checks, signature=data)


def verify_pdf(data: bytes, *, at: datetime, trust: Trust, rules: Rules | None = None) -> Verdict:
    """The verdict on the seals inside a PDF, the oldest first; `content` are digests of the whole file.

    Each seal vouches for the file up to the end of its revision, but for its own value; the last one for all
    of it, and between two of them nothing may change but by sealing. Raises SignatureError (check `format`)
    for what is no PDF, is encrypted, or carries no seal.
    """
    rules = rules or Rules()
    file = PdfFile(data)
    judged: list[Judged] = []
    seals = seals_of(file, rules.signers_at_most)
    checks: list[Check] = [outcome("format-pdf", True, count=len(seals))]
    for number, (seal, found) in enumerate(check_seals(file, seals)):
        checks += found
        message, problem = message_of(seal, number)
        if message is None:
            checks += problem
            judged.append(Judged(Signer(), [], (), (), ()))
            continue
        digests = {name: seal.digest(name, data) for name in message.digest_names}
        wider = trust.with_more(message.certificates, message.crls, message.ocsps)
        judged += judge_message(message, digests, wider, at, rules, first=number, claimed=seal.claimed_at)
        checks += judged[-1].checks
    content = {ALWAYS: hashes.digest(ALWAYS, data)}
    return assembled("pdf", at, content, judged, checks=checks, signature=data)


def recheck(
    verdict: Verdict,
    content: Mapping[str, bytes],
    at: datetime,
    *,
    trust: Trust | None = None,
    rules: Rules | None = None,
) -> Verdict:
    """The verdict made again from its own evidence, at the moment it was made or time-stamped, not today.

    `at` is the moment of checking again. Without `trust` the recorded roots are relied on, which proves the
    record consistent; with it, also rooted in something of one's own, and judged by whatever lists it adds.
    """
    evidence = verdict.evidence
    certificates = [read_certificate(each) for each in evidence.certificates]
    base = trust or Trust(pinned=frozenset(evidence.roots))
    known = base.with_more(certificates, evidence.crls, evidence.ocsps)
    judged_at = min(verdict.at, at)
    if verdict.kind == "cms":
        again = verify_cms(evidence.signature, at=judged_at, trust=known, content=content, rules=rules)
    else:
        verify = verify_pdf if verdict.kind == "pdf" else verify_xml
        again = verify(evidence.signature, at=judged_at, trust=known, rules=rules)
    same = [each.certificate for each in again.signers] == [each.certificate for each in verdict.signers]
    return replace(again, at=verdict.at).with_checks(
        outcome(
            "recheck-early" if at < verdict.at else "recheck-moment", at >= verdict.at, when=at.isoformat()
        ),
        outcome("recheck-same" if same else "recheck-other", same),
        _recorded_content(verdict, content),
    )


def _recorded_content(verdict: Verdict, content: Mapping[str, bytes]) -> Check:
    shared = verdict.content.keys() & content.keys()
    same = bool(shared) and all(verdict.content[name] == content[name].hex() for name in shared)
    return outcome("content-recorded" if same else "content-other", same)


def _digests(message: SignedMessage, content: Mapping[str, bytes] | None) -> dict[str, bytes]:
    names = {*message.digest_names, ALWAYS}
    if message.content is None:
        return dict(content or {})
    return {name: hashes.digest(name, message.content) for name in sorted(names)}


def _same_content(
    message: SignedMessage, digests: Mapping[str, bytes], content: Mapping[str, bytes] | None
) -> list[Check]:
    """A file given beside an attached signature must be what lies inside."""
    if message.content is None or content is None:
        return []
    shared = digests.keys() & content.keys()
    same = bool(shared) and all(digests[name] == content[name] for name in shared)
    return [outcome("content-inside" if same else "content-other", same)]
