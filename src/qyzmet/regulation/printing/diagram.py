"""The swim-lane diagram of a procedure as SVG: no script, no style sheet, colours as attributes.

Ink is `currentColor` (the root sets `#14212b`), so a page in the dark may set its own `color` on the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from qyzmet.regulation.model import Package
from qyzmet.regulation.printing.flow_builder import flow
from qyzmet.regulation.printing.layout import Drawn, Layout, Point, lay_out
from qyzmet.regulation.printing.legend import legend
from qyzmet.regulation.printing.markup import element, svg
from qyzmet.regulation.printing.pens import TEAL, arrow, canvas, path, words
from qyzmet.regulation.printing.shapes import LANE, Line
from qyzmet.regulation.printing.symbols import symbol
from qyzmet.regulation.printing.words import Language, counted, say

__all__ = ["diagram_svg"]

MARGIN = 16
TITLE = 34


def diagram_svg(
    package: Package,
    lang: Language,
    channel: str | None = None,
    variant: Mapping[str, str] | None = None,
) -> str:
    """The diagram of one way through a service; what is left open (channel, variant) shows as choices."""
    drawing = lay_out(flow(package, lang, channel, variant))
    body = element(
        "g", _lanes(drawing), _flows(drawing), _symbols(drawing), transform=f"translate({MARGIN} {TITLE})"
    )
    foot = TITLE + drawing.height + 14
    width = max(drawing.width, 360) + 2 * MARGIN
    key, tall = legend(lang, width - 2 * MARGIN)
    key.set("transform", f"translate({MARGIN} {foot})")
    title = package.name.in_language(lang)
    steps = sum(1 for node in drawing.flow.nodes.values() if node.step is not None and node.kind == "step")
    about = f"{counted(steps, 'step', lang)}, {counted(len(drawing.columns), 'actor', lang)}"
    root = canvas(
        width, foot + tall + MARGIN, f"{say('title-flow', lang)}: {title}", f"{title}: {about}.", lang
    )
    root.append(words(Line(title, MARGIN, 21, 15, bold=True)))
    root.append(body)
    root.append(key)
    return svg(root)


def _lanes(drawing: Layout) -> Iterator[Element]:
    """Columns with their heads; organisations over the posts that belong to them, and names again at the foot."""
    for column in drawing.columns:
        yield element(
            "rect",
            x=column.x - 3,
            y=0,
            width=LANE + 6,
            height=drawing.height,
            rx=6,
            fill=TEAL,
            fill_opacity=0.055,
        )
    for group in drawing.groups:
        if not group.name:
            continue
        left, wide = group.left - 3, group.right - group.left + 6
        yield element(
            "rect", x=left, y=0, width=wide, height=drawing.groups_at - 3, rx=6, fill=TEAL, fill_opacity=0.2
        )
        for number, text in enumerate(group.name):
            x = (group.left + group.right) / 2
            yield words(Line(text, x, 17 + number * 15, 12, bold=True, middle=True))
    for column in drawing.columns:
        alone = next(not g.name for g in drawing.groups if g.left <= column.x <= g.right)
        top = 0.0 if alone else drawing.groups_at
        yield element(
            "rect",
            x=column.x - 3,
            y=top,
            width=LANE + 6,
            height=drawing.head - top,
            rx=6,
            fill=TEAL,
            fill_opacity=0.12,
        )
        first = top + (drawing.head - top - len(column.words) * 15) / 2 + 12
        for number, text in enumerate(column.words):
            yield words(Line(text, column.x + LANE / 2, first + number * 15, 12, bold=True, middle=True))


def _flows(drawing: Layout) -> Iterator[Element]:
    """Lines first, then one arrow head for each place they arrive at."""
    heads: dict[Point, Element] = {}
    for edge, points in drawing.edges():
        yield path(points, dashed=edge.resumes)
        heads[points[-1]] = arrow(points[-1])
    yield from heads.values()


def _symbols(drawing: Layout) -> Iterator[Element]:
    for drawn in drawing.symbols.values():
        yield element("g", _named(drawn), symbol(drawn), map(words, drawn.lines))


def _named(drawn: Drawn) -> list[Element]:
    """What a pointer or a screen reader is told of a step: its clauses in full."""
    return [element("title", f"{drawn.node.text} ({drawn.node.cite})")] if drawn.node.cite else []
