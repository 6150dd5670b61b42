"""Signatures as they were judged, one row for each that an act rests on, kept to be judged again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qyzmet.cases.models.case import Case
from qyzmet.people.fields import Json

__all__ = ["SignatureRecord"]


class SignatureRecord(models.Model):
    """A signature and its verdict. Entry `seq` of `stream` names it; `cases.signed.restored` reads it back.

    `subject`: `filing:<party>`, `step:<no>`, `document:<id>` (a correction) or `handing:<no>` (the receipt of
    a result). `prepared`: SHA-256 of the signed bytes, which are kept as a blob. `outcome`: `valid`,
    `pending` (a source of revocation has yet to answer) or `invalid`. `iin`, `bin` and `name` are those of
    the certificate. `record`: the verdict, its big evidence named by digest.
    `waiting`: what goes out once a pending one is confirmed, [[destination, kind, seq, ref]].
    """

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_index=False, null=True, related_name="signatures"
    )
    stream = models.CharField(max_length=100)
    seq = models.PositiveBigIntegerField()
    subject = models.CharField(max_length=80)
    prepared = models.CharField(max_length=64)
    outcome = models.CharField(max_length=8)
    iin = models.CharField(max_length=12, blank=True)
    bin = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=300, blank=True)
    record = Json(default=dict)
    waiting = Json(default=list)
    judged_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"
        constraints = (models.UniqueConstraint(fields=["stream", "seq", "subject"], name="signature_once"),)
        indexes = (
            models.Index(fields=["case", "id"], name="signature_by_case", condition=Q(case__isnull=False)),
            models.Index(fields=["prepared"], name="signature_by_bytes"),
            models.Index(fields=["judged_at"], name="signature_pending", condition=Q(outcome="pending")),
        )

    FILING: ClassVar[str] = "filing:"
    HANDING: ClassVar[str] = "handing:"

    @property
    def of_recipient(self) -> bool:
        """Whether the recipient's side put it, under the application or for a result, and no official did."""
        return self.subject.startswith((self.FILING, self.HANDING))
