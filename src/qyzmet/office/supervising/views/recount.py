"""The figures recounted from the journal, on demand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.queries import figures
from qyzmet.cases.queries.figures import Difference
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
    return names[each.figure], _key(each), _plain(each.counted), _plain(each.recounted)


def _key(each: Difference) -> str:
    if each.figure == "taken":
        return str(people(numbers=[each.key]).get(each.key, each.key))
    provider, service, *rest = each.key
    return ", ".join(filter(None, (body_name(provider), Words().service(service), *rest)))


def _plain(value: Any) -> str:
    return "–" if value is None else str(value)
