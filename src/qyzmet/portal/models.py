"""An application being written."""

from __future__ import annotations

import secrets

from django.db import models

from qyzmet.cases.models import Edition
from qyzmet.people.fields import Json
from qyzmet.people.models import Account

__all__ = ["Draft", "new_ref"]

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_ref() -> str:
    """A reference nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(16))


class Draft(models.Model):
    """What somebody has typed so far, kept at every page; `ref` is the key under which it is filed, once.

    `party`: the IIN or BIN it is written for. `form`: answers as typed, also those that are wrong.
    `documents`: document id → [{name, size, sha256}]. `about`: the case a complaint is about. `filed`: the
    reference of the case it became.
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
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        app_label = "portal"
        indexes = (models.Index(fields=["owner", "party", "-id"], name="draft_by_owner"),)
