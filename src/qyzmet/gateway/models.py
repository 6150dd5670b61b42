"""What was told to whom, and by which way it went out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qyzmet.cases.models import Case
from qyzmet.people.fields import Json
from qyzmet.people.models import Organisation

__all__ = ["Notice"]


class Notice(models.Model):
    """One letter to one person about one event of a case: in the cabinet always, by e-mail where there is an
    address.

    `seq`, `code`: the entry it follows from. `person`: IIN or BIN. `organisation`: set when it is told to an
    official, in the body where the post is held. `letter`: the paragraphs. `email`: the address it was sent
    to, empty when none is known; `sent_at`: when the mail server took it. A lawful erasure empties `letter`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="notices")
    seq = models.PositiveBigIntegerField()
    code = models.CharField(max_length=60)
    person = models.CharField(max_length=12)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, db_index=False, null=True, related_name="+"
    )
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    letter = Json(default=list)
    occurred_at = models.DateTimeField()
    made_at = models.DateTimeField()
    email = models.CharField(max_length=254, blank=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "gateway"
        constraints = (
            models.UniqueConstraint(
                fields=["case", "seq", "code", "person"],
                name="notice_to_party_once",
                condition=Q(organisation__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["case", "seq", "code", "person", "organisation"], name="notice_to_official_once"
            ),
        )
        indexes = (
            models.Index(fields=["person", "-id"], name="notice_by_person"),
            models.Index(fields=["case", "id"], name="notice_by_case"),
        )
