"""The strokes of every drawing: canvas, lines of words, flows with round corners, arrow heads."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from qyzmet.regulation.printing.markup import element
from qyzmet.regulation.printing.shapes import Line

__all__ = ["INK", "TEAL", "arrow", "canvas", "path", "words"]

INK = "#14212b"
TEAL = "#00606e"
_FONT = "'Noto Sans', system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_ROUND = 5.0

Point = tuple[float, float]


def canvas(width: float, height: float, title: str, description: str, lang: str) -> Element:
    """The root: as wide as it is drawn, so that a narrow screen scrolls instead of shrinking the words."""
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        role="img",
        aria_label=title,
        lang=lang,
        color=INK,
        fill="none",
        font_family=_FONT,
    )


def words(line: Line) -> Element:
    """A line of words."""
    return element(
        "text",
        line.text,
        x=f"{line.x:g}",
        y=f"{line.y:g}",
        font_size=f"{line.size:g}",
        font_weight="600" if line.bold else None,
        fill="currentColor",
        fill_opacity="0.72" if line.faint else None,
        text_anchor="middle" if line.middle else "end" if line.right else None,
    )


def path(points: Sequence[Point], dashed: bool = False) -> Element:
    """A flow through these points, its corners a little round."""
    steps = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        into, out = _towards(corner, before), _towards(corner, after)
        steps.append(f"L{into[0]:g} {into[1]:g}Q{corner[0]:g} {corner[1]:g} {out[0]:g} {out[1]:g}")
    steps.append(f"L{points[-1][0]:g} {points[-1][1] - 2:g}")
    return element(
        "path",
        d="".join(steps),
        stroke="currentColor",
        stroke_width="1.4",
        stroke_dasharray="6 4" if dashed else None,
    )


def _towards(corner: Point, other: Point) -> Point:
    """A point a little way from a corner to another point of the same line."""
    (x, y), (a, b) = corner, other
    far = max(abs(a - x), abs(b - y))
    part = min(_ROUND, far / 2) / far if far else 0.0
    return x + (a - x) * part, y + (b - y) * part


def arrow(tip: Point) -> Element:
    """A head pointing down."""
    x, y = tip
    return element("path", d=f"M{x:g} {y:g}l-4.5 -8h9z", fill="currentColor")
