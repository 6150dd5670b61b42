"""The journal: streams of entries chained by hash, their payloads, and the daily seals."""

from __future__ import annotations

from django.db import models

from qyzmet.people.fields import Json

__all__ = ["Entry", "Payload", "Seal", "Stream"]


class Stream(models.Model):
    """The head of a stream. It is locked while an act writes; what it says is checked against the entries."""

    name = models.CharField(max_length=100, primary_key=True)
    seq = models.PositiveBigIntegerField()
    head = models.BinaryField()
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "cases"


class Entry(models.Model):
    """One thing that happened, for good. The database itself refuses to change, remove or replace it.

    `body`: the exact bytes that were hashed (`cases.journal.encode`); the other columns repeat what they say
    so that entries can be found. `hash`: SHA-256 of `body`, which holds the hash before it. No row refers to
    an entry by a foreign key, so that the table can be partitioned.
    """

    stream = models.CharField(max_length=100)
    seq = models.PositiveBigIntegerField()
    act = models.CharField(max_length=60)
    person = models.CharField(max_length=12)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    body = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        app_label = "cases"
        constraints = (models.UniqueConstraint(fields=["stream", "seq"], name="entry_in_order"),)


class Payload(models.Model):
    """What an entry's commitment stands for. A lawful erasure empties `salt` and `data` and says so in
    `erased` (rule, clause); the entry itself stays."""

    stream = models.CharField(max_length=100)
    seq = models.PositiveBigIntegerField()
    salt = models.BinaryField(null=True)
    data = models.TextField(null=True)
    erased = Json(null=True)

    class Meta:
        app_label = "cases"
        constraints = (models.UniqueConstraint(fields=["stream", "seq"], name="payload_once"),)


class Seal(models.Model):
    """A day's seal: `body` lists a leaf (stream, count, head) for every stream touched since the seal before,
    and that seal's hash. The copy that counts is written outside the database, at `kept_at`."""

    no = models.PositiveIntegerField(unique=True)
    day = models.DateField()
    body = models.BinaryField()
    hash = models.BinaryField()
    signature = models.BinaryField(null=True)
    kept_at = models.CharField(max_length=300, blank=True)
    sealed_at = models.DateTimeField()

    class Meta:
        app_label = "cases"
