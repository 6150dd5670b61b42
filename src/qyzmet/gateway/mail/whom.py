"""Who is told: the parties of a case, the officials who hold it, those of the body above."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from qyzmet.cases import allow
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Capacity, Case, CaseAccess, Filing, Token
from qyzmet.people.directory import body
from qyzmet.people.in_force import in_force
from qyzmet.people.models import Account, PostHolding, Substitution
from qyzmet.regulation.model import Package

__all__ = ["Told", "addresses", "told"]


class Told(NamedTuple):
    """One person to tell. `organisation` for an official; `email` may be empty."""

    person: str
    organisation: int | None
    language: str
    email: str


def told(case: Case, law: Law, side: str, now: datetime) -> list[Told]:
    """Those on one side of the case: `holder`, `supervisor`, `head` of the provider, one official by
    `official:<account>:<organisation>`; anything else means the parties."""
    if side.startswith("official:"):
        _, account, where = side.split(":")
        return list(_one(int(account), int(where), now))
    if side == "head":
        posts = Q(post__in=allow.NAMES_THE_HOLDER)
        return list(_officials(posts & Q(organisation=case.provider_id), now))
    if side == "holder":
        return list(_officials(_holding(case, now), now))
    if side == "supervisor":
        above = body(case.provider_id).parent
        return list(_officials(Q(organisation=above), now)) if above else []
    return list(_parties(case, law))


def _parties(case: Case, law: Law) -> Iterator[Told]:
    filing = Filing.objects.get(pk=case.pk)
    seeing = CaseAccess.objects.filter(case=case, capacity=Capacity.PARTY, until=None, person__isnull=False)
    numbers = list(dict.fromkeys(seeing.order_by("id").values_list("person", flat=True)))
    accounts = {a.number: a for a in Account.objects.filter(number__in=numbers)}
    given = addresses(law.package, filing, case.applicant)
    for number in map(str, numbers):
        account = accounts.get(number)
        email = given.get(number) or (account.email if account else "")
        theirs = account.language if account and number != case.applicant else filing.language
        yield Told(number, None, theirs, email)


def addresses(package: Package, filing: Filing, applicant: str) -> dict[str, str]:
    """The e-mail addresses given in the form, by whose they are: of the party the same part of the form names
    first, else of the applicant. Cites: O144 an.1 §12 ¶1 s2.
    """
    found: dict[str, str] = {}
    for section in package.form.values():
        emails = (filing.form.get(key) for key, asked in section.fields.items() if asked.type == "email")
        named = (p.identified_by for p in package.parties.values() if p.identified_by in section.fields)
        email, key = next((str(each) for each in emails if each), ""), next(named, None)
        if email:
            found.setdefault(str(filing.form.get(key)) if key else applicant, email)
    return found


def _holding(case: Case, now: datetime) -> Q:
    """The posts that have a step of this case in hand; where somebody has taken it, only they."""
    wanted = Q(pk__in=[])
    for token in Token.objects.filter(case=case, closed_at=None, cancelled=False).exclude(post=""):
        who = Q(organisation=token.organisation_id, post=token.post)
        taken = Q(account=token.assignee_id) | Q(substitutions__substitute=token.assignee_id)
        wanted |= who & taken if token.assignee_id else who
    return wanted


def _officials(wanted: Q, now: datetime) -> Iterator[Told]:
    """Who holds these posts, and who stands in for them."""
    held = PostHolding.objects.filter(in_force(now), wanted).order_by("id")
    stood = Substitution.objects.filter(in_force(now), holding__in=held.order_by().values("pk"))
    found = [(each.account, each.organisation_id) for each in held.select_related("account")]
    found += [
        (each.substitute, each.holding.organisation_id)
        for each in stood.select_related("substitute", "holding").order_by("id")
    ]
    for account, where in dict.fromkeys(found):
        yield Told(account.number, where, account.language, account.email)


def _one(account: int, where: int, now: datetime) -> Iterator[Told]:
    """One official of a body, by a post of their own or as a substitute."""
    held = PostHolding.objects.filter(in_force(now), account=account, organisation=where)
    stood = Substitution.objects.filter(in_force(now), substitute=account, holding__organisation=where)
    if held.exists() or stood.exists():
        row = Account.objects.get(pk=account)
        yield Told(row.number, where, row.language, row.email)
