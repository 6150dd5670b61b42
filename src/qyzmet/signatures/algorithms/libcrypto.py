"""Sums of two multiplied points from libcrypto (OpenSSL) through ctypes: 0.8 ms on a curve of 512 bits.

It knows no GOST and needs not: verifying a signature is one such sum, on a curve whose parameters we give,
and the rest is `gost.verify`. Python's own ssl stands on the same library. Fit to verify, not to sign: the
time depends on the numbers. `load()` gives it, or None where it is missing or refuses the curves. Calls
release the interpreter's lock.
"""

from __future__ import annotations

import ctypes
from functools import lru_cache

from qyzmet.signatures.algorithms.curves import CRYPTOPRO_A, TC26_256, TC26_512, Curve, Point

_NAMES = ("libcrypto.so.3", "libcrypto.3.dylib")
_POINTER = ctypes.c_void_p


class Library:
    """libcrypto, ready."""

    def __init__(self, dll: ctypes.CDLL) -> None:
        self._dll = dll
        _declare(dll)
        # Groups are only read once they are made, so threads share them; they live as long as the process.
        self._groups = {each: self._group(each) for each in (TC26_512, TC26_256, CRYPTOPRO_A)}

    def combine(self, curve: Curve, pairs: list[tuple[int, Point]]) -> Point | None:
        """As `points.combine`, for a multiple of the curve's own point and one of another that lies on it."""
        (own, generator), (other, point) = pairs
        group = self._groups.get(curve)
        if group is None or generator != curve.g:
            raise ValueError(f"libcrypto was not given the curve {curve.name}; use points.combine")
        with _Numbers(self._dll, curve, group) as numbers:
            total, added = numbers.point(), numbers.point()
            numbers.place(added, point)
            numbers.must(
                self._dll.EC_POINT_mul(group, total, numbers.of(own), added, numbers.of(other), None)
            )
            return numbers.read(total)

    def _group(self, curve: Curve) -> int:
        with _Numbers(self._dll, curve, None) as numbers:
            parameters = (numbers.of(each) for each in (curve.p, curve.a, curve.b))
            group = numbers.must(self._dll.EC_GROUP_new_curve_GFp(*parameters, None))
            numbers.group = group
            generator = numbers.point()
            numbers.place(generator, curve.g)
            numbers.must(self._dll.EC_GROUP_set_generator(group, generator, numbers.of(curve.q), None))
            return group


class _Numbers:
    """Numbers and points of one calculation, let go of at its end."""

    def __init__(self, dll: ctypes.CDLL, curve: Curve, group: int | None) -> None:
        self._dll, self._curve, self.group = dll, curve, group
        self._numbers: list[int] = []
        self._points: list[int] = []

    def __enter__(self) -> _Numbers:
        return self

    def __exit__(self, *problem: object) -> None:
        for each in self._numbers:
            self._dll.BN_free(each)
        for each in self._points:
            self._dll.EC_POINT_free(each)

    def must(self, answer: int | None) -> int:
        """The answer of a call that fails with 0 or NULL."""
        if not answer:
            # Its complaint would be read by whoever uses the same library next in this thread.
            self._dll.ERR_clear_error()
            raise ValueError(f"libcrypto does not calculate on the curve {self._curve.name}")
        return answer

    def of(self, number: int) -> int:
        data = number.to_bytes(self._curve.size, "big")
        made = self.must(self._dll.BN_bin2bn(data, len(data), None))
        self._numbers.append(made)
        return made

    def point(self) -> int:
        made = self.must(self._dll.EC_POINT_new(self.group))
        self._points.append(made)
        return made

    def place(self, point: int, at: Point) -> None:
        x, y = map(self.of, at)
        self.must(self._dll.EC_POINT_set_affine_coordinates(self.group, point, x, y, None))

    def read(self, point: int) -> Point | None:
        if self._dll.EC_POINT_is_at_infinity(self.group, point):
            return None
        x, y = self.of(0), self.of(0)
        self.must(self._dll.EC_POINT_get_affine_coordinates(self.group, point, x, y, None))
        return self._read(x), self._read(y)

    def _read(self, number: int) -> int:
        data = ctypes.create_string_buffer(self._curve.size)
        self._dll.BN_bn2binpad(number, data, self._curve.size)
        return int.from_bytes(data.raw, "big")


@lru_cache(maxsize=1)
def load() -> Library | None:
    """The library, or None when this machine has none that takes the curves."""
    for name in _NAMES:
        try:
            return Library(ctypes.CDLL(name))
        except (OSError, AttributeError, ValueError):
            continue
    return None


def _declare(dll: ctypes.CDLL) -> None:
    """Pointers are wider than the int ctypes supposes."""
    dll.BN_bin2bn.restype = _POINTER
    dll.BN_bin2bn.argtypes = [ctypes.c_char_p, ctypes.c_int, _POINTER]
    dll.BN_bn2binpad.argtypes = [_POINTER, ctypes.c_char_p, ctypes.c_int]
    dll.BN_free.argtypes = dll.EC_POINT_free.argtypes = [_POINTER]
    dll.BN_free.restype = dll.EC_POINT_free.restype = dll.ERR_clear_error.restype = None
    dll.EC_GROUP_new_curve_GFp.restype = dll.EC_POINT_new.restype = _POINTER
    dll.EC_GROUP_new_curve_GFp.argtypes = dll.EC_GROUP_set_generator.argtypes = [_POINTER] * 4
    dll.EC_POINT_new.argtypes = [_POINTER]
    dll.EC_POINT_is_at_infinity.argtypes = [_POINTER] * 2
    dll.EC_POINT_set_affine_coordinates.argtypes = [_POINTER] * 5
    dll.EC_POINT_get_affine_coordinates.argtypes = [_POINTER] * 5
    dll.EC_POINT_mul.argtypes = [_POINTER] * 6
