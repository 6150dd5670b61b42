"""The agenda of a commission: the files before it, in the order they are due, made to be printed too."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.queries import my_tasks
from qyzmet.config import clock
from qyzmet.office.desk import actor_of, official, page
from qyzmet.office.listing import listed

__all__ = ["agenda"]

MOST = 100


@official
def agenda(request: HttpRequest) -> HttpResponse:
    """Every file the commission has to decide, with how many have voted and whether one has oneself."""
    actor, now = actor_of(request), clock.now()
    tasks = [each for each in my_tasks(actor, most=MOST).tasks if each.token.kind == "collegial"]
    rows = listed(actor, tasks, now)
    waiting = sum(not row.voted for row in rows)
    return page(request, "agenda.html", {"rows": rows, "waiting": waiting, "now": now}, at="agenda")
