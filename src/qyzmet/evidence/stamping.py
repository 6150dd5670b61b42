"""Time stamps of the authority the deployment names (RFC 3161)."""

from __future__ import annotations

import secrets

import structlog
from asn1crypto import tsp
from django.conf import settings

from qyzmet.evidence.fetching import SourceSilent, fetch
from qyzmet.evidence.trusting import trust
from qyzmet.signatures import SignatureError, digest, read_cms, with_time_stamps
from qyzmet.signatures.algorithms.catalogue import digest_oid
from qyzmet.signatures.certificates.chain import build_chain
from qyzmet.signatures.cms.checking import certificate_of
from qyzmet.signatures.timestamps import token_of

__all__ = ["stamp", "with_stamp"]

log = structlog.get_logger("qyzmet.evidence")


def stamp(imprint: bytes, algorithm: str = "sha256") -> bytes | None:
    """A token over a digest (`imprint`, by `algorithm`), DER.

    None when the deployment names no authority (`QYZMET_TSA`), and when the authority is silent or its token
    would prove nothing: a seal without a time stamp is still a seal, and the silence is in the log.
    """
    if not settings.QYZMET_TSA:
        return None
    nonce = secrets.randbits(63)
    request = _request(imprint, algorithm, nonce)
    try:
        answer = fetch(settings.QYZMET_TSA, request, "application/timestamp-query")
        token = token_of(answer, nonce)
        _check(token, imprint)
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


def _request(imprint: bytes, algorithm: str, nonce: int) -> bytes:
    hashed = {"hash_algorithm": {"algorithm": digest_oid(algorithm)}, "hashed_message": imprint}
    request = tsp.TimeStampReq({"version": "v1", "message_imprint": hashed, "nonce": nonce, "cert_req": True})
    built: bytes = request.dump()
    return built


def _check(token: bytes, imprint: bytes) -> None:
    """Raises SignatureError unless the token is over this imprint and by an authority we trust."""
    message = read_cms(token)
    info = tsp.TSTInfo.load(message.content or b"")
    if info["message_imprint"]["hashed_message"].native != imprint:
        raise SignatureError("stamp-other")
    known = trust().with_more(message.certificates)
    signer = certificate_of(message.signers[0], (*message.certificates, *known.intermediates))
    if signer is None:
        raise SignatureError("stamp-authority-unknown")
    if not build_chain(signer, known).trusted:
        raise SignatureError("stamp-authority-untrusted", name=signer.subject.name)
