"""Putting judged signers together: those of one message, and all of them to a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from qyzmet.signatures.certificates.certificate import Certificate
from qyzmet.signatures.certificates.trust import Trust
from qyzmet.signatures.checks import Check, outcome
from qyzmet.signatures.cms.checking import certificate_of, check_signer, claimed_at
from qyzmet.signatures.cms.reading import SignedMessage, SignerInfo
from qyzmet.signatures.judging import Judged, Signed, judge
from qyzmet.signatures.revocation.crl import is_crl
from qyzmet.signatures.rules import Rules
from qyzmet.signatures.verdict import Evidence, Kind, Signer, Verdict


def judge_message(
    message: SignedMessage,
    digests: Mapping[str, bytes],
    wider: Trust,
    at: datetime,
    rules: Rules,
    *,
    first: int = 0,
    claimed: datetime | None = None,
) -> list[Judged]:
    """Every signer of a message, numbered from `first`; each carries the checks of its form and its own.

    `digests` are those of what is signed; `claimed` is the moment said outside the message, if anywhere.
    """
    judged = []
    for number, signer in enumerate(message.signers, first):
        certificate = certificate_of(signer, (*message.certificates, *wider.intermediates, *wider.roots))
        if certificate is None:
            judged.append(_unknown(signer, number))
            continue
        found = check_signer(message, signer, certificate, digests, number)
        algorithm = f"{signer.scheme.family} {signer.digest}" if signer.scheme else ""
        moment = claimed_at(signer) or claimed
        signed = Signed(certificate, found, signer.signature, algorithm, moment, signer.time_stamp)
        judged.append(judge(signed, wider, at, rules, number))
    return judged


def assembled(
    kind: Kind,
    at: datetime,
    digests: Mapping[str, bytes],
    judged: list[Judged],
    *,
    checks: list[Check],
    signature: bytes,
) -> Verdict:
    """The verdict of these signers and checks, with the evidence they rest on."""
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


def _unknown(signer: SignerInfo, number: int) -> Judged:
    serial = f"{signer.serial:x}" if signer.serial is not None else ""
    return Judged(Signer(serial=serial), [outcome("certificate-missing", False, number)], (), (), ())
