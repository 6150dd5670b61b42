"""The book of suspensions, as a page to read and to print."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from qyzmet.cases.queries.book import suspended, years
from qyzmet.clock import local
from qyzmet.config import clock
from qyzmet.office.body_work import directs
from qyzmet.office.book import entries
from qyzmet.office.desk import actor_of, official, page

__all__ = ["suspensions"]


@official
def suspensions(request: HttpRequest) -> HttpResponse:
    """`?year=2012&after=…`; for the posts that direct the work of the body."""
    actor = actor_of(request)
    if not directs(actor):
        raise PermissionDenied
    known = years(actor)
    asked, after = request.GET.get("year", ""), request.GET.get("after", "")
    now = local(clock.now()).year
    year = next((each for each in known if str(each) == asked), known[0] if known else now)
    found = suspended(actor, year, after=int(after) if after.isdecimal() and len(after) < 18 else 0)
    context = {"entries": list(entries(found.rows)), "year": year, "years": known, "next": found.next}
    return page(request, "book.html", context, at="tasks")
