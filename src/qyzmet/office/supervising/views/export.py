"""The tables as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from qyzmet.cases.queries import figures
from qyzmet.office.spreadsheets import KINDS
from qyzmet.office.supervising import tables
from qyzmet.office.supervising.asking import Asked, asked, supervisor
from qyzmet.office.supervising.sheets import Table, taken_away
from qyzmet.office.supervising.views.cases import found
from qyzmet.office.supervising.views.late import KEPT
from qyzmet.office.supervising.views.refusals import refused, turned_away
from qyzmet.office.supervising.views.waits import waits_table

__all__ = ["export"]

MOST = 100_000
"""Rows of a file; what a spreadsheet still opens at ease."""


@supervisor
def export(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    """The table a page shows under the same question, all of its rows."""
    table = _table(request, name, asked(request))
    if table is None or kind not in KINDS:
        raise Http404
    return taken_away(table, kind)


def _table(request: HttpRequest, name: str, question: Asked) -> Table | None:
    reach, now = question.reach, question.now
    if name == "load":
        return tables.load_table(figures.load(reach, now))
    if name == "people":
        return tables.people_table(figures.load(reach, now))
    if name == "late":
        kept = KEPT.get(request.GET.get("show", ""))
        return tables.late_table(figures.pressing(reach, now, late=kept, most=MOST))
    if name == "refusals":
        return refused(question)
    if name == "window":
        return turned_away(question)
    if name == "times":
        return tables.times_table(figures.ended(reach, question.period))
    if name == "waits":
        return waits_table(request, question)
    return tables.cases_table(list(found(request, question)[0][:MOST])) if name == "cases" else None
