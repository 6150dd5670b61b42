"""GOST R 34.10-2012 (GOST 34.10-2015, GOST 34.310-2004): signing and verifying a digest, in plain Python.

A digest is read as a number with its lowest byte first; a signature is the numbers r and s.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from qyzmet.signatures.algorithms.curves import Curve, Point
from qyzmet.signatures.algorithms.points import combine

Combine = Callable[[Curve, list[tuple[int, Point]]], Point | None]


def public_point(curve: Curve, secret: int) -> Point:
    """The public key of a secret number between 1 and q - 1."""
    point = combine(curve, [(secret, curve.g)])
    if point is None:
        raise ValueError("a secret number of the group's order has no public key; take one from 1 to q - 1")
    return point


def sign(curve: Curve, secret: int, digest: bytes, nonce: int | None = None) -> tuple[int, int]:
    """r and s (GOST R 34.10-2012 §6.1). `nonce` is for the examples of the standard; else it is random."""
    e = _number(curve, digest)
    while True:
        k = nonce or secrets.randbelow(curve.q - 1) + 1
        point = combine(curve, [(k, curve.g)])
        r = point[0] % curve.q if point else 0
        s = (r * secret + k * e) % curve.q
        if r and s:
            return r, s
        if nonce:
            raise ValueError("this nonce gives no signature; take another")


def verify(  # noqa: PLR0917 - the parts of the formula
    curve: Curve, key: Point, digest: bytes, r: int, s: int, total: Combine = combine
) -> bool:
    """Whether r and s sign the digest under the public key (§6.2). A key off the curve verifies nothing.

    `total` is what adds multiples of points: this folder's `points.combine`, or a library.
    """
    if not (0 < r < curve.q and 0 < s < curve.q and curve.holds(key)):
        return False
    inverse = pow(_number(curve, digest), -1, curve.q)
    point = total(curve, [(s * inverse % curve.q, curve.g), (-r * inverse % curve.q, key)])
    return point is not None and point[0] % curve.q == r


def _number(curve: Curve, digest: bytes) -> int:
    return int.from_bytes(digest, "little") % curve.q or 1
