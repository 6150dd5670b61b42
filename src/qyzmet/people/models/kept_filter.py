"""Filters of a list that somebody keeps under a name."""

from __future__ import annotations

from django.db import models

from qyzmet.people.models.account import Account

__all__ = ["KeptFilter"]


class KeptFilter(models.Model):
    """One's own filter of a list: nobody else sees it. `query` is the list's query string in its fixed
    order."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300)
    kept_at = models.DateTimeField()

    class Meta:
        app_label = "people"
        constraints = (models.UniqueConstraint(fields=["account", "name"], name="filter_name_once"),)
