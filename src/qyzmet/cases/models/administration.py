"""What the administrator does to the platform: hours changed, editions proposed, maintenance announced."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qyzmet.people.fields import Json
from qyzmet.people.models import Organisation

__all__ = ["HoursAct", "Maintenance", "Proposal"]


class HoursAct(models.Model):
    """A change of office hours, in the order of `no`: of the hours called `name`, or, with an `organisation`,
    of which hours that body keeps.

    `before` and `after`: the hours as `hours.yaml` writes them, or `{hours: name}` for a body. `done_to`:
    open deadlines of the cases up to this id are recomputed; `finished_at`: of all of them.
    """

    no = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    before = Json(default=dict)
    after = Json(default=dict)
    reason = models.TextField()
    person = models.CharField(max_length=12)
    applied_at = models.DateTimeField()
    done_to = models.PositiveBigIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"


class Proposal(models.Model):
    """An edition, or a revision of one, that one administrator proposes and another approves.

    `kind`: `publish`, `texts` or `repair`. `package`: the bytes that were looked at, `hash` their SHA-256.
    `report`: the dry run's, empty for a new edition. `state`: `waiting`, `approved`, `declined`, `withdrawn`.
    """

    kind = models.CharField(max_length=10)
    service = models.CharField(max_length=60)
    edition = models.CharField(max_length=80)
    hash = models.CharField(max_length=64)
    package = models.BinaryField()
    report = Json(default=dict)
    reason = models.TextField()
    person = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    decided_by = models.CharField(max_length=12, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        app_label = "cases"
        constraints = (
            models.UniqueConstraint(fields=["hash"], name="proposal_once", condition=Q(state="waiting")),
        )


class Maintenance(models.Model):
    """A time in which the system may not answer, announced on every page. No clock stops for it."""

    since = models.DateTimeField()
    until = models.DateTimeField()
    text_kk = models.CharField(max_length=300)
    text_ru = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    person = models.CharField(max_length=12)
    announced_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="maintenance_forward"),
        )
