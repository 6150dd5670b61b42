"""GOST 34.311-95 in plain Python (GOST R 34.11-94, RFC 5831) with the test parameter set of RFC 4357 §11.2.

The digest of the national certificates before 2022. The fallback where libgcrypt is missing; about 50 KB/s.
"""

from __future__ import annotations

from functools import lru_cache

_BLOCK = 32
_WORD = (1 << 32) - 1
_MASK = (1 << 256) - 1
_ROUND = 0xFF00FFFF000000FFFF0000FF00FFFF0000FF00FF00FF00FFFF00FF00FF00FF00

# Rows K1 to K8 of id-GostR3411-94-TestParamSet.
_BOXES = (
    "4a92d80e6b1c7f53",
    "eb4c6dfa23810759",
    "581da342efc7609b",
    "7da1089fe46cb253",
    "6c715fd84a9e03b2",
    "4ba0721d36859cfe",
    "db413f590ae7682c",
    "1fd057a4923e6b8c",
)


class Gost94:
    """A running hash with `update(data)` and `digest()` of 32 bytes."""

    def __init__(self) -> None:
        self._state = 0
        self._length = 0
        self._sum = 0
        self._rest = b""

    def update(self, data: bytes) -> None:
        """Take in the next bytes."""
        data = self._rest + data
        whole = len(data) - len(data) % _BLOCK
        for start in range(0, whole, _BLOCK):
            self._take(data[start : start + _BLOCK])
        self._rest = data[whole:]

    def digest(self) -> bytes:
        """The digest of everything taken in so far; more may follow."""
        kept = self._state, self._length, self._sum
        if self._rest:
            self._take(self._rest)
        state = _step(_step(self._state, self._length), self._sum)
        self._state, self._length, self._sum = kept
        return state.to_bytes(_BLOCK, "little")

    def _take(self, block: bytes) -> None:
        number = int.from_bytes(block, "little")
        self._state = _step(self._state, number)
        self._length = (self._length + 8 * len(block)) & _MASK
        self._sum = (self._sum + number) & _MASK


@lru_cache(maxsize=1)
def _tables() -> tuple[tuple[int, ...], ...]:
    """For each byte of a half-block: two rows of the substitution and the turn by eleven bits at once."""
    rows = [[int(value, 16) for value in row] for row in _BOXES]
    return tuple(
        tuple(
            _turn((rows[2 * pair][byte & 15] | rows[2 * pair + 1][byte >> 4] << 4) << 8 * pair)
            for byte in range(256)
        )
        for pair in range(4)
    )


def _turn(word: int) -> int:
    return (word << 11 | word >> 21) & _WORD


def _encrypt(key: int, block: int) -> int:
    """GOST 28147-89, one block of 64 bits under a key of 256."""
    first, second, third, fourth = _tables()
    parts = [key >> 32 * place & _WORD for place in range(8)]
    low, high = block & _WORD, block >> 32
    for part in (*parts, *parts, *parts, *reversed(parts)):
        total = (low + part) & _WORD
        turned = (
            first[total & 255] ^ second[total >> 8 & 255] ^ third[total >> 16 & 255] ^ fourth[total >> 24]
        )
        low, high = high ^ turned, low
    return low << 32 | high


def _shift(number: int) -> int:
    """A: the four quarters move down, and the lowest two, added bit by bit, come on top."""
    low, next_low = number & (1 << 64) - 1, number >> 64 & (1 << 64) - 1
    return number >> 64 | (low ^ next_low) << 192


def _permute(number: int) -> int:
    """P: byte i + 4(k - 1) becomes byte 8i + k."""
    octets = number.to_bytes(_BLOCK, "little")
    return int.from_bytes(bytes(octets[8 * place + k] for k in range(8) for place in range(4)), "little")


def _keys(state: int, block: int) -> list[int]:
    left, right = state, block
    keys = [_permute(left ^ right)]
    for index in range(1, 4):
        left = _shift(left) ^ (_ROUND if index == 2 else 0)
        right = _shift(_shift(right))
        keys.append(_permute(left ^ right))
    return keys


def _mix(number: int, times: int) -> int:
    """ψ: a register of sixteen words of sixteen bits with taps 1, 2, 3, 4, 13 and 16."""
    for _ in range(times):
        tap = number ^ number >> 16 ^ number >> 32 ^ number >> 48 ^ number >> 192 ^ number >> 240
        number = number >> 16 | (tap & 0xFFFF) << 240
    return number


def _step(state: int, block: int) -> int:
    keys = _keys(state, block)
    encrypted = 0
    for place, key in enumerate(keys):
        encrypted |= _encrypt(key, state >> 64 * place & (1 << 64) - 1) << 64 * place
    return _mix(state ^ _mix(block ^ _mix(encrypted, 12), 1), 61)
