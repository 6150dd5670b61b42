"""The overview: what waits for an administrator today, and the way to everything else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.acts.seal import seal_is_due
from qyzmet.cases.dates import recompute
from qyzmet.cases.models import Maintenance, Outbox, Proposal
from qyzmet.config import clock
from qyzmet.office.administering.gate import SECTIONS, administrator, show
from qyzmet.office.administering.views.calendar import year_missing
from qyzmet.office.administering.views.texts import left_words
from qyzmet.pages.words import say
from qyzmet.people.models import Account, Organisation

__all__ = ["home"]


@administrator
def home(request: HttpRequest) -> HttpResponse:
    """A card for each section; what needs doing says so."""
    now = clock.now()
    parked = Outbox.objects.filter(state="parked").count()
    waiting = Proposal.objects.filter(state="waiting").count()
    ahead = Maintenance.objects.filter(cancelled_at__isnull=True, until__gt=now).count()
    blocked = Account.objects.filter(is_active=False).count()
    going = recompute.unfinished()
    said = {
        "parked": say("admin.has-parked", count=parked) if parked else "",
        "packages": say("admin.has-proposals", count=waiting) if waiting else "",
        "maintenance": say("admin.has-maintenance", count=ahead) if ahead else "",
        "accounts": say("admin.has-blocked", count=blocked) if blocked else "",
        "calendar": say("admin.recomputing") if going else year_missing(now),
        "seals": say("admin.no-seal-today") if seal_is_due(now) else "",
        "texts": left_words(),
        "bodies": say("admin.count", count=Organisation.objects.filter(closed_at__isnull=True).count()),
    }
    cards = [
        (say(f"admin.to-{each}"), f"/office/admin/{each}/", say(f"admin-{each}.what"), said.get(each, ""))
        for each in SECTIONS
    ]
    return show(request, "home.html", {"cards": cards}, at="")
