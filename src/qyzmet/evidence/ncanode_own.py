"""What is checked here even where NCANode judges: who signed, what was signed, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from qyzmet.evidence.trusting import trust
from qyzmet.signatures import Certificate, Check, Rules, SignedMessage, Signer
from qyzmet.signatures.certificates.chain import Chain
from qyzmet.signatures.checks import outcome, refusal
from qyzmet.signatures.cms.checking import attributes_broken, certificate_of, claimed_at, content_check
from qyzmet.signatures.cms.reading import SignerInfo
from qyzmet.signatures.judging import Signed, holder_checks, signer_of, validity_check
from qyzmet.signatures.timestamps import judge_stamp

__all__ = ["Ours", "ours_of"]


@dataclass(frozen=True)
class Ours:
    """One signer by our own reading. `moment` is the one it is judged at."""

    number: int
    signer: Signer
    certificate: Certificate | None
    checks: list[Check]
    moment: datetime

    @property
    def serial(self) -> int:
        """The serial number of the certificate, -1 where there is none."""
        return -1 if self.certificate is None else self.certificate.serial


def ours_of(
    message: SignedMessage, number: int, digests: Mapping[str, bytes], at: datetime, rules: Rules
) -> Ours:
    """The signer of that number with the checks that need no NCANode."""
    signer = message.signers[number]
    certificate = certificate_of(signer, message.certificates)
    if certificate is None:
        return Ours(number, Signer(), None, [outcome("certificate-missing", False, number)], at)
    checks = _of_the_form(message, signer, digests, number)
    stamped_at = None
    if signer.time_stamp is not None:
        stamp = judge_stamp(signer.time_stamp, signer.signature, trust(), at, number)
        checks.append(stamp.check)
        stamped_at = stamp.moment
    elif rules.time_stamp:
        checks.append(outcome("stamp-missing", False, number))
    moment = stamped_at or at
    checks += holder_checks(certificate, rules, number)
    checks.append(validity_check(Chain((certificate,)), moment, number))
    algorithm = f"{signer.scheme.family} {signer.digest}" if signer.scheme else ""
    signed = Signed(certificate, checks, signer.signature, algorithm, claimed_at(signer))
    return Ours(number, signer_of(signed, moment, stamped_at), certificate, checks, moment)


def _of_the_form(
    message: SignedMessage, signer: SignerInfo, digests: Mapping[str, bytes], number: int
) -> list[Check]:
    if signer.algorithm is not None:
        return [refusal(signer.algorithm, number)]
    broken = attributes_broken(message, signer)
    if broken is not None:
        return [outcome(broken, False, number)]
    return [outcome("attributes-whole", True, number), content_check(signer, digests, number)]
