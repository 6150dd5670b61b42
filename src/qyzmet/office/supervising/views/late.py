"""What is late and what is about to be, with who holds it."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.queries import figures
from qyzmet.cases.queries.figures import After
from qyzmet.office.supervising.asking import asked, draw, supervisor
from qyzmet.office.supervising.tables import late_table

__all__ = ["KEPT", "late"]

A_PAGE = 50
KEPT = {"late": True, "soon": False}


@supervisor
def late(request: HttpRequest) -> HttpResponse:
    """`?show=late|soon&after=…`."""
    question, show = asked(request), request.GET.get("show", "")
    after, kept = _place(request.GET.get("after", "")), KEPT.get(show)
    found = figures.pressing(question.reach, question.now, late=kept, after=after, most=A_PAGE + 1)
    table = late_table(found[:A_PAGE])
    past, coming = figures.late_counts(question.reach, question.now)
    return draw(
        request,
        "late.html",
        question,
        "late",
        past=past,
        coming=coming,
        show=show if kept is not None else "",
        table=table,
        lines=[
            (*line, each.due < question.now) for line, each in zip(table.lines, found[:A_PAGE], strict=True)
        ],
        next=_written(found[A_PAGE - 1].place) if len(found) > A_PAGE else "",
        later=after is not None,
    )


def _written(place: After) -> str:
    return f"{place.due.isoformat()}~{place.case}~{place.no}"


def _place(words: str) -> After | None:
    moment, *numbers = words.split("~")
    if len(numbers) != 2 or not all(n.isdecimal() and len(n) < 18 for n in numbers):
        return None
    try:
        return After(datetime.fromisoformat(moment).astimezone(UTC), int(numbers[0]), int(numbers[1]))
    except (ValueError, OverflowError):
        return None
