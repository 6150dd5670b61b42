"""The System signs as CMS what it answers for, with a time stamp where an authority answers."""

from __future__ import annotations

from datetime import datetime

from qyzmet import evidence
from qyzmet.signatures import SigningKey, Verdict, digest, read_cms, sign_cms, with_time_stamps

__all__ = ["sign_as_system", "stamped", "with_stamp"]


def sign_as_system(content: bytes, *, now: datetime) -> Verdict:
    """Sign, stamp and judge: the verdict holds the detached CMS and the evidence to check it again.

    Without an answer of the time-stamp authority it is signed all the same (`stamped` says which). Raises
    evidence.NoSealKey where the deployment has no key.
    """
    own = evidence.system_key()
    key = SigningKey(own.key, own.certificate, (*own.others, *evidence.system_chain()))
    return with_stamp(sign_cms(content, [key], at=now), content, now=now)


def with_stamp(signature: bytes, content: bytes, *, now: datetime) -> Verdict:
    """Stamp a signature if the authority answers, and judge it."""
    token = evidence.stamp(digest("sha256", read_cms(signature).signers[0].signature))
    message = with_time_stamps(signature, {0: token}) if token else signature
    return evidence.judge(message, content, now=now)


def stamped(verdict: Verdict) -> datetime | None:
    """The moment of the time stamp, None where there is none."""
    return verdict.signers[0].stamped_at if verdict.signers else None
