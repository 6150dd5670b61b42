"""Documents that were issued: what each says, where its PDF is, and whether it is still in force."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qyzmet.cases.models import Case, RefusedFiling
from qyzmet.people.fields import Json

__all__ = ["Document", "DocumentState"]


class DocumentState(models.TextChoices):
    """Whether a document still counts."""

    IN_FORCE = "in-force"
    REPLACED = "replaced"
    ANNULLED = "annulled"


class Document(models.Model):
    """One issued document, of a case or of a refusal to accept at a window.

    `issued`: its id in the package. `seq`: the entry of the stream it follows from. `code`: what people check
    it by. `content`: what is printed, as data; a lawful erasure empties it. `digest`: SHA-256 of the sealed
    PDF; `before_seal`: of the PDF the official saw and signed. `ended_at`: when it was replaced or annulled,
    and `ended_because`: the reason given, for the sides of the case only.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="documents")
    refusal = models.ForeignKey(RefusedFiling, on_delete=models.PROTECT, null=True, related_name="issued")
    seq = models.PositiveBigIntegerField()
    issued = models.CharField(max_length=60)
    template = models.CharField(max_length=60)
    code = models.CharField(max_length=20, unique=True)
    number = models.CharField(max_length=60)
    name = Json(default=dict)
    issuer = Json(default=dict)
    content = Json(null=True)
    digest = models.CharField(max_length=64, db_index=True)
    before_seal = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=DocumentState.choices, default=DocumentState.IN_FORCE)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced")
    issued_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        app_label = "documents"
        constraints = (
            models.UniqueConstraint(fields=["case", "seq", "issued"], name="document_once"),
            models.UniqueConstraint(fields=["refusal", "issued"], name="document_once_refused"),
            models.CheckConstraint(
                condition=Q(case__isnull=True) ^ Q(refusal__isnull=True), name="document_of_one"
            ),
        )
        indexes = (models.Index(fields=["case", "id"], name="document_by_case"),)
