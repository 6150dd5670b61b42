"""What NCALayer makes with a key: CMS and XML signatures, with a time stamp where one is asked for."""

from __future__ import annotations

from datetime import datetime

from qyzmet.demo.standins.services import Services
from qyzmet.signatures import SigningKey, digest, read_cms, sign_cms, sign_xml, with_time_stamps
from qyzmet.signatures.cms.signing import sign_cms_digest
from qyzmet.signatures.timestamps import build_request, token_of

__all__ = ["altered", "cms", "cms_of_digest", "stamped", "xml"]


def cms(content: bytes, key: SigningKey, now: datetime, *, attached: bool) -> bytes:
    """A CMS signature that claims `now`, DER."""
    return sign_cms(content, [key], at=now, attached=attached)


def cms_of_digest(value: bytes, key: SigningKey, now: datetime) -> bytes:
    """A detached CMS over content of which only the digest came. Raises ValueError for one of another
    length than the key's algorithm makes.
    """
    if len(value) != len(digest(key.key.scheme.digest, b"")):
        raise ValueError(f"the digest is not one of {key.key.scheme.digest}")
    return sign_cms_digest(value, key, at=now)


def stamped(message: bytes, key: SigningKey, services: Services, now: datetime) -> bytes:
    """The message with a time stamp of the demo's authority. Raises ServiceSilent."""
    value = read_cms(message).signers[0].signature
    response = services.stamp(build_request(value, key.key.scheme.digest), now)
    return with_time_stamps(message, {0: token_of(response)})


def xml(document: str, key: SigningKey) -> str:
    """The document with one more signature. Raises SignatureError for what is no XML."""
    return sign_xml(document.encode(), key.key, key.certificate).decode()


def altered(content: bytes) -> bytes:
    """Other bytes than those shown: the last one turned over."""
    return content[:-1] + bytes([content[-1] ^ 1]) if content else b"?"
