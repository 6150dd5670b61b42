"""How long delivery took, gross and net of suspension, and how much of it was in time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.queries import figures
from qyzmet.cases.queries.figures import Ended
from qyzmet.office.supervising.asking import asked, draw, supervisor
from qyzmet.office.supervising.charts import Chart, chart
from qyzmet.office.supervising.tables import Words, times_table
from qyzmet.pages.words import say

__all__ = ["times"]

BARS = 10


@supervisor
def times(request: HttpRequest) -> HttpResponse:
    """Medians and ninetieth percentiles by body and service."""
    question = asked(request)
    cases = figures.ended(question.reach, question.period)
    return draw(
        request,
        "times.html",
        question,
        "times",
        whole=figures.times(cases) if cases else None,
        breached=sum(case.breached for case in cases),
        chart=_chart(cases),
        table=times_table(cases),
    )


def _chart(cases: list[Ended]) -> Chart | None:
    words, by_service = Words(), dict[str, list[Ended]]()
    for case in cases:
        by_service.setdefault(case.service, []).append(case)
    largest = sorted(by_service.items(), key=lambda each: -len(each[1]))[:BARS]
    bars = []
    for service, of in largest:
        found = figures.times(of)
        parts = [
            ("held", say("supervision.gross-days"), found.gross_days.median),
            ("calm", say("supervision.net-days"), found.net_days.median),
        ]
        bars.append((words.service(service), parts))
    return chart("times", say("supervision.median-days"), bars, stacked=False)
