"""Takes an expression apart; lets through nothing but facts, literals, brackets and the words of a condition.

Every fact and literal is replaced by a name of the same length that means nothing, and noted by its column:
Python's grammar then only says how they hang together, and a fact may be called `form.if`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from qyzmet.regulation.conditions.errors import ConditionError

__all__ = ["FACT", "Fact", "Literal", "Scanned", "scan"]

MAX_LENGTH = 1000
MAX_DEPTH = 30
FACT = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*", re.ASCII)
_TOKEN = re.compile(
    r"""(?P<text>'[^'\\\n]*'|"[^"\\\n]*")|(?P<number>[0-9]+(?:\.[0-9]+)?)(?![\w.])|(?P<word>[^\W\d][\w.\-]*)"""
    r"|(?P<sign>==|!=|<=|>=|[<>()\[\],\-])|(?P<space>\s+)",
    re.ASCII,
)
_KEYWORDS = frozenset(
    {"and", "or", "not", "in", "is", "if", "else", "for", "lambda", "await", "async", "yield"}
)
_OTHERWISE = {"True": "true", "False": "false", "None": "not FACT", "null": "not FACT"}


class Fact(NamedTuple):
    name: str


class Literal(NamedTuple):
    value: str | int | bool | Decimal


@dataclass(slots=True)
class Scanned:
    """`source` for Python's grammar; `atoms` says what stands at a column of it; `indent` is what was cut off
    in front of it."""

    source: str
    indent: int
    atoms: dict[int, Fact | Literal] = field(default_factory=dict)


def scan(text: str) -> Scanned:
    """Raises ConditionError at the first character, name or number that cannot stand in a condition."""
    if len(text) > MAX_LENGTH:
        raise ConditionError(f"the condition is longer than {MAX_LENGTH} characters; split it into steps")
    atoms: dict[int, Fact | Literal] = {}
    written, at, depth, apart = "", 0, 0, True
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise ConditionError(f"`{text[at]}` has no meaning in a condition", at + 1)
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token[0], 0)
        if depth > MAX_DEPTH:
            raise ConditionError("brackets are nested too deep; simplify the condition", at + 1)
        separates = token.lastgroup in {"sign", "space"}
        if not apart and not separates:
            raise ConditionError("a space is missing here", at + 1)
        written, apart = written + _token(token, at, atoms), separates
        at = token.end()
    if not written.strip():
        raise ConditionError("the condition is empty; write one, or remove `only`")
    indent = len(written) - len(written.lstrip())
    return Scanned(written.strip(), indent, {column - indent: atom for column, atom in atoms.items()})


def _token(token: re.Match[str], at: int, atoms: dict[int, Fact | Literal]) -> str:
    kind, text = token.lastgroup, token[0]
    if kind == "space":
        return " " * len(text)
    if kind == "sign" or (kind == "word" and text in _KEYWORDS):
        return text
    atoms[at] = _atom(str(kind), text, at)
    return "v" * len(text)


def _atom(kind: str, text: str, at: int) -> Fact | Literal:
    if kind == "text":
        if len(text) == 2:
            raise ConditionError("nothing is equal to empty words; write `not FACT`", at + 1)
        return Literal(text[1:-1])
    if kind == "number":
        if len(text) > 36:
            raise ConditionError("this number is too long", at + 1)
        return Literal(Decimal(text) if "." in text else int(text))
    if text in {"true", "false"}:
        return Literal(text == "true")
    if text in _OTHERWISE:
        raise ConditionError(f"`{text}` is not used here; write `{_OTHERWISE[text]}`", at + 1)
    if not FACT.fullmatch(text):
        dashed = text.replace("_", "-")
        hint = f"; write `{dashed}`" if FACT.fullmatch(dashed) else ""
        raise ConditionError(f"`{text[:60]}` is not the name of a fact{hint}", at + 1)
    return Fact(text)
