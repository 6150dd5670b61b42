"""RC2 (RFC 2268) in CBC mode: only to open the national key files, which hide the certificate with 40 bits
of it.
"""

from __future__ import annotations

_PI = bytes.fromhex(
    "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2"
    "179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82"
    "54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626"
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7"
    "08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec"
    "c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731"
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9"
    "0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad"
)
_WORD = 0xFFFF
_TURNS = (1, 2, 3, 5)


def decrypt(key: bytes, iv: bytes, data: bytes) -> bytes:
    """The plain text, padding included; the effective key is as long as the key given."""
    words = _schedule(key)
    plain = bytearray()
    previous = iv
    for start in range(0, len(data), 8):
        block = data[start : start + 8]
        plain += bytes(a ^ b for a, b in zip(_block(words, block), previous, strict=True))
        previous = block
    return bytes(plain)


def _schedule(key: bytes) -> list[int]:
    size = len(key)
    expanded = bytearray(key)
    for place in range(size, 128):
        expanded.append(_PI[(expanded[place - 1] + expanded[place - size]) & 255])
    expanded[128 - size] = _PI[expanded[128 - size]]
    for place in range(127 - size, -1, -1):
        expanded[place] = _PI[expanded[place + 1] ^ expanded[place + size]]
    return [expanded[2 * place] | expanded[2 * place + 1] << 8 for place in range(64)]


def _block(words: list[int], block: bytes) -> bytes:
    r = [int.from_bytes(block[2 * place : 2 * place + 2], "little") for place in range(4)]
    left = 63
    for step in range(16):
        if step in {5, 11}:
            for place in (3, 2, 1, 0):
                r[place] = (r[place] - words[r[place - 1] & 63]) & _WORD
        for place in (3, 2, 1, 0):
            turn = _TURNS[place]
            value = (r[place] >> turn | r[place] << (16 - turn)) & _WORD
            mixed = (r[place - 1] & r[place - 2]) + (~r[place - 1] & r[place - 3])
            r[place] = (value - words[left] - mixed) & _WORD
            left -= 1
    return b"".join(value.to_bytes(2, "little") for value in r)
