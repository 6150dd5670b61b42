"""The relatives an official has declared, so that nobody decides the case of their own family."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qyzmet.people.models.account import Account

__all__ = ["Relative"]


class Relative(models.Model):
    """`account` has declared that `number` (an IIN, or the BIN of a company of the family) is close to them.

    `kinship`: `spouse`, `parent`, `child`, `sibling`, `in-law`, `other` or `company`. One that was taken back
    keeps its row with `until`.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="relatives")
    number = models.CharField(max_length=12)
    kinship = models.CharField(max_length=12)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        app_label = "people"
        constraints = (
            models.UniqueConstraint(
                fields=["account", "number"], name="relative_once", condition=Q(until__isnull=True)
            ),
        )
