"""A key with its certificates as one file of JSON. Only the demo keeps keys so openly."""

from __future__ import annotations

import base64
import json

from qyzmet.signatures import SigningKey, read_certificate
from qyzmet.signatures.algorithms.keys import read_private_key

__all__ = ["from_bytes", "to_bytes"]


def to_bytes(signing: SigningKey) -> bytes:
    """The key (PKCS #8), its certificate and those sent along, base64 in JSON."""
    record = {
        "key": _text(signing.key.info()),
        "certificate": _text(signing.certificate.der),
        "others": [_text(each.der) for each in signing.others],
    }
    return json.dumps(record, indent=1).encode()


def from_bytes(data: bytes) -> SigningKey:
    """The key again."""
    record = json.loads(data)
    return SigningKey(
        read_private_key(base64.b64decode(record["key"])),
        read_certificate(base64.b64decode(record["certificate"])),
        tuple(read_certificate(base64.b64decode(each)) for each in record["others"]),
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
