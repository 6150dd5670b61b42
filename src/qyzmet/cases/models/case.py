"""A case: one application of one recipient under one edition of a service."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from qyzmet.cases.models.edition import Edition
from qyzmet.people.fields import Json
from qyzmet.people.models import Account, Organisation

__all__ = ["Case", "CaseState", "Filing"]


class CaseState(models.TextChoices):
    """Where a case stands. `received`: taken in, to be registered when the door's hours say so."""

    RECEIVED = "received"
    OPEN = "open"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Case(models.Model):
    """What is known of a case without opening its papers.

    `opening`: why the edition takes filings although it is not in force, in three languages. `breach`:
    clauses that could no longer be kept.

    `unconfirmed`: received with a signature whose revocation is still asked about; it registers after that.

    `ref`: the random reference people use before and after there is a `number`. `orgs`: package role →
    organisation id. `facts`: the flat facts of docs/language.md. `next_token`, `held`, `suspensions` and
    `exit` are the engine's state beside the tokens. `moved_at`: when the last event of the procedure
    occurred.
    """

    ref = models.CharField(max_length=16, unique=True)
    number = models.CharField(max_length=40, unique=True, null=True)
    service = models.CharField(max_length=60)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, db_index=False, related_name="cases")
    channel = models.CharField(max_length=60)
    variant = Json(default=dict)
    facts = Json(default=dict)
    orgs = Json(default=dict)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False, related_name="+")
    applicant = models.CharField(max_length=12)
    applicant_kind = models.CharField(max_length=12)
    filed_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, db_index=False, null=True, related_name="+"
    )
    filer = models.CharField(max_length=12)
    filing_key = models.CharField(max_length=64, null=True)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.RECEIVED)
    exit = models.CharField(max_length=60, null=True)
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()
    next_token = models.PositiveIntegerField(default=1)
    held = Json(default=list)
    suspensions = Json(default=list)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, db_index=False, null=True, related_name="sub_cases"
    )
    parent_token = models.PositiveIntegerField(null=True)
    about = models.ForeignKey(
        "self", on_delete=models.PROTECT, db_index=False, null=True, related_name="complaints"
    )
    breach = Json(default=list)
    opening = Json(null=True)
    unconfirmed = models.BooleanField(default=False)

    class Meta:
        app_label = "cases"
        constraints = (models.UniqueConstraint(fields=["filer", "filing_key"], name="filing_once"),)
        indexes = (
            models.Index(
                fields=["registered_at", "received_at", "id"],
                name="case_to_register",
                condition=Q(state="received"),
            ),
            models.Index(fields=["service", "-id"], name="case_by_service"),
            models.Index(fields=["applicant", "-id"], name="case_by_applicant"),
            models.Index(fields=["edition"], name="case_open_by_edition", condition=~Q(state="ended")),
            models.Index(fields=["ended_at"], name="case_ended", condition=Q(state="ended")),
            models.Index(fields=["parent"], name="case_by_parent", condition=Q(parent__isnull=False)),
            models.Index(fields=["about"], name="case_by_about", condition=Q(about__isnull=False)),
        )

    @property
    def registered(self) -> datetime | None:
        """When it was registered, or will be; None once it has ended before that."""
        return None if self.state == CaseState.ENDED and self.number is None else self.registered_at

    @property
    def stream(self) -> str:
        """The journal stream of this case."""
        return f"case:{self.pk}"


class Filing(models.Model):
    """The papers of a case: what the recipient said and gave. Personal data lives here, so that a lawful
    erasure empties one row.

    `documents`: document id → [{name, size, sha256}]. `signatures`: party → who signed, by
    which certificate (`SignatureRecord` has the verdicts). `prepared`: SHA-256 of the bytes that were signed.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="filing")
    applicant_name = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, default="kk")
    form = Json(default=dict)
    documents = Json(default=dict)
    parties = Json(default=dict)
    signatures = Json(default=dict)
    prepared = models.CharField(max_length=64, blank=True)
    erased = Json(null=True)

    class Meta:
        app_label = "cases"
