"""An account is blocked: its sessions end and nobody signs in with it."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people import signed_in
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account

__all__ = ["block_account"]


def block_account(
    actor: Actor, account: int, *, reason: str, now: datetime, key: str | None = None
) -> Account:
    """Block an account. Its cases, posts and drafts stay as they are; its tasks can be given to others.

    Nobody blocks oneself, so that somebody is left to unblock. Raises ActRefused `account-own`,
    `account-blocked`. Cites: the reason.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    if account == actor.account:
        raise refused("account-own")
    with act("block-account", actor, now=now, key=key, body=[account, why]) as this:
        this.ledger.lock([f"account:{account}"])
        row = administering.account(account)
        if this.repeated:
            return row
        if not row.is_active:
            raise refused("account-blocked")
        row.is_active = False
        row.save(update_fields=["is_active"])
        ended = signed_in.end(row)
        this.record(f"account:{row.pk}", "account.blocked", {"reason": why, "sessions": ended})
        this.answer = {"account": row.pk}
    return row
