"""The swim-lane diagram of a procedure as SVG: no script, no style sheet, colours as attributes.

Ink is `currentColor` (the root sets `#14212b`), so a page in the dark may set its own `color` on the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from qyzmet.regulation.model import Package
from qyzmet.regulation.printing.flow import Flow
from qyzmet.regulation.printing.flow_builder import flow
from qyzmet.regulation.printing.glyphs import wrap
from qyzmet.regulation.printing.layout import Column, Drawn, Layout, Point, lay_out
from qyzmet.regulation.printing.legend import Legend, legend, standard
from qyzmet.regulation.printing.markup import element, svg
from qyzmet.regulation.printing.pens import TEAL, arrow, canvas, path, words
from qyzmet.regulation.printing.shapes import LANE, Line
from qyzmet.regulation.printing.symbols import symbol
from qyzmet.regulation.printing.words import Language, counted, say

__all__ = ["diagram_svg", "render"]

MARGIN = 16
TALL = 1500.0


def diagram_svg(
    package: Package,
    lang: Language,
    channel: str | None = None,
    variant: Mapping[str, str] | None = None,
) -> str:
    """The diagram of one way through a service; what is left open (channel, variant) shows as choices."""
    return render(flow(package, lang, channel, variant), lang, say("title-flow", lang), standard(lang))


def render(graph: Flow, lang: Language, heading: str, key: Legend) -> str:
    """A graph drawn with its title above and its legend below."""
    drawing = lay_out(graph)
    width = max(drawing.width, 360) + 2 * MARGIN
    name = wrap(graph.title, 15, width - 2 * MARGIN, bold=True)
    top = 30 + len(name) * 20
    foot = drawing.head - drawing.groups_at if drawing.height > TALL else 0.0
    body = element(
        "g", _lanes(drawing, foot), _flows(drawing), _symbols(drawing), transform=f"translate({MARGIN} {top})"
    )
    signs, tall = legend(lang, width - 2 * MARGIN, key)
    signs.set("transform", f"translate({MARGIN} {top + drawing.height + foot + 14:g})")
    steps = sum(1 for node in graph.nodes.values() if node.kind == "step" and node.step is not None)
    about = f"{counted(steps, 'step', lang)}, {counted(len(drawing.columns), 'actor', lang)}"
    height = top + drawing.height + foot + 14 + tall + MARGIN
    root = canvas(width, height, f"{heading}: {graph.title}", f"{graph.title}: {about}.", lang)
    root.extend(words(Line(text, MARGIN, 21 + n * 20, 15, bold=True)) for n, text in enumerate(name))
    root.append(words(Line(heading, MARGIN, 21 + len(name) * 20, 12, faint=True)))
    root.extend((body, signs))
    return svg(root)


def _lanes(drawing: Layout, foot: float) -> Iterator[Element]:
    """Columns with their heads, organisations over their posts; in a tall drawing names at the foot too."""
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
        yield from _head(column, top, drawing.head - top)
        if foot:
            yield from _head(column, drawing.height + 3, foot)


def _head(column: Column, top: float, tall: float) -> Iterator[Element]:
    yield element(
        "rect", x=column.x - 3, y=top, width=LANE + 6, height=tall, rx=6, fill=TEAL, fill_opacity=0.12
    )
    first = top + (tall - len(column.words) * 15) / 2 + 12
    for number, text in enumerate(column.words):
        yield words(Line(text, column.x + LANE / 2, first + number * 15, 12, bold=True, middle=True))


def _flows(drawing: Layout) -> Iterator[Element]:
    """Lines first, then one arrow head for each place they arrive at."""
    heads: dict[Point, Element] = {}
    for edge, points in drawing.edges():
        yield path(points, edge.dashed)
        heads[points[-1]] = arrow(points[-1])
    yield from heads.values()


def _symbols(drawing: Layout) -> Iterator[Element]:
    for drawn in drawing.symbols.values():
        yield element("g", _named(drawn), symbol(drawn), map(words, drawn.lines))


def _named(drawn: Drawn) -> list[Element]:
    """What a pointer or a screen reader is told of a step: its clauses in full."""
    return [element("title", f"{drawn.node.text} ({drawn.node.cite})")] if drawn.node.cite else []
