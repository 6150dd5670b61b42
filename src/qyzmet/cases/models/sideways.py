"""What acts leave for others to carry out: side effects, files and work on many cases at once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qyzmet.cases.models.case import Case
from qyzmet.people.fields import Json
from qyzmet.people.models import Account, Organisation

__all__ = ["Batch", "BatchItem", "Blob", "Breaker", "Outbox"]


class Outbox(models.Model):
    """A side effect to deliver, in order within its destination and stream. Its payload is built when sent.

    `state`: `waiting`, `sent` or `parked`. `lease`: until when a worker holds it.
    """

    destination = models.CharField(max_length=60)
    stream = models.CharField(max_length=100)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    ref = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    lease = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, default="waiting")
    last_error = models.TextField(blank=True)

    class Meta:
        app_label = "cases"
        constraints = (
            models.UniqueConstraint(
                fields=["stream", "destination", "seq", "kind", "ref"], name="outbox_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["destination", "next_at", "id"], name="outbox_waiting", condition=Q(state="waiting")
            ),
            models.Index(fields=["destination", "id"], name="outbox_parked", condition=Q(state="parked")),
        )


class Breaker(models.Model):
    """How a destination has been failing: in a row so many times, and left alone until `open_until`."""

    destination = models.CharField(max_length=60, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        app_label = "cases"


class Blob(models.Model):
    """A stored file, known by the SHA-256 of its bytes. It is written and synced before a row names it."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"


class Batch(models.Model):
    """One dispatch, signature, sitting or set of orders over many cases; resumable, a result per item."""

    kind = models.CharField(max_length=10)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=60, blank=True)
    act = models.CharField(max_length=60)
    params = Json(default=dict)
    signature = Json(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"


class BatchItem(models.Model):
    """One case of a batch and what came of it (`result`: `{done: …}` or `{refused: code}`)."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    no = models.PositiveIntegerField()
    result = Json(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"
        constraints = (models.UniqueConstraint(fields=["batch", "place"], name="batch_place_once"),)
