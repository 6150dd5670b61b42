"""Charts as SVG made here: bars that lie, each part told apart by its pattern and its word, not by colour
alone.

The table beneath a chart says the same in numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

__all__ = ["Bar", "Chart", "Part", "chart"]

FULL = 88
"""Per cent of the drawing the longest bar takes; what is left holds its number, also on a phone."""
LINE, BAR, GAP = 18, 22, 14
LETTERS, LINES = 38, 2
"""How many letters of a name fit on a line of a phone, and how many lines; the table has all of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar. `pattern`: a class of the stylesheet and the id of its pattern. `x`, `width`: per
    cent of the drawing, so that letters keep their size on every screen."""

    pattern: str
    word: str
    number: float
    x: float = 0
    width: float = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """`lines` of the name with their height, and under them the bar at `y`."""

    name: str
    lines: tuple[tuple[str, int], ...]
    y: int
    parts: tuple[Part, ...]
    total: str
    end: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing ready for its template. `said`: what it shows, for who does not see it."""

    id: str
    title: str
    said: str
    height: int
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...]


def chart(
    id_: str,
    title: str,
    rows: Sequence[tuple[str, Sequence[tuple[str, str, float]]]],
    *,
    stacked: bool = True,
) -> Chart | None:
    """Bars from `(name, [(pattern, word, number), …])`; none when there is nothing to draw.

    Parts of a stacked bar follow each other; otherwise each begins at the left and the longer lies beneath.
    """
    lengths = [sum(n for *_, n in parts) if stacked else max(n for *_, n in parts) for _, parts in rows]
    most = max(lengths, default=0)
    if not most:
        return None
    bars: list[Bar] = []
    for name, parts in rows:
        top = bars[-1].y + BAR + GAP if bars else 0
        bars.append(_bar(name, top, parts, FULL / most, stacked))
    legend = tuple(dict.fromkeys((pattern, word) for _, parts in rows for pattern, word, n in parts if n))
    said = "; ".join(f"{bar.name}: " + ", ".join(f"{p.word} {p.number:g}" for p in bar.parts) for bar in bars)
    return Chart(id_, title, said, bars[-1].y + BAR, tuple(bars), legend)


def _bar(name: str, top: int, parts: Sequence[tuple[str, str, float]], scale: float, stacked: bool) -> Bar:
    made: list[Part] = []
    x = 0.0
    for pattern, word, number in parts:
        if number:
            made.append(Part(pattern, word, number, round(x, 2), round(number * scale, 2)))
            x += number * scale if stacked else 0
    if not stacked:
        made.sort(key=lambda part: -part.width)
    end = max((part.x + part.width for part in made), default=0.0)
    total = sum(p.number for p in made) if stacked else max((p.number for p in made), default=0)
    lines = tuple((line, top + n * LINE + LINE - 5) for n, line in enumerate(_lines(name)))
    return Bar(name, lines, top + len(lines) * LINE, tuple(made), f"{total:g}", round(end, 2))


def _lines(name: str) -> list[str]:
    """A name on so few lines, its end left out where it is longer."""
    return wrap(name, LETTERS, max_lines=LINES, placeholder=" …") or [""]
