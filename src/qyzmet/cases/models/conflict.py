"""A conflict of interest an official has declared in a case."""

from __future__ import annotations

from django.db import models

from qyzmet.cases.models.case import Case
from qyzmet.people.models import Account

__all__ = ["Conflict"]


class Conflict(models.Model):
    """`account` stands aside in `case`: they take, decide and direct nothing in it from `at` on."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conflicts")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        constraints = (models.UniqueConstraint(fields=["case", "account"], name="conflict_once"),)
