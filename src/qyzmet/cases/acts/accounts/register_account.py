"""Somebody registers by IIN or BIN and password."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import accounts
from qyzmet.cases.transaction import act
from qyzmet.people.actor import SYSTEM
from qyzmet.people.models import Account

__all__ = ["register_account"]


def register_account(
    number: str, kind: str, password: str, *, email: str = "", language: str = "kk", now: datetime
) -> None:
    """Make an account that proves nothing yet; says nothing of whether there was one already.

    One without a password (made for an authority) that nobody has confirmed gets this one. Raises ActRefused
    `account-number`, `account-email`, `password-weak`, `password-long`.
    Cites: A120 §10(1); K4201 an.1 §8(1); K4201 an.2 §8(1).
    """
    clean = accounts.number_of(number, kind)
    address = accounts.clean_email(email)
    kept = accounts.hashed(password, number=clean)
    with act("register-account", SYSTEM, now=now) as this:
        row = Account.objects.select_for_update().filter(number=clean).first()
        if row is not None and (row.confirmed_at or row.has_usable_password() or not row.is_active):
            return
        if row is None:
            row = Account(number=clean, created_at=now)
        row.kind, row.password, row.email, row.language = kind, kept, address, language
        row.save()
        this.ledger.lock([accounts.stream(row)])
        this.record(accounts.stream(row), "account.registered", {"kind": kind})
