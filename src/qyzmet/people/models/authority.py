"""The right of a person to act for a company or for another person."""

from __future__ import annotations

from django.db import models

from qyzmet.people.models.account import Account

__all__ = ["Authority"]


class Authority(models.Model):
    """`account` may act for `principal` (IIN or BIN) on a stated basis, from `since` until `until`.

    `basis`: `head`, `power-of-attorney`, `legal-representative`…; `document` names the paper it rests on.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="authorities")
    principal = models.CharField(max_length=12, db_index=True)
    principal_kind = models.CharField(max_length=12)
    principal_name = models.CharField(max_length=300)
    basis = models.CharField(max_length=60)
    document = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        app_label = "people"
