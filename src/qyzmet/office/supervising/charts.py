"""Charts as SVG made here: bars that lie, each part told apart by its pattern and its word, not by colour
alone.

The table beneath a chart says the same in numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Bar", "Chart", "Part", "chart"]

WIDTH, NAMES, BAR, GAP, ROOM = 720, 250, 22, 12, 44
LETTERS = 34
"""How many letters of a name fit beside a bar; the table beneath has all of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar. `pattern`: a class of the stylesheet and the id of its pattern."""

    pattern: str
    word: str
    number: float
    x: float = 0
    width: float = 0


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    short: str
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
    scale = (WIDTH - NAMES - ROOM) / most
    bars = tuple(_bar(name, at * (BAR + GAP), parts, scale, stacked) for at, (name, parts) in enumerate(rows))
    legend = tuple(dict.fromkeys((pattern, word) for _, parts in rows for pattern, word, n in parts if n))
    said = "; ".join(f"{bar.name}: " + ", ".join(f"{p.word} {p.number:g}" for p in bar.parts) for bar in bars)
    return Chart(id_, title, said, len(bars) * (BAR + GAP), bars, legend)


def _bar(name: str, y: int, parts: Sequence[tuple[str, str, float]], scale: float, stacked: bool) -> Bar:
    made: list[Part] = []
    x = float(NAMES)
    for pattern, word, number in parts:
        if number:
            made.append(Part(pattern, word, number, round(x, 1), round(number * scale, 1)))
            x += number * scale if stacked else 0
    if not stacked:
        made.sort(key=lambda part: -part.width)
    end = max((part.x + part.width for part in made), default=NAMES)
    total = sum(p.number for p in made) if stacked else max((p.number for p in made), default=0)
    short = name if len(name) <= LETTERS else f"{name[: LETTERS - 1].rstrip()}…"
    return Bar(name, short, y, tuple(made), f"{total:g}", round(end + 6, 1))
