"""A forgotten password is set anew: by the link of a letter, or by a signature with the same number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from qyzmet.cases import accounts
from qyzmet.cases.acts.accounts.prove_account import CLAUSE, may_prove
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Signed, signers
from qyzmet.cases.transaction import act
from qyzmet.people import signed_in
from qyzmet.people.actor import SYSTEM
from qyzmet.people.links import whose
from qyzmet.people.models import Account, AccountKind

__all__ = ["number_shown", "reset_by_link", "reset_by_signature"]


def reset_by_link(link: str, password: str, *, now: datetime) -> Account:
    """Set the password of the account of a link that may still be used; every session ends.

    The second factor stays. Raises ActRefused `link-over`, `password-weak`, `password-long`. Cites: A120 §10.
    """
    known = whose(link, now)
    if known is None:
        raise refused("link-over")
    kept = accounts.hashed(password, known)
    with act("reset-password", SYSTEM, now=now) as this:
        row = accounts.locked(this, known.pk)
        if whose(link, now) is None:
            raise refused("link-over")
        row.password = kept
        row.save(update_fields=["password"])
        said = {"by": "letter", "sessions": signed_in.end(row)}
        this.record(accounts.stream(row), "account.password-reset", said)
    return row


def number_shown(signed: Signed, kind: str) -> str:
    """The number a certain signature shows: of the person, or of the company (`legal-entity`) whose head or
    one with signing right it is.

    The key of an information system bears no number of a person: nobody's account is nobody's to open. Raises
    ActRefused `certificate-not-person`, `certificate-not-company`, `signature-invalid`, `signature-pending`.
    Cites: A120 §10(6).
    """
    company = kind == AccountKind.LEGAL_ENTITY
    number = signed.signer.bin if company else signed.signer.iin
    if signed.verdict.signers and not number:
        raise refused("certificate-not-company" if company else "certificate-not-person", CLAUSE)
    signers.accept(signed, may_prove(number, kind), CLAUSE)
    accounts.not_pending(signed)
    return number


def reset_by_signature(
    signed: Signed, password: str, kind: str, *, now: datetime, then: Callable[[Account], None] | None = None
) -> Account:
    """Set the password of the account whose number the certificate bears; it is made where there is none.

    `kind`: a head's key speaks for the company (`legal-entity`) or for the person. It confirms the account.
    `then` writes in the same transaction that the signature is used. Raises what `number_shown` raises,
    `account-shut`, `password-weak`, `password-long`. Cites: A120 §10(6).
    """
    number = number_shown(signed, kind)
    kept = accounts.hashed(password, number=number)
    with act("reset-password", SYSTEM, now=now) as this:
        row = Account.objects.select_for_update().filter(number=number).first()
        row = row or Account(number=number, kind=kind, created_at=now)
        if not row.is_active:
            raise refused("account-shut")
        if row.pk:
            accounts.proved(row, "signature", now, afresh=True)
            signed_in.end(row)
        row.confirmed_by, row.confirmed_at = row.confirmed_by or "signature", row.confirmed_at or now
        accounts.named(row, signed.signer)
        row.password = kept
        row.save()
        this.ledger.lock([accounts.stream(row)])
        this.record(accounts.stream(row), "account.password-reset", {"by": "signature", **signed.plain()})
        if then is not None:
            then(row)
    return row
