"""A head, or one with signing right, shows by the company's key that they act for it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from qyzmet.cases import accounts
from qyzmet.cases.acts.accounts.prove_account import CLAUSE
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Signed, signers
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.people.models import AccountKind, Authority
from qyzmet.signatures import BINDING, Expected
from qyzmet.signatures.certificates.certificate import read_certificate

__all__ = ["take_authority"]


def take_authority(actor: Actor, signed: Signed, *, now: datetime) -> Authority:
    """Record what the certificate says: for which company, as head or with signing right, until it ends.

    A newer key of the same company takes the place of what was recorded by an older. Raises ActRefused
    `not-your-act`, `certificate-not-company`, `signature-invalid`, `signature-pending`. Cites: A120 §10(6).
    """
    if actor.is_official or actor.on_behalf_of or not actor.confirmed or actor.kind != AccountKind.INDIVIDUAL:
        raise refused("not-your-act")
    who = signed.signer
    if not who.bin:
        raise refused("certificate-not-company")
    whose = signers.Whose((Expected(iin=actor.person, bin=who.bin, roles=BINDING),), who.bin)
    signers.accept(signed, whose, CLAUSE)
    accounts.not_pending(signed)
    until = _ends(signed)
    basis = "head" if "head" in who.roles else "signing-right"
    with act("take-authority", actor, now=now) as this:
        row = accounts.own(this)
        earlier = Authority.objects.filter(
            account=row, principal=who.bin, until__gt=now, document__startswith="certificate "
        )
        earlier.update(until=now)
        made = Authority.objects.create(
            account=row, principal=who.bin, principal_kind=AccountKind.LEGAL_ENTITY,
            principal_name=(who.organisation or who.bin)[:300], basis=basis,
            document=f"certificate {who.serial}"[:300], since=now, until=until,
        )  # fmt: skip
        said = {"authority": made.pk, "principal": who.bin, "basis": basis, "until": until}
        this.record(accounts.stream(row), "authority.taken", said | {"signature": signed.plain()})
    return made


def _ends(signed: Signed) -> datetime:
    """When the signer's certificate ends. Raises ActRefused `certificate-not-company` where none was kept."""
    for der in signed.verdict.evidence.certificates:
        if hashlib.sha256(der).hexdigest() == signed.signer.certificate:
            return read_certificate(der).not_after
    raise refused("certificate-not-company")
