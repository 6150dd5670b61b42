"""The queue of a body's windows: who sits where, the tickets of a day, and visits to those who cannot come.

A ticket holds no word of who stands behind it; a visit does, for somebody has to go there.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qyzmet.cases.models.case import Case
from qyzmet.people.fields import Json
from qyzmet.people.models import Account, Organisation

__all__ = ["HandedOver", "HomeVisit", "Purpose", "Ticket", "TicketState", "VisitState", "Window"]


class Purpose(models.TextChoices):
    """What one comes to the window for."""

    APPLY = "apply"
    COLLECT = "collect"


class TicketState(models.TextChoices):
    """`called` and `serving` hold a window; the last three are over."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    SERVED = "served"
    NO_SHOW = "no-show"
    TRANSFERRED = "transferred"


class VisitState(models.TextChoices):
    """How far a visit to somebody's home has come."""

    ASKED = "asked"
    APPOINTED = "appointed"
    MADE = "made"
    CANCELLED = "cancelled"


class Window(models.Model):
    """An official sits at window `number` from `opened_at` until `closed_at`. `services` empty: all of the
    body's."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    services = Json(default=list)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "number"], name="window_once", condition=Q(closed_at__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["account"], name="window_of_one", condition=Q(closed_at__isnull=True)
            ),
        )


class Ticket(models.Model):
    """A turn in the queue of a body on one day. Sent on to another window, the same number gets another row.

    `queued_at`: when the number was first given, which orders the queue; `issued_at`: when this turn began to
    wait. `for_window`: only that window may call it. Limits are minutes of the law of its day with their
    clauses, empty where no act sets one.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    no = models.PositiveIntegerField()
    turn = models.PositiveSmallIntegerField(default=1)
    service = models.CharField(max_length=60)
    purpose = models.CharField(max_length=7, choices=Purpose.choices, default=Purpose.APPLY)
    state = models.CharField(max_length=11, choices=TicketState.choices, default=TicketState.WAITING)
    queued_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    for_window = models.PositiveSmallIntegerField(null=True)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, related_name="tickets")
    called_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    wait_limit = models.PositiveSmallIntegerField(null=True)
    wait_cite = models.CharField(max_length=300, blank=True)
    serve_limit = models.PositiveSmallIntegerField(null=True)
    serve_cite = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "cases"
        constraints = (
            models.UniqueConstraint(fields=["organisation", "day", "no", "turn"], name="ticket_once"),
            models.UniqueConstraint(
                fields=["window"], name="ticket_at_window", condition=Q(state__in=["called", "serving"])
            ),
        )
        indexes = (models.Index(fields=["organisation", "issued_at"], name="ticket_by_body"),)

    OPEN: ClassVar[tuple[str, ...]] = ("waiting", "called", "serving")

    @property
    def number(self) -> str:
        """The number as slip and board show it: `007`."""
        return f"{self.no:03d}"


class HomeVisit(models.Model):
    """Somebody who cannot come asks an official to come and take the papers at home.

    `way`: by `call` or `letter`. `why`: in the person's words, what keeps them from coming. `consented_at`:
    when they agreed to their address and telephone being kept for it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=60)
    applicant = models.CharField(max_length=12)
    applicant_name = models.CharField(max_length=300)
    phone = models.CharField(max_length=20)
    address = models.CharField(max_length=300)
    why = models.CharField(max_length=300)
    way = models.CharField(max_length=6)
    cite = models.CharField(max_length=300)
    consented_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    person = models.CharField(max_length=12)
    state = models.CharField(max_length=9, choices=VisitState.choices, default=VisitState.ASKED)
    at = models.DateTimeField(null=True)
    inspector = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "cases"
        indexes = (models.Index(fields=["organisation", "state", "id"], name="visit_by_body"),)


class HandedOver(models.Model):
    """To whom a result was given at a window. `number`: the IIN or BIN shown; `as_party`: `recipient` or
    `representative`, whose `authority` is the paper it rests on; `paper`: the signed receipt,
    [{name, size, sha256}]."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    token_no = models.PositiveIntegerField()
    received_by = models.CharField(max_length=300)
    number = models.CharField(max_length=12)
    as_party = models.CharField(max_length=14)
    identified_by = models.CharField(max_length=300)
    authority = models.CharField(max_length=300, blank=True)
    paper = Json(default=list)
    official = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        constraints = (models.UniqueConstraint(fields=["case", "token_no"], name="handed_over_once"),)
