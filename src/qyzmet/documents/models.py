"""Documents that were issued: what each says, where its PDF is, and whether it is still in force."""

from __future__ import annotations

from django.db import models

from qyzmet.cases.models import Case
from qyzmet.people.fields import Json

__all__ = ["Document", "DocumentState"]


class DocumentState(models.TextChoices):
    """Whether a document still counts."""

    IN_FORCE = "in-force"
    REPLACED = "replaced"
    ANNULLED = "annulled"


class Document(models.Model):
    """One issued document of a case.

    `issued`: its id in the package. `seq`: the entry of the case's stream it follows from. `code`: what
    people check it by. `content`: what is printed, as data; a lawful erasure empties it. `digest`: SHA-256 of
    the PDF.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    seq = models.PositiveBigIntegerField()
    issued = models.CharField(max_length=60)
    template = models.CharField(max_length=60)
    code = models.CharField(max_length=20, unique=True)
    number = models.CharField(max_length=60)
    name = Json(default=dict)
    issuer = Json(default=dict)
    content = Json(null=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=DocumentState.choices, default=DocumentState.IN_FORCE)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        app_label = "documents"
        constraints = (models.UniqueConstraint(fields=["case", "seq", "issued"], name="document_once"),)
        indexes = (models.Index(fields=["case", "id"], name="document_by_case"),)
