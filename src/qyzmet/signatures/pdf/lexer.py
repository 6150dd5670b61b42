"""The objects of a PDF (ISO 32000-1 §7.3), read strictly: names, numbers, strings, arrays, dictionaries.

Values come as Python's own (bool, None, int, float, list, dict by name without its slash) and as those of
`values`.
"""

from __future__ import annotations

import re
from typing import Any

from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.pdf.values import Budget, Name, Ref, String

_DEEPEST = 60
_LONGEST = 1 << 20
_SPACE = re.compile(rb"(?:[\0\t\n\f\r ]+|%[^\r\n]*)*")
_REGULAR = re.compile(rb"[^\0\t\n\f\r ()<>\[\]{}/%]*")
_NUMBER = re.compile(rb"[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})\Z")
_REF = re.compile(rb"(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>\[\]{}/%])")
_HEX = re.compile(rb"<([0-9A-Fa-f\0\t\n\f\r ]*)>")
_ESCAPED_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_OCTAL = re.compile(rb"[0-7]{1,3}")
_ESCAPES = {ord("n"): 10, ord("r"): 13, ord("t"): 9, ord("b"): 8, ord("f"): 12}
_WORDS = {b"true": True, b"false": False, b"null": None}


class Lexer:
    """Reads values from `place` on. `inside` says that the bytes come out of an object stream."""

    def __init__(self, data: bytes, place: int, budget: Budget, *, inside: bool = False) -> None:
        self.data = data
        self.place = place
        self._budget = budget
        self._inside = inside

    def skip(self) -> None:
        """Past white space and comments."""
        found = _SPACE.match(self.data, self.place)
        self.place = found.end() if found else self.place

    def word(self) -> bytes:
        """The next run of regular characters."""
        self.skip()
        found = _REGULAR.match(self.data, self.place)
        self.place = found.end() if found else self.place
        return found[0] if found else b""

    def take(self, word: bytes) -> bool:
        """Whether this very word comes next; then it is passed."""
        self.skip()
        if not self.data.startswith(word, self.place):
            return False
        self.place += len(word)
        return True

    def number(self) -> int:
        """The next word as a natural number. Raises SignatureError `pdf-broken`."""
        word = self.word()
        if not word.isdigit() or len(word) > 12:
            raise SignatureError("pdf-broken", place=self.place)
        return int(word)

    def value(self, depth: int = 0) -> Any:
        """The next value. Raises SignatureError `pdf-broken`."""
        self.skip()
        self._budget.spend()
        if depth > _DEEPEST:
            raise SignatureError("pdf-broken", place=self.place)
        two = self.data[self.place : self.place + 2]
        if two == b"<<":
            return self._dictionary(depth)
        if two[:1] == b"[":
            return self._array(depth)
        if two[:1] == b"<":
            return self._hexadecimal()
        if two[:1] == b"(":
            return self._literal()
        if two[:1] == b"/":
            return self._name()
        return self._plain()

    def _dictionary(self, depth: int) -> dict[str, Any]:
        self.place += 2
        found: dict[str, Any] = {}
        while not self.take(b">>"):
            if self.data[self.place : self.place + 1] != b"/":
                raise SignatureError("pdf-broken", place=self.place)
            name = self._name()
            # Readers differ in which of two equal keys they believe.
            if name in found:
                raise SignatureError("pdf-broken", place=self.place)
            found[name] = self.value(depth + 1)
        return found

    def _array(self, depth: int) -> list[Any]:
        self.place += 1
        found = []
        while not self.take(b"]"):
            found.append(self.value(depth + 1))
        return found

    def _name(self) -> Name:
        self.place += 1
        raw = _REGULAR.match(self.data, self.place)
        self.place = raw.end() if raw else self.place
        text = _ESCAPED_NAME.sub(lambda found: bytes([int(found[1], 16)]), raw[0] if raw else b"")
        return Name(text.decode("latin-1"))

    def _hexadecimal(self) -> String:
        found = _HEX.match(self.data, self.place)
        if found is None:
            raise SignatureError("pdf-broken", place=self.place)
        digits = b"".join(found[1].replace(b"\0", b"").split())
        return self._placed(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), found.end())

    def _literal(self) -> String:
        made, place, depth = bytearray(), self.place + 1, 1
        while depth:
            if place >= len(self.data) or len(made) > _LONGEST:
                raise SignatureError("pdf-broken", place=self.place)
            byte = self.data[place]
            place += 1
            if byte == 0x5C:
                place = self._escape(made, place)
                continue
            depth += (byte == 0x28) - (byte == 0x29)
            if depth:
                made.append(byte)
        return self._placed(bytes(made), place)

    def _escape(self, made: bytearray, place: int) -> int:
        """What follows a backslash; where reading goes on."""
        octal = _OCTAL.match(self.data, place)
        if octal:
            made.append(int(octal[0], 8) & 0xFF)
            return octal.end()
        if self.data[place : place + 2] == b"\r\n":
            return place + 2
        byte = self.data[place] if place < len(self.data) else 0
        if byte not in (10, 13):
            made.append(_ESCAPES.get(byte, byte))
        return place + 1

    def _placed(self, value: bytes, end: int) -> String:
        string = String(value)
        if not self._inside:
            string.start, string.end = self.place, end
        self.place = end
        return string

    def _plain(self) -> Any:
        if found := _REF.match(self.data, self.place):
            self.place = found.end()
            return Ref(int(found[1]), int(found[2]))
        start, word = self.place, self.word()
        if word in _WORDS:
            return _WORDS[word]
        if not _NUMBER.match(word):
            raise SignatureError("pdf-broken", place=start)
        return float(word) if b"." in word else int(word)
