"""The load: who has how much, and how it stands against its dates."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.queries import figures
from qyzmet.office.supervising.asking import asked, draw, supervisor
from qyzmet.office.supervising.charts import Chart, chart
from qyzmet.office.supervising.sheets import Table
from qyzmet.office.supervising.tables import load_table, people_table
from qyzmet.pages.words import say

__all__ = ["overview"]

BARS = 12


@supervisor
def overview(request: HttpRequest) -> HttpResponse:
    """Counters, the load by post and by person. Late cases are counted as the recount of the journal does;
    the terms of steps and cases that are late are another count, and named apart."""
    question = asked(request)
    rows = figures.load(question.reach, question.now)
    late, soon = figures.late_counts(question.reach, question.now)
    posts, cases = load_table(rows), figures.standing(question.reach, question.now).values()
    return draw(
        request,
        "overview.html",
        question,
        "load",
        open=sum(each.open for each in cases),
        late_cases=sum(each.late for each in cases),
        late=late,
        soon=soon,
        breached=sum(each.breached for each in cases),
        chart=_chart(posts),
        tables=[posts, people_table(rows)],
    )


def _chart(table: Table) -> Chart | None:
    """The posts with the most open steps; the table has all of them."""
    longest = sorted(table.rows, key=lambda row: -int(str(row[2])))[:BARS]
    return chart("load", table.title, [(f"{row[1]}, {row[0]}", _parts(row)) for row in longest])


def _parts(row: tuple[object, ...]) -> list[tuple[str, str, float]]:
    total, _, today, soon, late, held = (float(str(each)) for each in row[2:])
    return [
        ("late", say("supervision.late"), late),
        ("today", say("supervision.today"), today),
        ("soon", say("supervision.soon"), soon),
        ("calm", say("supervision.later"), total - late - today - soon - held),
        ("held", say("supervision.held"), held),
    ]
