"""An application being written, and the signatures of its other sides."""

from __future__ import annotations

import secrets

from django.db import models

from qyzmet.cases.models import Edition
from qyzmet.people.fields import Json
from qyzmet.people.models import Account

__all__ = ["CoSignature", "Draft", "new_ref"]

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_ref() -> str:
    """A reference nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(16))


class Draft(models.Model):
    """What somebody has typed so far, kept at every page; `ref` is the key under which it is filed, once.

    `party`: the IIN or BIN it is written for. `form`: answers as typed, also those that are wrong.
    `documents`: document id → [{name, size, sha256}]. `about`: the case a complaint is about. `filed`: the
    reference of the case it became. `prepared`: SHA-256 of the bytes the other sides were asked to sign;
    while it is set nothing is changed.
    """

    ref = models.CharField(max_length=16, unique=True, default=new_ref)
    owner = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    party = models.CharField(max_length=12)
    service = models.CharField(max_length=60)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=60)
    variant = Json(default=dict)
    orgs = Json(default=dict)
    form = Json(default=dict)
    documents = Json(default=dict)
    about = models.CharField(max_length=16, blank=True)
    filed = models.CharField(max_length=16, blank=True)
    prepared = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        app_label = "portal"
        indexes = (models.Index(fields=["owner", "party", "-id"], name="draft_by_owner"),)


class CoSignature(models.Model):
    """A side asked to sign a draft, and what it answered; taken back with the draft's lock.

    `party` is the package's, `number` its IIN or BIN. `signed`: the signature as `cases.signed` reads it.
    """

    INVITED, SIGNED, DECLINED = "invited", "signed", "declined"

    ref = models.CharField(max_length=16, unique=True, default=new_ref)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="cosignatures")
    party = models.CharField(max_length=60)
    number = models.CharField(max_length=12)
    state = models.CharField(max_length=8, default=INVITED)
    reason = models.CharField(max_length=2000, blank=True)
    signed = Json(null=True)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "portal"
        constraints = (models.UniqueConstraint(fields=["draft", "party"], name="cosignature_once"),)
        indexes = (models.Index(fields=["number", "state"], name="cosignature_by_number"),)
