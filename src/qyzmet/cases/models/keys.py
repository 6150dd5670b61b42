"""Keys that make things happen once, numbers without gaps, and filings refused at the window."""

from __future__ import annotations

from django.db import models

from qyzmet.people.fields import Json
from qyzmet.people.models import Organisation

__all__ = ["IdempotencyKey", "NumberSeries", "RefusedFiling"]


class IdempotencyKey(models.Model):
    """A caller's key with the fingerprint of what was asked and the answer given, stored in the act's own
    transaction."""

    caller = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    act = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    answer = Json(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        constraints = (models.UniqueConstraint(fields=["caller", "key"], name="key_once"),)


class NumberSeries(models.Model):
    """The next number of a series per provider and year; taken in the act's transaction, so without gaps."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    next = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "cases"
        constraints = (
            models.UniqueConstraint(fields=["organisation", "series", "year"], name="series_once"),
        )


class RefusedFiling(models.Model):
    """A refusal to accept at the window: no case is opened, but it is recorded and counted.

    `details`: what else its receipt names, as far as it was typed: `address` of the recipient, and
    `with`, who applies together with them.
    """

    number = models.CharField(max_length=40, unique=True)
    service = models.CharField(max_length=60)
    edition = models.CharField(max_length=100)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    applicant = models.CharField(max_length=12)
    applicant_name = models.CharField(max_length=300, blank=True)
    grounds = Json(default=list)
    documents = Json(default=list)
    details = Json(default=dict)
    official = models.CharField(max_length=12)
    refused_at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        indexes = (models.Index(fields=["organisation", "refused_at"], name="refused_by_office"),)
