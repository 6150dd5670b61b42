"""Somebody comes in by eGov: its answer says whose account it is."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import accounts
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import SYSTEM
from qyzmet.people.models import Account, AccountKind

__all__ = ["enter_by_egov"]


def enter_by_egov(number: str, name: tuple[str, str, str], *, now: datetime, language: str = "kk") -> Account:
    """The account of the person eGov named, confirmed by it; made where there is none.

    Raises ActRefused `account-number`, `account-shut`. Cites: A120 §10.
    """
    clean = accounts.number_of(number, AccountKind.INDIVIDUAL)
    with act("enter-by-egov", SYSTEM, now=now) as this:
        row = Account.objects.select_for_update().filter(number=clean).first()
        if row is not None and not row.is_active:
            raise refused("account-shut")
        if row is not None and row.confirmed_at is not None:
            return row
        row = row or Account(number=clean, created_at=now, language=language)
        if row.pk:
            accounts.proved(row, "egov", now, afresh=True)
        else:
            row.set_unusable_password()
            row.confirmed_by, row.confirmed_at = "egov", now
        row.kind = AccountKind.INDIVIDUAL
        row.surname, row.given_name, row.patronymic = (part.strip()[:100] for part in name)
        row.save()
        this.ledger.lock([accounts.stream(row)])
        this.record(accounts.stream(row), "account.confirmed", {"by": "egov"})
    return row
