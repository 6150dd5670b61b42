"""Who plays in the history: the officials of the body a case went to, their substitutes, the crowd."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from qyzmet.demo.crowd import companies, everybody
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.people.actor import Actor, Principal, actor_for
from qyzmet.people.models import Account, Organisation
from qyzmet.regulation.model import Package

__all__ = ["Company", "Standing", "Troupe", "principal"]


class Standing(NamedTuple):
    """Somebody stands in a post for another."""

    account: int
    instead: int
    post: str
    since: datetime
    until: datetime


class Company:
    """Everybody, looked up once: posts are held from before the history to after it. `standing`: who stands
    in for whom, and when; `aside`: case → the accounts that stand aside in it."""

    def __init__(self) -> None:
        self.standing: list[Standing] = []
        self.aside: dict[str, set[int | None]] = {}
        self.members: dict[tuple[str, int], list[Actor]] = {}
        self.bodies: dict[tuple[str, str], dict[str, int]] = {}
        self.applicants: dict[str, Actor] = {}


class Troupe(Cast):
    """Actors for one case: `body` (a code) provides, `place` chooses among colleagues. `at` moves on with the
    case, `ref` is its reference once it is filed."""

    def __init__(self, now: datetime, body: str, place: int, company: Company) -> None:
        super().__init__(now)
        self.body, self.place, self.company = body, place, company
        self.at = now
        self.ref = ""

    def bodies(self, package: Package) -> dict[str, int]:
        """Role → body, the provider the one the case goes to."""
        key = (package.service, self.body)
        if key not in self.company.bodies:
            self.company.bodies[key] = self._bodies(package)
        return self.company.bodies[key]

    def _bodies(self, package: Package) -> dict[str, int]:
        found = dict(super().bodies(package))
        wanted = Organisation.objects.filter(code=self.body).values_list("pk", "kind").first()
        for role, spoken in package.organisations.items():
            if wanted and spoken.kind == wanted[1]:
                found[role] = wanted[0]
        return found

    def members(self, post: str, organisation: int) -> list[Actor]:
        """Everyone in a post there; in place of who is away, their substitute."""
        known = self.company.members
        if (post, organisation) not in known:
            known[post, organisation] = super().members(post, organisation)
        aside = self.company.aside.get(self.ref, set())
        return [self._present(each) for each in known[post, organisation] if each.account not in aside]

    def official(self, post: str, organisation: int) -> Actor:
        """Who has this case among those of a post."""
        found = self.members(post, organisation)
        return found[self.place % len(found)] if found else super().official(post, organisation)

    def applicant(self, kind: str, number: str | None = None) -> Actor:
        """The citizen or the company with that number."""
        if number is None:
            return super().applicant(kind)
        known = self.company.applicants
        if number not in known:
            known[number] = _applicant(number, self.now)
        return known[number]

    def _present(self, who: Actor) -> Actor:
        for each in self.company.standing:
            away = each.instead == who.account and each.post == who.post
            if away and each.since <= self.at < each.until:
                account = Account.objects.get(pk=each.account)
                return actor_for(account, self.at, post=who.post, organisation=who.organisation)
        return who


def _applicant(number: str, now: datetime) -> Actor:
    heads = {each.bin: each.head for each in companies()}
    account = Account.objects.get(number=heads.get(number, number))
    return actor_for(account, now, on_behalf_of=number if number in heads else None)


def principal(number: str) -> Principal:
    """An applicant as a window writes them down, who need have no account."""
    company = next((each for each in companies() if each.bin == number), None)
    if company is not None:
        return Principal(number, "legal-entity", company.name, "self")
    person = next(each for each in everybody() if each.iin == number)
    return Principal(number, "individual", " ".join(person.name), "self")
