"""The same GOST answers from libgcrypt through ctypes: 4.6 ms a signature of 512 bits, Streebog 160 MB/s.

`load()` gives the library, or None where it is missing, forbids GOST (FIPS mode) or knows other curves;
then the plain Python of this folder answers. Calls release the interpreter's lock.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from functools import lru_cache

from qyzmet.signatures.algorithms.curves import CRYPTOPRO_A, TC26_256, TC26_512, Curve, Point

_NAMES = ("libgcrypt.so.20", "libgcrypt.20.dylib")
_DISABLE_SECURE_MEMORY, _FINISHED, _IS_FINISHED = 37, 38, 39
_ECC = 18
_CANONICAL = 1
# libgcrypt's number of each digest.
_DIGESTS = {"gost94": (308, 32), "streebog256": (309, 32), "streebog512": (310, 64)}


class Library:
    """libgcrypt, ready. Sizes in bytes; numbers and digests as in `gost`."""

    def __init__(self, dll: ctypes.CDLL) -> None:
        self._dll = dll
        _declare(dll)
        dll.gcry_check_version(None)
        if not dll.gcry_control(_IS_FINISHED, 0):
            dll.gcry_control(_DISABLE_SECURE_MEMORY, 0)
            dll.gcry_control(_FINISHED, 0)

    def knows(self, curve: Curve) -> bool:
        """Whether the library has the curve under the same parameters."""
        found = self._dll.gcry_pk_get_param(_ECC, curve.name.encode())
        if not found:
            return False
        text = self._text(found)
        self._dll.gcry_sexp_release(found)
        wanted = (curve.p, curve.a, curve.b, curve.q, *curve.g)
        return all(number.to_bytes(curve.size, "big").lstrip(b"\0") in text for number in wanted)

    def hash(self, name: str) -> LibraryHash:
        """A running hash: gost94, streebog256 or streebog512."""
        number, size = _DIGESTS[name]
        return LibraryHash(self._dll, number, size)

    def verify(self, curve: Curve, key: Point, digest: bytes, r: int, s: int) -> bool:
        """As `gost.verify`."""
        if not (0 < r < curve.q and 0 < s < curve.q and curve.holds(key)):
            return False
        signature = self._build(b"(7:sig-val(4:gost(1:r%b)(1:s%b)))", _big(r, curve), _big(s, curve))
        public = self._build(
            b"(10:public-key(3:ecc(5:curve%b)(1:q%b)))", curve.name.encode(), _open(key, curve)
        )
        data = self._data(digest)
        try:
            return int(self._dll.gcry_pk_verify(signature, data, public)) == 0
        finally:
            for each in (signature, public, data):
                self._dll.gcry_sexp_release(each)

    def sign(self, curve: Curve, secret: int, key: Point, digest: bytes) -> tuple[int, int]:
        """As `gost.sign`, with the library's own random numbers."""
        name, public = curve.name.encode(), _open(key, curve)
        private = self._build(
            b"(11:private-key(3:ecc(5:curve%b)(1:q%b)(1:d%b)))", name, public, _big(secret, curve)
        )
        data = self._data(digest)
        result = ctypes.c_void_p()
        try:
            if self._dll.gcry_pk_sign(ctypes.byref(result), data, private):
                raise ValueError("libgcrypt did not sign with this key; check that its number is below q")
            return self._number(result, b"r"), self._number(result, b"s")
        finally:
            for each in (result, private, data):
                self._dll.gcry_sexp_release(each)

    def _data(self, digest: bytes) -> ctypes.c_void_p:
        return self._build(b"(4:data(5:flags4:gost)(5:value%b))", digest[::-1])

    def _build(self, template: bytes, *parts: bytes) -> ctypes.c_void_p:
        text = template % tuple(b"%d:%b" % (len(part), part) for part in parts)
        built = ctypes.c_void_p()
        if self._dll.gcry_sexp_new(ctypes.byref(built), text, len(text), 0):
            raise ValueError("libgcrypt does not read the expression built for it")
        return built

    def _number(self, expression: ctypes.c_void_p, token: bytes) -> int:
        found = self._dll.gcry_sexp_find_token(expression, token, len(token))
        length = ctypes.c_size_t()
        place = self._dll.gcry_sexp_nth_data(found, 1, ctypes.byref(length))
        value = ctypes.string_at(place, length.value)
        self._dll.gcry_sexp_release(found)
        return int.from_bytes(value, "big")

    def _text(self, expression: int) -> bytes:
        length = self._dll.gcry_sexp_sprint(expression, _CANONICAL, None, 0)
        buffer = ctypes.create_string_buffer(length)
        self._dll.gcry_sexp_sprint(expression, _CANONICAL, buffer, length)
        return buffer.raw


