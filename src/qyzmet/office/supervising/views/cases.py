"""Every case one watches: counted, searched, listed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from qyzmet.cases.models import Case, CaseState
from qyzmet.office.supervising.asking import Asked, asked, draw, supervisor
from qyzmet.office.supervising.tables import cases_table

__all__ = ["KEPT", "cases", "found"]

A_PAGE = 50
LONGEST = 60
KEPT = ("", "open", "suspended", "ended", "late", "breach")


@supervisor
def cases(request: HttpRequest) -> HttpResponse:
    """`?q=…&show=open|suspended|ended|late|breach&before=<id>`."""
    question = asked(request)
    everything, words, show = found(request, question)
    before = request.GET.get("before", "")
    listed = everything.filter(id__lt=int(before)) if before.isdecimal() and len(before) < 18 else everything
    rows = list(listed[: A_PAGE + 1])
    return draw(
        request,
        "cases.html",
        question,
        "cases",
        count=everything.count(),
        words=words,
        kept="&" + urlencode({"q": words, "show": show}),
        show=show,
        table=cases_table(rows[:A_PAGE]),
        next=rows[A_PAGE - 1].pk if len(rows) > A_PAGE else "",
        later=bool(before),
    )


def found(request: HttpRequest, question: Asked) -> tuple[QuerySet[Case], str, str]:
    """The cases asked for, the words searched for and the share kept. A search is by number or reference: an
    applicant's IIN is no part of what a supervisor sees."""
    words, show = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("show", "")
    kept = question.reach.cases()
    if words:
        plain = "".join(words.split()).upper()
        kept = kept.filter(Q(number=words) | Q(number=words.upper()) | Q(ref=plain))
    if show in CaseState.values:
        kept = kept.filter(state=show)
    elif show == "late":
        kept = kept.filter(state=CaseState.OPEN, due__lt=question.now)
    elif show == "breach":
        kept = kept.exclude(breach=[])
    return kept, words, show if show in KEPT else ""
