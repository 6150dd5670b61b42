"""Verifying a signature to a verdict, and verifying a verdict again from its own evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.certificates.certificate import Certificate, read_certificate
from qyzmet.signatures.certificates.trust import Trust
from qyzmet.signatures.checks import Check, outcome
from qyzmet.signatures.cms.checking import certificate_of, check_signer, claimed_at
from qyzmet.signatures.cms.detaching import without_content
from qyzmet.signatures.cms.reading import SignedMessage, SignerInfo, read_cms
from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.judging import Judged, Signed, judge
from qyzmet.signatures.revocation.crl import is_crl
from qyzmet.signatures.rules import Rules
from qyzmet.signatures.verdict import Evidence, Kind, Signer, Verdict
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
    judged: list[Judged] = []
    checks: list[Check] = [outcome("format-cms", True, count=len(message.signers))]
    checks += _same_content(message, digests, content)
    for number, signer in enumerate(message.signers):
        certificate = certificate_of(signer, (*message.certificates, *trust.intermediates, *trust.roots))
        if certificate is None:
            checks.append(outcome("certificate-missing", False, number))
            judged.append(_unknown(signer))
            continue
        found = check_signer(message, signer, certificate, digests, number)
        algorithm = f"{signer.scheme.family} {signer.digest}" if signer.scheme else ""
        signed = Signed(
            certificate, found, signer.signature, algorithm, claimed_at(signer), signer.time_stamp
        )
        judged.append(judge(signed, wider, at, rules, number))
        checks += judged[-1].checks
    return _verdict("cms", at, digests, judged, checks=checks, signature=without_content(message))


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
    return _verdict("xml", at, digests, judged, checks=checks, signature=data)


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
        again = verify_xml(evidence.signature, at=judged_at, trust=known, rules=rules)
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


def _unknown(signer: SignerInfo) -> Judged:
    serial = f"{signer.serial:x}" if signer.serial is not None else ""
    return Judged(Signer(serial=serial), [], (), (), ())


def _verdict(
    kind: Kind,
    at: datetime,
    digests: Mapping[str, bytes],
    judged: list[Judged],
    *,
    checks: list[Check],
    signature: bytes,
) -> Verdict:
    sources = dict.fromkeys(source for each in judged for source in each.sources)
    evidence = Evidence(
        signature=signature,
        certificates=_unique(each for one in judged for each in one.certificates),
        crls=tuple(each for each in sources if is_crl(each)),
        ocsps=tuple(each for each in sources if not is_crl(each)),
        roots=tuple(dict.fromkeys(root for each in judged for root in each.roots)),
    )
    return Verdict(
        kind=kind,
        at=at,
        content={name: value.hex() for name, value in digests.items()},
        signers=tuple(each.signer for each in judged),
        checks=tuple(checks),
        evidence=evidence,
    )


def _unique(certificates: Iterable[Certificate]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(each.der for each in certificates))
