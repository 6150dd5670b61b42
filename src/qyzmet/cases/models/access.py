"""Who may see a case, and as what. Acts write these rows; every list, count and download starts from them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qyzmet.cases.models.case import Case
from qyzmet.people.models import Organisation

__all__ = ["Capacity", "CaseAccess"]


OURS = Q(until__isnull=True, person__isnull=True)
THEIRS = Q(until__isnull=True, organisation__isnull=True)


class Capacity(models.TextChoices):
    """In what capacity one sees a case; each has a view of its own in `cases.queries.views`."""

    PARTY = "party"
    INTAKE = "intake"
    PROVIDER = "provider"
    HOLDER = "holder"
    SUPERVISOR = "supervisor"
    COMPLAINT_BODY = "complaint-body"


class CaseAccess(models.Model):
    """An organisation, or a person by IIN or BIN, may see a case from `since` until `until`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="access")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, db_index=False, null=True, related_name="+"
    )
    person = models.CharField(max_length=12, null=True)
    capacity = models.CharField(max_length=14, choices=Capacity.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"
        constraints = (
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(person__isnull=True), name="access_of_one"
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "-case", "capacity"], name="access_by_org", condition=OURS),
            models.Index(fields=["person", "-case", "capacity"], name="access_by_person", condition=THEIRS),
        )  # fmt: skip
