"""Search: by number, by reference, by IIN or BIN, among what the post may see."""

from __future__ import annotations

import re

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases.models import Case
from qyzmet.cases.queries import visible_cases
from qyzmet.cases.queries.views import VIEWS
from qyzmet.office.course import related_rows
from qyzmet.office.desk import actor_of, official, page
from qyzmet.people.actor import Actor

__all__ = ["search"]

MOST = 50
LONGEST = 60


@official
def search(request: HttpRequest) -> HttpResponse:
    """One hit opens the case; several are listed, newest first."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = _found(actor_of(request), words) if words else []
    if len(found) == 1:
        return redirect(f"/office/cases/{found[0].ref}")
    return page(request, "search.html", {"words": words, "rows": related_rows(found)}, at="search")


def _found(actor: Actor, words: str) -> list[Case]:
    plain = re.sub(r"\s", "", words)
    exact = visible_cases(actor).filter(Q(number=words) | Q(number=words.upper()) | Q(ref=plain.upper()))[
        :MOST
    ]
    if not re.fullmatch(r"\d{12}", plain):
        return list(exact)
    may = [capacity for capacity, names in VIEWS.items() if "applicant" in names]
    return list(exact) or list(visible_cases(actor, capacities=may).filter(applicant=plain)[:MOST])
