"""An account is confirmed by a signature with its own IIN or BIN."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import accounts
from qyzmet.cases.signed import Signed, signers
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account, AccountKind
from qyzmet.signatures import BINDING, Expected

__all__ = ["CLAUSE", "may_prove", "prove_account"]

CLAUSE = "A120 §10(6)"


def may_prove(number: str, kind: str) -> signers.Whose:
    """Whose signature shows it: the person's own, or of a company its head's or one's with signing right."""
    if kind == AccountKind.LEGAL_ENTITY:
        return signers.Whose((Expected(bin=number, roles=BINDING),), number)
    return signers.Whose((Expected(iin=number),))


def prove_account(actor: Actor, signed: Signed, *, now: datetime) -> Account:
    """Confirm the actor's account by a valid signature; done once, and again changes nothing.

    Raises ActRefused `signature-invalid`, and `signature-pending` while a source of revocation is silent.
    Cites: A120 §10(6).
    """
    with act("prove-account", actor, now=now) as this:
        row = accounts.own(this)
        signers.accept(signed, may_prove(row.number, row.kind), CLAUSE)
        accounts.not_pending(signed)
        if row.confirmed_at is not None:
            return row
        accounts.proved(row, "signature", now, afresh=False)
        accounts.named(row, signed.signer)
        row.save()
        this.record(accounts.stream(row), "account.confirmed", {"by": "signature", **signed.plain()})
    return row
