"""Organisations that take part in services: providers, counters, commissions' bodies, complaint bodies."""

from __future__ import annotations

from django.db import models

from qyzmet.people.fields import Json

__all__ = ["Organisation"]


class Organisation(models.Model):
    """A real body of a `kind` a package names.

    `code`: a stable short id for data files. `hours`: a name of the clock's office hours. `serves`: ids of
    the services it takes part in; empty means every service that asks for its kind. `parent`: the body above
    it, which supervises and hears complaints. `closed_at`: from when it takes part in nothing new.
    """

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=60, db_index=True)
    bin = models.CharField(max_length=12, blank=True)
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    hours = models.CharField(max_length=60)
    region = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="below")
    serves = Json(default=list)
    settings = Json(default=dict)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "people"

    def __str__(self) -> str:
        return self.name_en

    def name(self, language: str) -> str:
        """The name in 'kk', 'ru' or 'en'."""
        return str(getattr(self, f"name_{language}"))
