"""The authority's answers over the wire: a list, OCSP, time stamps. All DER; `now` is the legal moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import ocsp, tsp

from qyzmet.demo.authority.branch import Branch
from qyzmet.demo.authority.issued import Issued
from qyzmet.signatures import asn1
from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.algorithms.catalogue import DIGESTS
from qyzmet.signatures.authority import Validity, answer_ocsp, answer_stamp_request, make_crl
from qyzmet.signatures.revocation.ocsp import key_octets

__all__ = ["LIST_HOLDS", "crl", "ocsp_answer", "stamp_answer"]

LIST_HOLDS = timedelta(days=1)
ANSWER_HOLDS = timedelta(minutes=5)


def crl(branch: Branch, issued: Issued, now: datetime) -> bytes:
    """The list of the branch, as of `now`."""
    moment = now.replace(microsecond=0)
    number = int(moment.timestamp())
    return make_crl(
        branch.authority, issued.revoked(now), Validity(moment, moment + LIST_HOLDS), number=number
    )


def ocsp_answer(branches: Sequence[tuple[Branch, Issued]], request: bytes, now: datetime) -> bytes:
    """The answer about the first certificate asked about; `unauthorized` for one not issued here.

    Raises SignatureError `ocsp-unreadable`.
    """
    shape = asn1.load(ocsp.OCSPRequest, request, "ocsp-unreadable")
    with asn1.refused_as("ocsp-unreadable"):
        tbs = shape["tbs_request"]
        named = tbs["request_list"][0]["req_cert"]
        nonce = _nonce(tbs["request_extensions"])
        serial = int(named["serial_number"].native)
        own = next((pair for pair in branches if _is_of(named, pair[0])), None)
    certificate = own and own[1].certificate(serial)
    if own is None or certificate is None:
        return _unauthorized()
    branch, issued = own
    moment = now.replace(microsecond=0)
    revoked_at = issued.revoked_at(serial, now)
    return answer_ocsp(
        branch.responder,
        branch.authority,
        certificate,
        "revoked" if revoked_at else "good",
        moment,
        revoked_at=revoked_at,
        until=moment + ANSWER_HOLDS,
        nonce=nonce,
    )


def stamp_answer(gost: Branch, rsa: Branch, request: bytes, now: datetime) -> bytes:
    """A token in the algorithm of the imprint: GOST for Streebog, RSA for SHA-2.

    Raises SignatureError `stamp-unreadable`.
    """
    shape = asn1.load(tsp.TimeStampReq, request, "stamp-unreadable")
    with asn1.refused_as("stamp-unreadable"):
        oid = str(shape["message_imprint"]["hash_algorithm"]["algorithm"].dotted)
    family = rsa if DIGESTS.get(oid, "").startswith("sha") else gost
    return answer_stamp_request(family.stamper, request, now)


def _is_of(named: Any, branch: Branch) -> bool:
    name = {**DIGESTS, "1.3.14.3.2.26": "sha1"}.get(str(named["hash_algorithm"]["algorithm"].dotted))
    if name is None:
        return False
    wanted = hashes.digest(name, key_octets(branch.authority.certificate))
    return bool(named["issuer_key_hash"].native == wanted)


def _nonce(extensions: Any) -> bytes:
    found = [
        each["extn_value"].parsed.native for each in extensions or () if each["extn_id"].native == "nonce"
    ]
    return bytes(found[0]) if found else b""


def _unauthorized() -> bytes:
    answer: bytes = ocsp.OCSPResponse({"response_status": "unauthorized"}).dump()
    return answer
