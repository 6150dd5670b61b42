"""RSA and ECDSA by `cryptography` where it is installed; elsewhere plain Python answers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qyzmet.signatures.algorithms.catalogue import Scheme


class Library:
    """`cryptography`, ready. Keys are SubjectPublicKeyInfo, DER, already read by this room."""

    def __init__(self) -> None:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec, padding, utils

        self._refusals = (InvalidSignature, ValueError)
        self._hashes: dict[str, Any] = {
            "sha256": hashes.SHA256(),
            "sha384": hashes.SHA384(),
            "sha512": hashes.SHA512(),
        }
        self._ec, self._padding, self._prehashed = ec, padding, utils.Prehashed
        self._key = lru_cache(maxsize=1024)(serialization.load_der_public_key)

    def verify(self, info: bytes, scheme: Scheme, digest: bytes, signature: bytes) -> bool:
        """Whether the signature is of this digest; never raises on bad bytes."""
        key: Any = self._key(info)
        try:
            key.verify(signature, digest, *self.how(scheme))
        except self._refusals:
            return False
        return True

    def how(self, scheme: Scheme) -> tuple[Any, ...]:
        """The arguments after the digest by which `cryptography` signs and verifies."""
        name = self._hashes[scheme.digest]
        made = self._prehashed(name)
        if scheme.family == "ecdsa":
            return (self._ec.ECDSA(made),)
        if scheme.family == "rsa-pss":
            return self._padding.PSS(self._padding.MGF1(name), scheme.salt), made
        return self._padding.PKCS1v15(), made


@lru_cache(maxsize=1)
def load() -> Library | None:
    """The library, or None where it is not installed."""
    try:
        return Library()
    except ImportError:
        return None
