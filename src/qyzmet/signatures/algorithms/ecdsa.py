"""ECDSA (FIPS 186-5 §6.4) on the NIST curves: verifying a digest in plain Python."""

from __future__ import annotations

from qyzmet.signatures.algorithms.curves import Curve, Point
from qyzmet.signatures.algorithms.points import combine
from qyzmet.signatures.ber import length_of


def verify(curve: Curve, key: Point, digest: bytes, signature: bytes) -> bool:
    """Whether the signature (r and s, DER) is of this digest under the public key."""
    pair = _pair(signature)
    if pair is None or not all(0 < number < curve.q for number in pair):
        return False
    r, s = pair
    number = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - curve.q.bit_length())
    inverse = pow(s, -1, curve.q)
    point = combine(curve, [(number * inverse % curve.q, curve.g), (r * inverse % curve.q, key)])
    return point is not None and point[0] % curve.q == r


def read_point(curve: Curve, octets: bytes) -> Point | None:
    """A point from its octets, whole or compressed (SEC 1 §2.3.4); None for what is no point of the curve."""
    x = int.from_bytes(octets[1 : 1 + curve.size], "big")
    if octets[:1] == b"\4" and len(octets) == 1 + 2 * curve.size:
        point = (x, int.from_bytes(octets[1 + curve.size :], "big"))
    elif octets[:1] in {b"\2", b"\3"} and len(octets) == 1 + curve.size:
        # The primes of these curves leave 3 when divided by 4.
        y = pow(x**3 + curve.a * x + curve.b, (curve.p + 1) // 4, curve.p)
        point = (x, y if y & 1 == octets[0] & 1 else curve.p - y)
    else:
        return None
    return point if curve.holds(point) else None


def _pair(signature: bytes) -> tuple[int, int] | None:
    """r and s, if they are written in the one form DER has for them."""
    place = 2 if signature[1:2] < b"\x80" else 3
    numbers = []
    for _ in range(2):
        size = signature[place + 1] if place + 1 < len(signature) else 0
        numbers.append(int.from_bytes(signature[place + 2 : place + 2 + size], "big"))
        place += 2 + size
    r, s = numbers
    return (r, s) if written(r, s) == signature else None


def written(r: int, s: int) -> bytes:
    """r and s as DER has them."""
    body = b"".join(_integer(number) for number in (r, s))
    return b"\x30" + length_of(len(body)) + body


def _integer(number: int) -> bytes:
    octets = number.to_bytes(number.bit_length() // 8 + 1, "big")
    return b"\2" + length_of(len(octets)) + octets
