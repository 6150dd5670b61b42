"""Published packages: the law as cases run it, kept in the database under its hash."""

from __future__ import annotations

from django.db import models

from qyzmet.people.fields import Json

__all__ = ["Edition", "Revision"]


class Edition(models.Model):
    """A package as published, final. A revision of an edition is a new row; cases point at the row they run
    on.

    `hash`: SHA-256 of `package`, the canonical bytes of the resolved package (`regulation.canon`).
    `law_hash` and `texts_hash`: what changed between two revisions. `ordinal`: order of publication within
    the service.
    """

    service = models.CharField(max_length=60)
    edition = models.CharField(max_length=80)
    revision = models.PositiveIntegerField(default=1)
    ordinal = models.PositiveIntegerField()
    hash = models.CharField(max_length=64, unique=True)
    law_hash = models.CharField(max_length=64)
    texts_hash = models.CharField(max_length=64)
    package = models.BinaryField()
    general = models.BooleanField(default=False)
    published_at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        constraints = (
            models.UniqueConstraint(fields=["service", "edition", "revision"], name="edition_once"),
            models.UniqueConstraint(fields=["service", "ordinal"], name="edition_in_order"),
        )

    @property
    def name(self) -> str:
        """`service/edition`, and `#revision` from the second on, as journal entries name it."""
        base = f"{self.service}/{self.edition}"
        return base if self.revision == 1 else f"{base}#{self.revision}"


class Revision(models.Model):
    """A correction inside an edition and what the dry run said of it before it was applied.

    `kind`: `texts` or `repair`. `report`: what changes for how many. `applied_at` is empty for a dry run
    only.
    """

    before = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    report = Json(default=dict)
    reason = models.TextField(blank=True)
    approver = models.CharField(max_length=12, blank=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"
