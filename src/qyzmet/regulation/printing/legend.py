"""The legend under a diagram: each symbol with the acts' own words for it."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from qyzmet.regulation.printing.flow import Node, NodeKind
from qyzmet.regulation.printing.glyphs import width
from qyzmet.regulation.printing.layout import Drawn
from qyzmet.regulation.printing.markup import element
from qyzmet.regulation.printing.pens import path, words
from qyzmet.regulation.printing.shapes import Line
from qyzmet.regulation.printing.symbols import symbol
from qyzmet.regulation.printing.words import Language, say

__all__ = ["Legend", "legend", "standard"]

_ENTRIES: tuple[tuple[NodeKind, str], ...] = (
    ("start", "start"),
    ("end", "end"),
    ("step", "step-legend"),
    ("choice", "choice"),
    ("fork", "together"),
    ("timer", "timer"),
    ("pause", "pause"),
)
_ROW = 34
_SIGN = 46


Legend = tuple[Sequence[tuple[NodeKind, str]], Sequence[tuple[bool, str]]]
"""Symbols with their words, and lines (whole or broken) with theirs."""


def standard(lang: Language) -> Legend:
    """The legend of a procedure's diagram."""
    lines = ((False, say("flow", lang)), (True, say("resumes", lang)))
    return tuple((kind, say(key, lang)) for kind, key in _ENTRIES), lines


def legend(lang: Language, room: float, key: Legend) -> tuple[Element, float]:
    """The legend in rows no wider than `room`, and its height."""
    group = element("g", words(Line(say("legend", lang), 0, 12, 12, bold=True)))
    x, y = 0.0, 24.0
    signs, lines = key
    entries = [(_sign(kind), text) for kind, text in signs] + [
        (_flow(dashed), text) for dashed, text in lines
    ]
    for sign, text in entries:
        wide = _SIGN + width(text, 11.5) + 24
        if x and x + wide > room:
            x, y = 0.0, y + _ROW
        sign.set("transform", f"translate({x:g} {y:g})")
        group.append(sign)
        group.append(words(Line(text, x + _SIGN, y + 16, 11.5)))
        x += wide
    return group, y + _ROW


def _sign(kind: NodeKind) -> Element:
    wide, tall = (36.0, 22.0) if kind == "step" else (24.0, 24.0)
    drawn = Drawn(Node(kind, kind, ""), (36 - wide) / 2, (24 - tall) / 2, wide, tall, [])
    return element("g", symbol(drawn))


def _flow(dashed: bool) -> Element:
    return element("g", path([(0, 12), (36, 12), (36, 14)], dashed))
