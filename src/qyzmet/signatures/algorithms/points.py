"""Adding and multiplying points of a curve, in Jacobian coordinates (x = X/Z², y = Y/Z³), Z = 0 the infinity.

Multiplication takes a time that depends on the scalar: fit to verify, and to sign for tests and a demo.
"""

from __future__ import annotations

from qyzmet.signatures.algorithms.curves import Curve, Point

Jacobian = tuple[int, int, int]

_INFINITY: Jacobian = (1, 1, 0)


def combine(curve: Curve, pairs: list[tuple[int, Point]]) -> Point | None:
    """The sum of scalar · point over the pairs (at most three), or None for the infinity."""
    sums = [_INFINITY]
    for _, (x, y) in pairs:
        sums += [_add(curve, known, (x, y, 1)) for known in sums]
    total = _INFINITY
    for bit in range(max(scalar.bit_length() for scalar, _ in pairs) - 1, -1, -1):
        total = _double(curve, total)
        chosen = sum((scalar >> bit & 1) << place for place, (scalar, _) in enumerate(pairs))
        if chosen:
            total = _add(curve, total, sums[chosen])
    return _affine(curve, total)


def _affine(curve: Curve, point: Jacobian) -> Point | None:
    x, y, z = point
    if z == 0:
        return None
    inverse = pow(z, -1, curve.p)
    square = inverse * inverse % curve.p
    return x * square % curve.p, y * square * inverse % curve.p


def _double(curve: Curve, point: Jacobian) -> Jacobian:
    x, y, z = point
    p = curve.p
    if z == 0 or y == 0:
        return _INFINITY
    square = y * y % p
    s = 4 * x * square % p
    z_square = z * z % p
    m = (3 * x * x + curve.a * z_square * z_square) % p
    new_x = (m * m - 2 * s) % p
    return new_x, (m * (s - new_x) - 8 * square * square) % p, 2 * y * z % p


def _add(curve: Curve, left: Jacobian, right: Jacobian) -> Jacobian:
    p = curve.p
    if left[2] == 0:
        return right
    if right[2] == 0:
        return left
    left_zz, right_zz = left[2] * left[2] % p, right[2] * right[2] % p
    left_x, right_x = left[0] * right_zz % p, right[0] * left_zz % p
    left_y, right_y = left[1] * right_zz * right[2] % p, right[1] * left_zz * left[2] % p
    h, r = (right_x - left_x) % p, (right_y - left_y) % p
    if h == 0:
        return _double(curve, left) if r == 0 else _INFINITY
    h_square = h * h % p
    h_cube = h_square * h % p
    v = left_x * h_square % p
    new_x = (r * r - h_cube - 2 * v) % p
    return new_x, (r * (v - new_x) - left_y * h_cube) % p, h * left[2] * right[2] % p
