"""A blocked account may be signed in with again."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account

__all__ = ["unblock_account"]


def unblock_account(
    actor: Actor, account: int, *, reason: str, now: datetime, key: str | None = None
) -> Account:
    """Take the block off an account. Raises ActRefused `account-not-blocked`. Cites: the reason."""
    allow.operator(actor)
    why = administering.reasoned(reason)
    with act("unblock-account", actor, now=now, key=key, body=[account, why]) as this:
        this.ledger.lock([f"account:{account}"])
        row = administering.account(account)
        if this.repeated:
            return row
        if row.is_active:
            raise refused("account-not-blocked")
        row.is_active = True
        row.save(update_fields=["is_active"])
        this.record(f"account:{row.pk}", "account.unblocked", {"reason": why})
        this.answer = {"account": row.pk}
    return row
