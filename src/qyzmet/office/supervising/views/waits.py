"""How long people waited at the windows and were served, against the limits of the acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.queries import figures
from qyzmet.cases.queries.figures import Spread, Waits
from qyzmet.office.names import body_name
from qyzmet.office.supervising.asking import Asked, asked, draw, supervisor
from qyzmet.office.supervising.charts import Chart, chart
from qyzmet.office.supervising.sheets import Table
from qyzmet.office.supervising.tables import Words
from qyzmet.pages.words import say

__all__ = ["waits", "waits_table"]

BARS = 12
WAYS = ("body", "window", "service", "hour")


@supervisor
def waits(request: HttpRequest) -> HttpResponse:
    """By body, window, service or hour (`?by=`): averages, medians, and the share within the limit."""
    question, by = asked(request), _by(request)
    turns = figures.turns(question.reach, question.period, question.now)
    grouped = figures.by_group(turns, by)
    return draw(
        request, "waits.html", question, "waits",
        whole=figures.waits(turns) if turns else None,
        by=by,
        ways=[(way, _way(way)) for way in WAYS],
        kept=f"&by={by}",
        chart=_chart(grouped, by),
        table=_table(grouped, by),
    )  # fmt: skip


def waits_table(request: HttpRequest, question: Asked) -> Table:
    """The table of the page, to be taken away."""
    by = _by(request)
    return _table(figures.by_group(figures.turns(question.reach, question.period, question.now), by), by)


def _by(request: HttpRequest) -> str:
    asked_for = request.GET.get("by", "")
    return asked_for if asked_for in WAYS else "service"


def _way(way: str) -> str:
    return {
        "body": say("supervision.body"),
        "window": say("supervision.window"),
        "service": say("desk.service"),
        "hour": say("supervision.hour"),
    }[way]


def _table(grouped: Mapping[Any, Waits], by: str) -> Table:
    words = Words()
    first = (_way(by),) if by in ("body", "hour") else (say("supervision.body"), _way(by))
    heads = (
        *first, say("supervision.tickets"), say("supervision.served"), say("supervision.not-come"),
        say("supervision.left"), say("supervision.wait-average"), say("supervision.wait-median"),
        say("supervision.wait-within"), say("supervision.service-average"),
        say("supervision.service-median"), say("supervision.service-within"),
    )  # fmt: skip
    lines = tuple((*_named(key, by, words), *_cells(of)) for key, of in grouped.items())
    return Table("waits", say("supervision.to-waits"), heads, lines)


def _named(key: tuple[Any, ...], by: str, words: Words) -> tuple[str, ...]:
    if by == "hour":
        return (f"{key[0]:02d}:00–{key[0] + 1:02d}:00",)
    where = body_name(key[0])
    if by == "body":
        return (where,)
    if by == "service":
        return where, words.service(key[1])
    return where, str(key[1]) if key[1] is not None else say("supervision.no-window")


def _cells(of: Waits) -> tuple[Any, ...]:
    return (
        of.tickets, of.served, of.not_come, of.left, of.wait.average, of.wait.median, _share(of.wait),
        of.service.average, of.service.median, _share(of.service),
    )  # fmt: skip


def _share(of: Spread) -> str:
    return say("supervision.no-limit") if of.share is None else f"{of.share:.0%} ({of.within}/{of.judged})"


def _chart(grouped: Mapping[Any, Waits], by: str) -> Chart | None:
    words = Words()
    longest = sorted(grouped.items(), key=lambda each: -(each[1].wait.median or 0))
    if by == "hour":
        longest = sorted(grouped.items())
    bars = [
        (
            " · ".join(reversed(_named(key, by, words))),
            [
                ("soon", say("supervision.wait-median"), of.wait.median or 0.0),
                ("calm", say("supervision.service-median"), of.service.median or 0.0),
            ],
        )
        for key, of in longest[:BARS]
    ]
    return chart("waits", say("supervision.median-minutes"), bars)
