"""Why applications were refused, by ground and clause."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.queries import figures
from qyzmet.office.supervising.asking import Asked, asked, draw, supervisor
from qyzmet.office.supervising.charts import Chart, chart
from qyzmet.office.supervising.sheets import Table
from qyzmet.office.supervising.tables import grounds_table
from qyzmet.pages.words import say

__all__ = ["refusals", "refused", "turned_away"]

BARS = 10


@supervisor
def refusals(request: HttpRequest) -> HttpResponse:
    """Refusals of cases that ended in the period, and at the windows."""
    question = asked(request)
    tables = [refused(question), turned_away(question)]
    return draw(request, "refusals.html", question, "refusals", chart=_chart(tables[0]), tables=tables)


def refused(question: Asked) -> Table:
    """Grounds of the cases that ended in a refusal."""
    counted = figures.refusals(figures.ended(question.reach, question.period))
    return grounds_table("refusals", say("supervision.to-refusals"), counted)


def turned_away(question: Asked) -> Table:
    """Grounds of what was refused at a window before a case was opened."""
    counted = figures.at_the_window(question.reach, question.period)
    return grounds_table("window", say("supervision.at-the-window"), counted)


def _chart(table: Table) -> Chart | None:
    counted: Counter[str] = Counter()
    for ground, clause, *_, count in table.rows:
        counted[f"{ground} ({clause})" if clause else str(ground)] += int(str(count))
    bars = [(name, [("calm", say("supervision.count"), float(n))]) for name, n in counted.most_common(BARS)]
    return chart("refusals", table.title, bars)
