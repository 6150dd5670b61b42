"""RSA signatures (RFC 8017): verifying a digest in plain Python, PKCS #1 v1.5 and PSS."""

from __future__ import annotations

import hashlib
import hmac

# What stands before the digest in a PKCS #1 v1.5 signature (RFC 8017 §9.2, note 1), DER.
_PREFIXES = {
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
}


def opened(n: int, e: int, signature: bytes) -> bytes | None:
    """What the signature hides under the public key, as long as the key; None where it cannot be one."""
    size = (n.bit_length() + 7) // 8
    value = int.from_bytes(signature, "big")
    if len(signature) != size or value >= n:
        return None
    return pow(value, e, n).to_bytes(size, "big")


def verify_pkcs1(n: int, e: int, name: str, digest: bytes, signature: bytes) -> bool:
    """Whether the signature is of this digest (§8.2.2): the padded digest is built and compared whole."""
    found = opened(n, e, signature)
    if found is None:
        return False
    hashed = _PREFIXES[name] + digest
    padding = b"\xff" * (len(found) - len(hashed) - 3)
    return len(padding) >= 8 and hmac.compare_digest(found, b"\0\1" + padding + b"\0" + hashed)


def verify_pss(n: int, e: int, name: str, digest: bytes, signature: bytes, *, salt: int) -> bool:
    """Whether the signature is of this digest with a salt of that many bytes (§8.1.2, §9.1.2)."""
    found = opened(n, e, signature)
    bits = n.bit_length() - 1
    size = (bits + 7) // 8
    if found is None or (len(found) > size and found[0]) or not 0 <= salt <= size - len(digest) - 2:
        return False
    encoded = found[-size:]
    masked, hashed = encoded[: -len(digest) - 1], encoded[-len(digest) - 1 : -1]
    spare = 8 * size - bits
    if encoded[-1] != 0xBC or masked[0] >> (8 - spare):
        return False
    mask = _mask(name, hashed, len(masked))
    block = bytearray(one ^ other for one, other in zip(masked, mask, strict=True))
    block[0] &= 0xFF >> spare
    start = len(block) - salt
    if any(block[: start - 1]) or block[start - 1] != 1:
        return False
    again = hashlib.new(name, bytes(8) + digest + bytes(block[start:])).digest()
    return hmac.compare_digest(again, hashed)


def _mask(name: str, seed: bytes, size: int) -> bytes:
    """MGF1 (appendix B.2.1)."""
    made = b""
    for counter in range(-(-size // len(seed))):
        made += hashlib.new(name, seed + counter.to_bytes(4, "big")).digest()
    return made[:size]
