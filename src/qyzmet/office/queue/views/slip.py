"""The slip with one's number, as it is printed and given."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from qyzmet.cases.hall import queueing
from qyzmet.cases.models import Ticket
from qyzmet.config import clock
from qyzmet.office.desk import actor_of
from qyzmet.office.names import body_name
from qyzmet.office.queue.gate import counter, draw
from qyzmet.office.queue.rows import rows

__all__ = ["slip"]


@counter
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, service, time, how many wait before, and how long one may have to wait by the act."""
    now, where = clock.now(), actor_of(request).organisation or 0
    found = Ticket.objects.filter(pk=pk, organisation_id=where).first()
    if found is None:
        raise Http404
    before = Ticket.objects.filter(
        organisation_id=where, day=found.day, state="waiting", queued_at__lte=found.queued_at, no__lt=found.no
    )
    (row,) = rows([found], queueing.served(where, now), now)
    return draw(request, "slip.html", "hall", row=row, before=before.count(), where=body_name(where))
