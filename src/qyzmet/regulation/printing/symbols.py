"""The symbols of the drawing: boxes, circles, diamonds."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from qyzmet.regulation.printing.layout import Drawn
from qyzmet.regulation.printing.markup import element
from qyzmet.regulation.printing.pens import TEAL
from qyzmet.regulation.printing.shapes import NUMBER, PAD

__all__ = ["symbol"]

_PEN = {"stroke": "currentColor", "stroke_width": "1.4"}


def symbol(drawn: Drawn) -> list[Element]:
    """The strokes of a symbol without its words (a step's number apart)."""
    return _STROKES[drawn.node.kind](drawn)


def _step(drawn: Drawn) -> list[Element]:
    automatic = drawn.node.step_kind in {"check", "effect"}
    strokes = [
        element(
            "rect",
            x=f"{drawn.x:g}",
            y=f"{drawn.y:g}",
            width=f"{drawn.width:g}",
            height=f"{drawn.height:g}",
            rx=5,
            stroke_dasharray="2 2" if drawn.node.step_kind == "await" else None,
            **_PEN,
        )
    ]
    if automatic:
        foot = drawn.y + drawn.height
        for x in (drawn.x + 4, drawn.x + drawn.width - 4):
            strokes.append(
                element("path", d=f"M{x:g} {drawn.y:g}V{foot:g}", stroke="currentColor", stroke_width="1")
            )
    if drawn.node.number is not None:
        x, y = drawn.x + PAD, drawn.y + PAD
        strokes.append(element("rect", x=f"{x:g}", y=f"{y:g}", width=NUMBER, height=22, rx=4, fill=TEAL))
        strokes.append(
            element(
                "text",
                str(drawn.node.number),
                x=f"{x + NUMBER / 2:g}",
                y=f"{y + 16:g}",
                font_size="13",
                font_weight="700",
                fill="#ffffff",
                text_anchor="middle",
            )
        )
    return strokes


def _round(drawn: Drawn, width: float) -> Element:
    r = drawn.width / 2 - width / 2
    return element(
        "circle",
        cx=f"{drawn.x + drawn.width / 2:g}",
        cy=f"{drawn.y + drawn.height / 2:g}",
        r=f"{r:g}",
        stroke="currentColor",
        stroke_width=f"{width:g}",
    )


def _start(drawn: Drawn) -> list[Element]:
    circle = _round(drawn, 1.6)
    circle.set("fill", TEAL)
    return [circle]


def _end(drawn: Drawn) -> list[Element]:
    return [_round(drawn, 4.5)]


def _clock(drawn: Drawn) -> list[Element]:
    x, y = drawn.x + drawn.width / 2, drawn.y + drawn.height / 2
    hands = element("path", d=f"M{x:g} {y - 7:g}V{y:g}L{x + 5:g} {y + 3:g}", **_PEN)
    return [_round(drawn, 1.4), hands]


def _pause(drawn: Drawn) -> list[Element]:
    x, y = drawn.x + drawn.width / 2, drawn.y + drawn.height / 2
    bars = element(
        "path", d=f"M{x - 4:g} {y - 6:g}v12M{x + 4:g} {y - 6:g}v12", stroke="currentColor", stroke_width="3.4"
    )
    return [_round(drawn, 1.4), bars]


def _envelope(drawn: Drawn) -> list[Element]:
    x, y = drawn.x + drawn.width / 2, drawn.y + drawn.height / 2
    letter = element(
        "path", d=f"M{x - 8:g} {y - 5:g}h16v10h-16zl8 6 8 -6", stroke="currentColor", stroke_width="1.4"
    )
    return [_round(drawn, 1.4), letter]


def _diamond(drawn: Drawn) -> list[Element]:
    half, tall = drawn.width / 2, drawn.height / 2
    x, y = drawn.x + half, drawn.y
    shape = f"M{x:g} {y:g}l{half:g} {tall:g}l{-half:g} {tall:g}l{-half:g} {-tall:g}z"
    return [element("path", d=shape, **_PEN)]


def _parallel(drawn: Drawn) -> list[Element]:
    x, y = drawn.x + drawn.width / 2, drawn.y + drawn.height / 2
    cross = element(
        "path", d=f"M{x - 7:g} {y:g}h14M{x:g} {y - 7:g}v14", stroke="currentColor", stroke_width="3"
    )
    return [*_diamond(drawn), cross]


_STROKES: dict[str, Callable[[Drawn], list[Element]]] = {
    "step": _step,
    "start": _start,
    "end": _end,
    "timer": _clock,
    "pause": _pause,
    "message": _envelope,
    "choice": _diamond,
    "fork": _parallel,
    "join": _parallel,
}
