"""What somebody was asked to sign, until it is signed or an hour has passed."""

from __future__ import annotations

import secrets

from django.db import models

from qyzmet.people.fields import Json
from qyzmet.people.models import Account

__all__ = ["SigningRequest", "new_token"]


def new_token() -> str:
    """192 random bits, as an address shows them."""
    return secrets.token_urlsafe(24)


class SigningRequest(models.Model):
    """One request to one person; without `account`, to whoever asked for it in the same session: `person` is
    then empty until the signatures are used (`asking.spend`).

    `token` opens its page for that person; `phone_token` is shown once as a QR code, for eGov Mobile, which
    is not signed in. `capacity`: {post, organisation, party} of the actor who was asked. `purpose` and
    `subject` say who goes on once it is signed, with `params`. `items`: [{id, name, prepared, size, shows:
    [{name, sha256, media}]}], their bytes kept as blobs under `prepared`. `expected`: {iin, bin,
    roles}. `received`: item id → digest of a signature that has come before all have, from the phone or as
    one of many files. `busy_until`: somebody is submitting it.
    """

    token = models.CharField(max_length=32, unique=True, default=new_token)
    phone_token = models.CharField(max_length=32, unique=True, default=new_token)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="+")
    person = models.CharField(max_length=12)
    capacity = Json(default=dict)
    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    items = Json(default=list)
    expected = Json(default=dict)
    params = Json(default=dict)
    received = Json(default=dict)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    busy_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "evidence"
