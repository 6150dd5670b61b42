"""Streebog in plain Python: GOST R 34.11-2012 (RFC 6986), digests of 512 and 256 bits.

The fallback where libgcrypt is missing; about 400 KB/s. Blocks are integers, byte 0 the lowest, as in the
RFC.
"""

from __future__ import annotations

from functools import lru_cache

from qyzmet.signatures.algorithms.streebog_tables import PI, A, C

_BLOCK = 64
_MASK = (1 << 512) - 1


class Streebog:
    """A running hash with `update(data)` and `digest()`; `bits` is 512 or 256."""

    def __init__(self, bits: int) -> None:
        self._size = bits // 8
        self._state = 0 if bits == 512 else int.from_bytes(b"\x01" * _BLOCK, "little")
        self._length = 0
        self._sum = 0
        self._rest = b""

    def update(self, data: bytes) -> None:
        """Take in the next bytes."""
        data = self._rest + data
        whole = len(data) - len(data) % _BLOCK
        for start in range(0, whole, _BLOCK):
            self._take(int.from_bytes(data[start : start + _BLOCK], "little"), 8 * _BLOCK)
        self._rest = data[whole:]

    def digest(self) -> bytes:
        """The digest of everything taken in so far; more may follow."""
        kept = self._state, self._length, self._sum
        padded = int.from_bytes(self._rest + b"\x01", "little")
        self._take(padded, 8 * len(self._rest))
        state = _compress(_compress(self._state, self._length, 0), self._sum, 0)
        self._state, self._length, self._sum = kept
        return state.to_bytes(_BLOCK, "little")[_BLOCK - self._size :]

    def _take(self, block: int, bits: int) -> None:
        self._state = _compress(self._state, block, self._length)
        self._length = (self._length + bits) & _MASK
        self._sum = (self._sum + block) & _MASK


@lru_cache(maxsize=1)
def _tables() -> tuple[tuple[int, ...], ...]:
    """For each of eight bytes of a word: substituted and multiplied by A at once."""
    rows = A[::-1]
    return tuple(
        tuple(_times(PI[byte], rows[8 * place : 8 * place + 8]) for byte in range(256)) for place in range(8)
    )


def _times(byte: int, rows: tuple[int, ...]) -> int:
    product = 0
    for bit in range(8):
        if byte >> bit & 1:
            product ^= rows[bit]
    return product


def _lps(block: int) -> int:
    a, b, c, d, e, f, g, h = _tables()
    octets = block.to_bytes(_BLOCK, "little")
    rows = zip(
        octets[:8],
        octets[8:16],
        octets[16:24],
        octets[24:32],
        octets[32:40],
        octets[40:48],
        octets[48:56],
        octets[56:],
        strict=True,
    )
    words = [a[s] ^ b[t] ^ c[u] ^ d[v] ^ e[w] ^ f[x] ^ g[y] ^ h[z] for s, t, u, v, w, x, y, z in rows]
    return int.from_bytes(b"".join(word.to_bytes(8, "little") for word in words), "little")


def _compress(state: int, block: int, length: int) -> int:
    key = _lps(state ^ length)
    mixed = block
    for constant in C:
        mixed = _lps(mixed ^ key)
        key = _lps(key ^ constant)
    return mixed ^ key ^ state ^ block
