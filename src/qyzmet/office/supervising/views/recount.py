"""The figures recounted from the journal, on demand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.queries import figures
from qyzmet.cases.queries.figures import Difference, Ground
from qyzmet.office.names import body_name, people
from qyzmet.office.supervising.asking import asked, draw, supervisor
from qyzmet.office.supervising.tables import Words
from qyzmet.pages.words import say

__all__ = ["recount"]


@supervisor
def recount(request: HttpRequest) -> HttpResponse:
    """Counts both ways when asked to (`?run=1`), for the journal is read to its end."""
    question = asked(request)
    if not request.GET.get("run"):
        return draw(request, "recount.html", question, "recount", ran=False)
    counted = figures.summary(question.reach, question.period, question.now)
    again = figures.recount(question.reach, question.period, question.now)
    differences = figures.differing(counted, again)
    return draw(
        request, "recount.html", question, "recount",
        ran=True,
        cases=sum(each.count for each in counted.times.values()),
        open=sum(each.open for each in counted.standing.values()),
        differences=[_line(each) for each in differences],
    )  # fmt: skip


def _line(each: Difference) -> tuple[str, str, str, str]:
    names = {
        "standing": say("supervision.open"), "taken": say("supervision.taken"),
        "times": say("supervision.to-times"), "breaches": say("supervision.breaches"),
        "refusals": say("supervision.to-refusals"), "window": say("supervision.at-the-window"),
        "waits": say("supervision.to-waits"),
    }  # fmt: skip
    both = each.counted, each.recounted
    return names[each.figure], _key(each), _plain(*both), _plain(*reversed(both))


def _key(each: Difference) -> str:
    if each.figure == "taken":
        return str(people(numbers=[each.key]).get(each.key, each.key))
    words, (provider, service, *rest) = Words(), each.key
    more = words.ground(each.key) if isinstance(each.key, Ground) else rest
    return ", ".join(filter(None, (body_name(provider), words.service(service), *map(str, more))))


def _plain(value: Any, other: Any) -> str:
    """A figure; of one with several parts those that differ, by name."""
    if value is None:
        return "–"
    names = getattr(value, "_fields", None) or tuple(getattr(value, "__dataclass_fields__", ()))
    if not names:
        return str(value)
    parts = [name for name in names if getattr(value, name) != getattr(other, name, None)]
    return "; ".join(f"{_part(name)}: {_number(getattr(value, name))}" for name in parts)


def _part(name: str) -> str:
    known = {
        "open": say("supervision.open"), "late": say("supervision.late"),
        "suspended": say("supervision.held"), "breached": say("supervision.breaches"),
        "count": say("supervision.ended"), "in_time": say("supervision.in-time"),
        "undated": say("supervision.undated"), "gross_days": say("supervision.gross-days"),
        "net_days": say("supervision.net-days"), "gross_hours": say("supervision.gross-hours"),
        "net_hours": say("supervision.net-hours"), "tickets": say("supervision.tickets"),
        "served": say("supervision.served"), "not_come": say("supervision.not-come"),
        "left": say("supervision.left"), "wait": say("supervision.wait-median"),
        "service": say("supervision.service-median"),
    }  # fmt: skip
    return known[name]


def _number(value: Any) -> str:
    """One number, or a middle with what goes with it."""
    if isinstance(value, tuple):
        return " / ".join(_number(each) for each in value)
    return "–" if value is None else str(value)
