"""The second factor of an account is taken off: its owner sets up a new one."""

from __future__ import annotations

from datetime import datetime

from django_otp import devices_for_user

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people import signed_in
from qyzmet.people.actor import Actor

__all__ = ["reset_second_factor"]


def reset_second_factor(
    actor: Actor, account: int, *, reason: str, now: datetime, key: str | None = None
) -> int:
    """Delete the devices and codes of an account and end its sessions; how many devices there were.

    Nobody does it to oneself: who holds only the password must not shed the other half. Raises ActRefused
    `account-own`, `no-second-factor`. Cites: the reason.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    if account == actor.account:
        raise refused("account-own")
    with act("reset-second-factor", actor, now=now, key=key, body=[account, why]) as this:
        this.ledger.lock([f"account:{account}"])
        row = administering.account(account)
        if this.repeated:
            return int(this.answer["devices"])
        devices = list(devices_for_user(row, confirmed=None))
        if not devices:
            raise refused("no-second-factor")
        for device in devices:
            device.delete()
        ended = signed_in.end(row)
        said = {"reason": why, "devices": len(devices), "sessions": ended}
        this.record(f"account:{row.pk}", "account.second-factor-reset", said)
        this.answer = {"devices": len(devices)}
    return len(devices)