class LibraryHash:
    """A running hash inside libgcrypt with `update(data)` and `digest()`."""

    def __init__(self, dll: ctypes.CDLL, number: int, size: int) -> None:
        self._dll = dll
        self._number = number
        self._size = size
        self._handle = ctypes.c_void_p()
        if dll.gcry_md_open(ctypes.byref(self._handle), number, 0):
            raise ValueError("libgcrypt refuses this digest; use the plain Python one")

    def update(self, data: bytes) -> None:
        """Take in the next bytes."""
        self._dll.gcry_md_write(self._handle, data, len(data))

    def digest(self) -> bytes:
        """The digest of everything taken in so far; more may follow."""
        copy = ctypes.c_void_p()
        if self._dll.gcry_md_copy(ctypes.byref(copy), self._handle):
            raise MemoryError("libgcrypt could not copy a running hash")
        value = ctypes.string_at(self._dll.gcry_md_read(copy, self._number), self._size)
        self._dll.gcry_md_close(copy)
        return value

    def __del__(self) -> None:
        if self._handle:
            self._dll.gcry_md_close(self._handle)


@lru_cache(maxsize=1)
def load() -> Library | None:
    """The library, or None when this machine has none that knows GOST."""
    for name in (*_NAMES, ctypes.util.find_library("gcrypt")):
        library = _open_library(name) if name else None
        if library is not None:
            return library
    return None


def _open_library(name: str) -> Library | None:
    try:
        library = Library(ctypes.CDLL(name))
        library.hash("streebog512")
    except (OSError, AttributeError, ValueError):
        return None
    return library if all(map(library.knows, (TC26_512, TC26_256, CRYPTOPRO_A))) else None


def _big(number: int, curve: Curve) -> bytes:
    # A leading zero keeps libgcrypt from reading a high first bit as a minus.
    return b"\0" + number.to_bytes(curve.size, "big")


def _open(point: Point, curve: Curve) -> bytes:
    return b"\4" + b"".join(number.to_bytes(curve.size, "big") for number in point)


def _declare(dll: ctypes.CDLL) -> None:
    """Pointers are wider than the int ctypes supposes."""
    pointer, size, text = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p
    dll.gcry_check_version.restype = text
    dll.gcry_pk_get_param.restype = pointer
    dll.gcry_pk_get_param.argtypes = [ctypes.c_int, text]
    dll.gcry_sexp_release.argtypes = [pointer]
    dll.gcry_sexp_new.argtypes = [pointer, text, size, ctypes.c_int]
    dll.gcry_sexp_find_token.restype = pointer
    dll.gcry_sexp_find_token.argtypes = [pointer, text, size]
    dll.gcry_sexp_nth_data.restype = pointer
    dll.gcry_sexp_nth_data.argtypes = [pointer, ctypes.c_int, pointer]
    dll.gcry_sexp_sprint.restype = size
    dll.gcry_sexp_sprint.argtypes = [pointer, ctypes.c_int, pointer, size]
    dll.gcry_pk_verify.argtypes = [pointer, pointer, pointer]
    dll.gcry_pk_sign.argtypes = [pointer, pointer, pointer]
    dll.gcry_md_open.argtypes = [pointer, ctypes.c_int, ctypes.c_uint]
    dll.gcry_md_copy.argtypes = [pointer, pointer]
    dll.gcry_md_close.argtypes = [pointer]
    dll.gcry_md_write.argtypes = [pointer, text, size]
    dll.gcry_md_read.restype = pointer
    dll.gcry_md_read.argtypes = [pointer, ctypes.c_int]
