"""What was told to whom, by which way it went out; what state databases were asked, and what they said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qyzmet.cases.models import Case
from qyzmet.people.fields import Json
from qyzmet.people.models import Organisation

__all__ = ["Notice", "StateQuestion"]


class Notice(models.Model):
    """One letter to one person about one event of a case, or about a day's deadlines in a body, which has
    no `case`: in the cabinet always, by e-mail where there is an address.

    `seq`, `code`: the entry it follows from. `person`: IIN or BIN. `organisation`: set when it is told to an
    official, in the body where the post is held. `letter`: the paragraphs. `email`: the address it was sent
    to, empty when none is known; `sent_at`: when the mail server took it. A lawful erasure empties `letter`.
    """

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_index=False, null=True, related_name="notices"
    )
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
            models.UniqueConstraint(
                fields=["organisation", "seq", "code", "person"],
                name="notice_of_body_once",
                condition=Q(case__isnull=True),
            ),
        )
        indexes = (
            models.Index(fields=["person", "-id"], name="notice_by_person"),
            models.Index(fields=["case", "id"], name="notice_by_case"),
        )


class StateQuestion(models.Model):
    """One question to a state database about one number in a case, and what came of it.

    `item`: the document or field it stands for; `role`: the applicant, or the field of the form with the
    number `about`. `consent`: the field of the form by which it was consented to. `message`: the id it goes
    under. `state`: `asked`, `late` (taken, not answered yet), `answered`, `refused` (`problem`: not-found,
    denied), `failed` (`problem`: silent, fault, signature, unreadable, other-question, late), `stopped` (the
    consent was withdrawn, or the case has ended). `as_of`: the moment the data stood so; `source`: who signed
    the answer; `evidence`: the signed answer, a file. A lawful erasure empties `about`, `data` and `words`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="state_questions")
    item = models.CharField(max_length=60)
    database = models.CharField(max_length=60)
    role = models.CharField(max_length=60)
    about = models.CharField(max_length=40, blank=True)
    consent = models.CharField(max_length=60)
    message = models.CharField(max_length=36, unique=True)
    state = models.CharField(max_length=8, default="asked")
    problem = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=500, blank=True)
    polls = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60, blank=True)
    settled_at = models.DateTimeField(null=True)
    as_of = models.DateTimeField(null=True)
    source = models.CharField(max_length=300, blank=True)
    evidence = models.CharField(max_length=64, blank=True)
    data = Json(default=dict)

    class Meta:
        app_label = "gateway"
        indexes = (models.Index(fields=["case", "id"], name="state_question_by_case"),)
