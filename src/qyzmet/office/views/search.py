"""Search: number, reference, IIN or BIN, name, address, plot, whatever a form says, in what the post sees."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from qyzmet.cases.queries.search import found
from qyzmet.office import spreadsheets, taking_lists
from qyzmet.office.course import related_rows
from qyzmet.office.desk import actor_of, official, page

__all__ = ["export", "search"]

A_PAGE = 50
LONGEST = 120


@official
def search(request: HttpRequest) -> HttpResponse:
    """One hit opens the case; several are listed, newest first; `?q=…&before=…`."""
    actor, words = actor_of(request), _words(request)
    before = request.GET.get("before", "")
    last = int(before) if before.isdecimal() and len(before) < 18 else None
    cases = found(actor, words, before=last, most=A_PAGE + 1)
    if len(cases) == 1 and last is None:
        return redirect(f"/office/cases/{cases[0].ref}")
    shown = cases[:A_PAGE]
    names = taking_lists.applicants(actor, shown)
    context = {
        "words": words,
        "rows": [
            (row, names.get(case.pk, ""), case) for row, case in zip(related_rows(shown), shown, strict=True)
        ],
        "more": shown[-1].pk if len(cases) > A_PAGE else None,
        "later": last is not None,
        "kinds": spreadsheets.KINDS,
    }
    return page(request, "search.html", context, at="search")


@official
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Every case the same search finds, as a file."""
    if kind not in spreadsheets.KINDS:
        raise Http404
    rows = taking_lists.search_rows(actor_of(request), _words(request))
    return spreadsheets.sent("cases", kind, taking_lists.case_heads(), rows)


def _words(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").split())[:LONGEST]
