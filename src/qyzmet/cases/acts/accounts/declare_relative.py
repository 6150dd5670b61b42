"""An official keeps the list of those close to them, whose cases are closed to them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from qyzmet import identity
from qyzmet.cases import accounts
from qyzmet.cases.interests import KINSHIPS
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.people.models import Relative

__all__ = ["declare_relative", "withdraw_relative"]


def declare_relative(actor: Actor, number: str, kinship: str, *, now: datetime) -> Relative:
    """Name a relative by IIN, or a company of the family by BIN; their cases are refused to the official.

    Raises ActRefused `relative-number`, `relative-kinship`, `relative-own`, `relative-there`.
    Cites: Law on countering corruption art. 15; Law on civil service art. 51.
    """
    whom = _read(number, kinship)
    if kinship not in KINSHIPS:
        raise refused("relative-kinship", hint={"field": "kinship"})
    with act("declare-relative", actor, now=now) as this:
        row = accounts.own(this)
        if whom == row.number:
            raise refused("relative-own", hint={"field": "number"})
        if Relative.objects.filter(account=row, number=whom, until=None).exists():
            raise refused("relative-there", hint={"field": "number"})
        made = Relative.objects.create(account=row, number=whom, kinship=kinship, since=this.now)
        this.record(accounts.stream(row), "account.relative-declared", {"number": whom, "kinship": kinship})
    return made


def withdraw_relative(actor: Actor, relative: int, *, now: datetime) -> None:
    """Take a name off one's list: a mistake, or a bond that has ended. Raises ActRefused `relative-gone`."""
    with act("withdraw-relative", actor, now=now) as this:
        row = accounts.own(this)
        found = Relative.objects.filter(pk=relative, account=row, until=None).first()
        if found is None:
            raise refused("relative-gone")
        found.until = this.now
        found.save(update_fields=["until"])
        this.record(accounts.stream(row), "account.relative-withdrawn", {"number": found.number})


def _read(number: str, kinship: str) -> str:
    try:
        read = identity.read_bin if kinship == "company" else identity.read_iin
        return read(number.strip()[:60], test_ids=not settings.PRODUCTION)
    except identity.IdentityError as problem:
        why = {language: problem.text(language).rstrip(".") for language in ("kk", "ru", "en")}
        raise refused("relative-number", why=why, hint={"field": "number"}) from problem
