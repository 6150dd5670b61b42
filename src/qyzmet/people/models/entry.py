"""How people come in: the sessions they have, and the attempts that are counted."""

from __future__ import annotations

from django.db import models

from qyzmet.people.models.account import Account

__all__ = ["Attempt", "SignIn"]


class SignIn(models.Model):
    """One session of an account, as its list shows it. `place`: the address it came from; `agent`: what the
    browser says it is. The session itself is Django's; a row without one is over.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    since = models.DateTimeField()
    place = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "people"


class Attempt(models.Model):
    """Something that may be tried only so often. `whom`: a keyed digest, so that no number stands here."""

    kind = models.CharField(max_length=20)
    whom = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        app_label = "people"
        indexes = (models.Index(fields=["kind", "whom", "at"], name="attempt_by_whom"),)
