"""At the counter an inspector confirms whose number an account bears."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib.auth.hashers import make_password

from qyzmet.cases import accounts
from qyzmet.cases.acts.accounts.change_contact import tell_former
from qyzmet.cases.deployment import administering
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people import signed_in
from qyzmet.people.actor import Actor
from qyzmet.people.in_force import not_over
from qyzmet.people.models import Account, AccountKind, PostHolding, Substitution

__all__ = ["confirm_account"]

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def confirm_account(
    actor: Actor, number: str, kind: str, *, name: tuple[str, str, str], document: str, email: str = "",
    now: datetime,
) -> tuple[Account, str]:  # fmt: skip
    """Confirm by a document of identity seen at the counter; the account, and its new first password.

    `name`: surname, given name, patronymic; a company's name stands in the first. The account is made where
    there is none. Whatever password and e-mail it had may be a stranger's, so the password is a new one, told
    to the person alone, and every session ends; an address that was known to be theirs is told that another
    took its place. Whoever holds a post comes in by signature: who stands at a window opens no official's
    account. Raises ActRefused `not-your-act`, `account-own-counter`, `account-official`, `account-number`,
    `account-email`, `account-shut`, and what `administering.words` raises. Cites: A120 §10.
    """
    if not accounts.intake_post(actor):
        raise refused("not-your-act")
    clean = accounts.number_of(number, kind)
    if clean == actor.person:
        raise refused("account-own-counter", hint={"field": "number"})
    surname = administering.words(name[0], "surname", 100 if kind == AccountKind.INDIVIDUAL else 300)
    given = "" if kind == AccountKind.LEGAL_ENTITY else administering.words(name[1], "given-name", 100)
    father = administering.words(name[2], "patronymic", 100) if name[2].strip() else ""
    seen, address = administering.words(document, "document", 200), accounts.clean_email(email)
    first = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    kept = make_password(first)
    with act("confirm-account", actor, now=now) as this:
        row = Account.objects.select_for_update().filter(number=clean).first()
        row = row or Account(number=clean, created_at=now)
        if not row.is_active:
            raise refused("account-shut", hint={"field": "number"})
        if row.pk and _serves(row, this.now):
            raise refused("account-official", hint={"field": "number"})
        before = row.email if row.confirmed_at is not None else ""
        if row.pk:
            accounts.proved(row, f"counter:{actor.account}", now, afresh=True)
            signed_in.end(row)
        row.confirmed_by, row.confirmed_at = f"counter:{actor.account}", now
        row.kind, row.password, row.email = kind, kept, address or row.email
        if kind == AccountKind.LEGAL_ENTITY:
            row.company_name = surname
        else:
            row.surname, row.given_name, row.patronymic = surname, given, father
        row.save()
        this.ledger.lock([accounts.stream(row)])
        this.record(accounts.stream(row), "account.confirmed", {"by": "counter", "document": seen})
        if before and before != row.email:
            tell_former(this, row, before)
    return row, first


def _serves(row: Account, now: datetime) -> bool:
    """Whether the account holds a post or stands in for one, now or later."""
    held = PostHolding.objects.filter(not_over(now), account=row)
    return held.exists() or Substitution.objects.filter(not_over(now), substitute=row).exists()
