"""Who holds which post where, and who stands in for them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from qyzmet.people.models.account import Account
from qyzmet.people.models.organisation import Organisation

__all__ = ["PostHolding", "Substitution"]


class PostHolding(models.Model):
    """An account holds a post (a package's post id) in an organisation. `until` is the first moment it no
    longer does; posts are never deleted, because old acts were done in them.

    `service` limits the post to one service where several use the same word for it; empty means all.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    post = models.CharField(max_length=60)
    service = models.CharField(max_length=60, blank=True)
    chair = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        app_label = "people"
        indexes = (
            models.Index(fields=["account", "until"], name="holding_by_account"),
            models.Index(fields=["organisation", "post"], name="holding_by_post"),
        )


class Substitution(models.Model):
    """Another account acts in someone's post for a while, by an order with a number."""

    holding = models.ForeignKey(PostHolding, on_delete=models.PROTECT, related_name="substitutions")
    substitute = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="substitutions")
    order = models.CharField(max_length=100)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        app_label = "people"
        indexes = (models.Index(fields=["substitute", "until"], name="substitution_by_account"),)
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="substitution_forward"),
        )
