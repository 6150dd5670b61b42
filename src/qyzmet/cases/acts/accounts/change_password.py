"""One changes one's own password."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import accounts
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account

__all__ = ["change_password"]


def change_password(actor: Actor, old: str, new: str, *, now: datetime) -> Account:
    """Set a new password, knowing the old one; every other session ends with the old one.

    Raises ActRefused `password-other`, `password-same`, `password-weak`, `password-long`. Cites: A120 §10.
    """
    known = Account.objects.filter(pk=actor.account or 0).first()
    if known is None or not known.check_password(old[:200]):
        raise refused("password-other", hint={"field": "old"})
    if old == new:
        raise refused("password-same", hint={"field": "password"})
    kept = accounts.hashed(new, known)
    with act("change-password", actor, now=now) as this:
        row = accounts.own(this)
        if row.password != known.password:
            raise refused("password-other", hint={"field": "old"})
        row.password = kept
        row.save(update_fields=["password"])
        this.record(accounts.stream(row), "account.password-changed", {"by": "password"})
    return row
