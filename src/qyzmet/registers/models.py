"""One table for every register: a claim of a holder on a subject, live until it ends."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qyzmet.cases.models import Case
from qyzmet.people.fields import Json

__all__ = ["Claim"]

LIVE = Q(until__isnull=True)


class Claim(models.Model):
    """`holder` (IIN or BIN) has `subject` in a `register` since `since`, by `case`; live until `until`.

    `part_of`: the subject this one belongs to (a unit's object). `number`: the record number people know it
    by. `data`: what else is true of it now; the journal has how it came to be. Of one subject there is one
    live claim, which the database itself holds to.
    """

    register = models.CharField(max_length=30)
    subject = models.CharField(max_length=100)
    part_of = models.CharField(max_length=100, blank=True)
    number = models.CharField(max_length=60, null=True)
    holder = models.CharField(max_length=12)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claims")
    data = Json(default=dict)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        app_label = "registers"
        constraints = (
            models.UniqueConstraint(fields=["register", "subject"], name="one_live_claim", condition=LIVE),
            models.UniqueConstraint(fields=["register", "number"], name="claim_number_once"),
        )
        indexes = (
            models.Index(fields=["holder", "register"], name="claim_by_holder", condition=LIVE),
            models.Index(fields=["register", "part_of"], name="claim_by_part", condition=LIVE),
        )
