"""Somebody who forgot the password asks for a letter with a link."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import accounts
from qyzmet.cases.transaction import act
from qyzmet.people.actor import SYSTEM
from qyzmet.people.models import Account

__all__ = ["DESTINATION", "LINK", "ask_for_link"]

DESTINATION, LINK = "account-mail", "account.link-asked"


def ask_for_link(number: str, *, now: datetime) -> None:
    """Leave a letter to be sent, where the number has an account with an address; say nothing of it.

    The link is made when the letter is sent, and is kept nowhere. Cites: A120 §10.
    """
    row = Account.objects.filter(number=number, is_active=True).exclude(email="").first()
    if row is None:
        return
    with act("ask-for-link", SYSTEM, now=now) as this:
        this.ledger.lock([accounts.stream(row)])
        seq = this.record(accounts.stream(row), LINK, {})
        this.send(DESTINATION, LINK, accounts.stream(row), seq)
