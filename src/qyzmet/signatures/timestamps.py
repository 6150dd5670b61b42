"""Time stamps (RFC 3161): the question, and judging a token over a signature's value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import tsp

from qyzmet.signatures import asn1
from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.algorithms.catalogue import digest_named, digest_oid
from qyzmet.signatures.certificates.certificate import Certificate
from qyzmet.signatures.certificates.chain import build_chain
from qyzmet.signatures.certificates.roles import TIME_STAMPING
from qyzmet.signatures.certificates.trust import Trust
from qyzmet.signatures.checks import Check, outcome
from qyzmet.signatures.cms.checking import certificate_of, check_signer
from qyzmet.signatures.cms.reading import SignedMessage, read_cms
from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.revocation.judge import judge_revocation

# How far the authority's clock may be ahead of ours.
SKEW = timedelta(minutes=5)
_TOKEN = "1.2.840.113549.1.9.16.1.4"  # noqa: S105


@dataclass(frozen=True)
class Stamp:
    """A judged token. `moment` is None unless the check passed or waits only for revocation."""

    check: Check
    moment: datetime | None = None
    chain: tuple[Certificate, ...] = ()
    sources: tuple[bytes, ...] = field(default=(), repr=False)


def build_request(value: bytes, digest: str, policy: str = "", nonce: int | None = None) -> bytes:
    """The question for a token over these bytes (a signature's value), DER."""
    return request_over(hashes.digest(digest, value), digest, policy, nonce)


def request_over(imprint: bytes, digest: str, policy: str = "", nonce: int | None = None) -> bytes:
    """The same for bytes whose digest, by the algorithm `digest`, is at hand."""
    request: dict[str, Any] = {
        "version": "v1",
        "message_imprint": {
            "hash_algorithm": {"algorithm": digest_oid(digest)},
            "hashed_message": imprint,
        },
        "cert_req": True,
    }
    if policy:
        request["req_policy"] = policy
    if nonce is not None:
        request["nonce"] = nonce
    built: bytes = tsp.TimeStampReq(request).dump()
    return built


def token_of(response: bytes, nonce: int | None = None) -> bytes:
    """The token of a time-stamp authority's response. Raises SignatureError `stamp-refused` or `stamp-
    unreadable`.
    """
    shape = asn1.load(tsp.TimeStampResp, response, "stamp-unreadable")
    if shape["status"]["status"].native not in {"granted", "granted_with_mods"}:
        raise SignatureError("stamp-refused")
    token: bytes = shape["time_stamp_token"].dump()
    if nonce is not None and _info(read_cms(token))["nonce"].native != nonce:
        raise SignatureError("stamp-unreadable")
    return token


def check_token(token: bytes, imprint: bytes, digest: str, trust: Trust) -> None:
    """Raise SignatureError unless the token just received is over this imprint, its signature holds, and its
    authority is trusted. Whether that was revoked is asked when the stamp is judged."""
    with asn1.refused_as("stamp-unreadable"):
        message = read_cms(token)
        info = _info(message)
        if len(message.signers) != 1:
            raise SignatureError("stamp-signers")
        said = info["message_imprint"]
        name = digest_named(str(said["hash_algorithm"]["algorithm"].dotted))
        if (name, said["hashed_message"].native) != (digest, imprint):
            raise SignatureError("stamp-other")
        check = _by_authority(message, info["gen_time"].native, trust, None).check
    if check.passed is False:
        raise SignatureError(check.code, **check.facts)


def judge_stamp(token: bytes, value: bytes, trust: Trust, at: datetime, signer: int | None = None) -> Stamp:
    """Whether the token proves that `value` existed at its moment: the check `time-stamp`.

    The authority's certificate is judged at the token's own moment.
    """
    try:
        with asn1.refused_as("stamp-unreadable"):
            message = read_cms(token)
            info = _info(message)
            broken = _broken(message, info, value, at)
            if broken:
                return Stamp(outcome(broken, False, signer))
            return _by_authority(message, info["gen_time"].native, trust, signer)
    except SignatureError as problem:
        return Stamp(outcome("stamp-broken", False, signer, why=problem))


def _info(message: SignedMessage) -> Any:
    if message.content_type != _TOKEN or message.content is None:
        raise SignatureError("stamp-unreadable")
    return asn1.load(tsp.TSTInfo, message.content, "stamp-unreadable")


def _broken(message: SignedMessage, info: Any, value: bytes, at: datetime) -> str:
    if len(message.signers) != 1:
        return "stamp-signers"
    imprint = info["message_imprint"]
    name = digest_named(str(imprint["hash_algorithm"]["algorithm"].dotted))
    if imprint["hashed_message"].native != hashes.digest(name, value):
        return "stamp-other"
    return "stamp-future" if info["gen_time"].native > at + SKEW else ""


def _by_authority(message: SignedMessage, moment: datetime, trust: Trust, number: int | None) -> Stamp:
    signer = message.signers[0]
    certificate = certificate_of(signer, (*message.certificates, *trust.intermediates))
    if certificate is None:
        return Stamp(outcome("stamp-authority-unknown", False, number))
    content = message.content or b""
    digests = {name: hashes.digest(name, content) for name in message.digest_names}
    failed = [each for each in check_signer(message, signer, certificate, digests) if each.passed is False]
    if failed:
        return Stamp(outcome("stamp-broken", False, number, why=failed[0].detail()))
    chain = build_chain(certificate, trust.with_more(message.certificates))
    if not chain.trusted or chain.outside(moment) or TIME_STAMPING not in certificate.purposes:
        return Stamp(outcome("stamp-authority-untrusted", False, number, name=certificate.subject.name))
    answer = judge_revocation(
        certificate, chain.issuer_of(certificate), trust.with_more((), message.crls, message.ocsps), moment
    )
    sources = (answer.source,) if answer.source else ()
    if answer.status == "revoked":
        return Stamp(outcome("stamp-revoked", False, number, **answer.facts), None, chain.links, sources)
    code = "stamp-good" if answer.status == "good" else "stamp-pending"
    passed = True if answer.status == "good" else answer.status
    return Stamp(outcome(code, passed, number, when=moment.isoformat()), moment, chain.links, sources)
