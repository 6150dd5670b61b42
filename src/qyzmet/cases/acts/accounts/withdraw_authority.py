"""An authority to act for a company is taken back."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import accounts
from qyzmet.cases.acts.accounts.give_authority import heads
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.people.models import Authority

__all__ = ["withdraw_authority"]


def withdraw_authority(actor: Actor, authority: int, *, now: datetime) -> Authority:
    """End an authority of the actor's company, or one's own, from this moment on.

    Raises ActRefused `authority-gone` for one that has ended, or is another company's. Cites: A120 §10.
    """
    if not actor.confirmed:
        raise refused("not-your-act")
    with act("withdraw-authority", actor, now=now) as this:
        mine = accounts.own(this)
        row = Authority.objects.select_for_update().filter(pk=authority).first()
        if row is None or (row.until is not None and row.until <= now):
            raise refused("authority-gone")
        if row.account_id != actor.account and not (heads(actor) and row.principal == actor.party):
            raise refused("authority-gone")
        row.until = max(now, row.since)
        row.save(update_fields=["until"])
        said = {"authority": row.pk, "principal": row.principal, "basis": row.basis}
        streams = {accounts.stream(row.account_id), accounts.stream(mine)}
        this.ledger.lock(sorted(streams))
        for each in sorted(streams):
            this.record(each, "authority.withdrawn", said)
    return row
