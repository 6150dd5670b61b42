"""Time stamps of the authority the deployment names (RFC 3161)."""

from __future__ import annotations

import secrets

import structlog
from django.conf import settings

from qyzmet.evidence.fetching import SourceSilent, fetch
from qyzmet.evidence.trusting import trust
from qyzmet.signatures import SignatureError, digest, read_cms, with_time_stamps
from qyzmet.signatures.timestamps import check_token, request_over, token_of

__all__ = ["stamp", "with_stamp"]

log = structlog.get_logger("qyzmet.evidence")


def stamp(imprint: bytes, algorithm: str = "sha256") -> bytes | None:
    """A token over a digest (`imprint`, by `algorithm`), DER.

    None when the deployment names no authority (`QYZMET_TSA`), and when the authority is silent or its token
    would prove nothing, which is in the log. Whether to wait for one is the caller's choice: a document
    waits, a person's signature does not.
    """
    if not settings.QYZMET_TSA:
        return None
    nonce = secrets.randbits(63)
    request = request_over(imprint, algorithm, nonce=nonce)
    try:
        answer = fetch(settings.QYZMET_TSA, request, "application/timestamp-query")
        token = token_of(answer, nonce)
        check_token(token, imprint, algorithm, trust())
    except (SourceSilent, SignatureError) as problem:
        log.warning("stamp.missing", address=settings.QYZMET_TSA, why=str(problem))
        return None
    return token


def with_stamp(signature: bytes) -> bytes | None:
    """A CMS signature of one signer with a time stamp of ours, DER; None where it has one or gets none."""
    if not settings.QYZMET_TSA or not signature:
        return None
    signer = read_cms(signature).signers[0]
    if signer.time_stamp is not None or signer.digest is None:
        return None
    token = stamp(digest(signer.digest, signer.signature), signer.digest)
    return None if token is None else with_time_stamps(signature, {0: token})
