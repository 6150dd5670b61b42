"""The cases an auditor may read: searched, listed, counted, taken away as a list."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from qyzmet.cases.models import Case, CaseState
from qyzmet.cases.queries import visible_cases
from qyzmet.office.auditing.gate import auditor, show
from qyzmet.office.desk import actor_of
from qyzmet.office.spreadsheets import KINDS
from qyzmet.office.supervising.sheets import taken_away
from qyzmet.office.supervising.tables import cases_table

__all__ = ["cases", "export"]

A_PAGE, MOST, LONGEST = 50, 100_000, 60


@auditor
def cases(request: HttpRequest) -> HttpResponse:
    """`?q=<number, reference, IIN or BIN>&state=…&before=<id>`, newest first."""
    everything, words, state = _found(request)
    before = request.GET.get("before", "")
    paged = before.isdecimal() and len(before) < 18
    rows = list((everything.filter(id__lt=int(before)) if paged else everything)[: A_PAGE + 1])
    table = cases_table(rows[:A_PAGE])
    return show(
        request, "cases.html", "cases",
        count=everything.count(),
        words=words,
        state=state,
        table=table,
        lines=[(*line, case.ref) for line, case in zip(table.lines, rows, strict=False)],
        kept=urlencode({"q": words, "state": state}),
        next=rows[A_PAGE - 1].pk if len(rows) > A_PAGE else "",
        later=paged,
    )  # fmt: skip


@auditor
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list as a file; it says nothing of the papers."""
    if kind not in KINDS:
        raise Http404
    return taken_away(cases_table(list(_found(request)[0][:MOST])), kind)


def _found(request: HttpRequest) -> tuple[QuerySet[Case], str, str]:
    words, state = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("state", "")
    found = visible_cases(actor_of(request))
    plain = re.sub(r"\s", "", words)
    if re.fullmatch(r"\d{12}", plain):
        found = found.filter(Q(applicant=plain) | Q(number=words))
    elif words:
        found = found.filter(Q(number=words) | Q(number=words.upper()) | Q(ref=plain.upper()))
    kept = state if state in CaseState.values else ""
    return (found.filter(state=kept) if kept else found), words, kept
