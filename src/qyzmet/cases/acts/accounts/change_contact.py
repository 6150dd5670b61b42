"""One says where one's letters go, and in which language."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import accounts
from qyzmet.cases.acts.accounts.ask_for_link import DESTINATION
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import Act, act
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account

__all__ = ["CHANGED", "change_contact", "tell_former"]

CHANGED = "account.contact-changed"


def change_contact(actor: Actor, email: str, language: str, *, password: str = "", now: datetime) -> Account:
    """Set the address and language of letters; who has a password shows it, since a link for a new one goes
    to this address. The address of before is told that it changed.

    `email` may be empty; `language`: kk, ru or en. Raises ActRefused `account-email`, `password-other`.
    Cites: A120 §10.
    """
    address = accounts.clean_email(email)
    known = Account.objects.filter(pk=actor.account or 0).first()
    if known is not None and known.has_usable_password() and not known.check_password(password[:200]):
        raise refused("password-other", hint={"field": "old"})
    with act("change-contact", actor, now=now) as this:
        row = accounts.own(this)
        if known is None or row.password != known.password:
            raise refused("password-other", hint={"field": "old"})
        if (row.email, row.language) == (address, language):
            return row
        before, row.email, row.language = row.email, address, language
        row.save(update_fields=["email", "language"])
        tell_former(this, row, before if before != address else "")
    return row


def tell_former(this: Act, row: Account, before: str) -> None:
    """Journal that letters go elsewhere, and tell the address `before`, where there was one."""
    seq = this.record(accounts.stream(row), CHANGED, {"language": row.language, "before": before})
    if before:
        this.send(DESTINATION, CHANGED, accounts.stream(row), seq)
