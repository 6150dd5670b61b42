"""Who plays: the demo's officials in their posts, or made-up ones for another's law; and who applies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from qyzmet.demo.people import SINCE, make_recipients, make_world
from qyzmet.demo.rehearsal.script import CannotRehearse, Script
from qyzmet.demo.world import world
from qyzmet.identity import is_iin
from qyzmet.people.actor import Actor, actor_for
from qyzmet.people.directory import fitting, forget
from qyzmet.people.models import Account, Organisation, PostHolding
from qyzmet.regulation.model import Package

__all__ = ["Cast", "gather_cast"]

MEMBERS = 7
"""How many sit where a law votes and its posts are made up."""


class Cast:
    """Actors by post and body at a moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def bodies(self, package: Package) -> dict[str, int]:
        """Role → body: for each role the first of its kind with somebody in every post of the role."""
        return {role: self._body(package, role) for role in package.organisations}

    def _body(self, package: Package, role: str) -> int:
        posts = [post for post, held in package.posts.items() if held.org == role]
        fit = fitting(package.organisations[role].kind, package.service)
        for body in fit:
            held = PostHolding.objects.filter(organisation_id=body.id, post__in=posts)
            if held.values("post").distinct().count() == len(posts):
                return body.id
        raise CannotRehearse(f"nobody holds every post of {role} ({', '.join(posts)}) for {package.service}")

    def members(self, post: str, organisation: int) -> list[Actor]:
        """Everyone in a post there, who chairs first."""
        held = PostHolding.objects.filter(post=post, organisation_id=organisation).select_related("account")
        return [
            actor_for(each.account, self.now, post=post, organisation=organisation)
            for each in held.order_by("-chair", "id")
        ]

    def official(self, post: str, organisation: int) -> Actor:
        """Who does the work of a post there."""
        found = self.members(post, organisation)
        if not found:
            raise CannotRehearse(f"nobody holds the post {post} in body {organisation}")
        return found[0]

    def anyone(self, organisation: int) -> Actor:
        """Some official of a body."""
        held = PostHolding.objects.filter(organisation_id=organisation).order_by("id")[0]
        return self.official(held.post, organisation)

    def applicant(self, kind: str, number: str | None = None) -> Actor:
        """A citizen, or the head of a company acting for it; the first, or the one with that number."""
        if kind == "individual":
            iin = number or world().people[0].iin
            return actor_for(Account.objects.get(number=iin), self.now)
        company = next((c for c in world().companies if c.bin == number), world().companies[0])
        head = Account.objects.get(number=company.head)
        return actor_for(head, self.now, on_behalf_of=company.bin)


def gather_cast(script: Script, now: datetime) -> Cast:
    """Put everyone in place: the demo's world, or for a law of somebody else's bodies and posts made up."""
    if script.made_up:
        make_recipients(now)
        numbers = _numbers()
        for package in (script.package, *script.others.values()):
            _make_up(package, numbers)
        forget()
    else:
        make_world(now)
    return Cast(now)


def _make_up(package: Package, numbers: Iterator[str]) -> None:
    bodies = {role: _body(package, role) for role in package.organisations}
    voting = {step.by for step in package.steps.values() if step.kind == "collegial"}
    for post, held in package.posts.items():
        where = bodies[held.org]
        if not PostHolding.objects.filter(organisation=where, post=post).exists():
            for count in range(MEMBERS if post in voting else 1):
                _official(post, held.name.kk, where, next(numbers), chair=count == 0)


def _body(package: Package, role: str) -> Organisation:
    spoken = package.organisations[role]
    names = {f"name_{lang}": spoken.name.in_language(lang)[:300] for lang in ("kk", "ru", "en")}
    body, _ = Organisation.objects.get_or_create(
        code=f"made-up-{spoken.kind}"[:60], defaults={"kind": spoken.kind, "hours": spoken.hours, **names}
    )
    return body


def _official(post: str, name: str, where: Organisation, number: str, *, chair: bool) -> None:
    account = Account.objects.create(
        number=number, surname=name[:100], given_name=number[-3:], is_test=True,
        confirmed_by="demo", confirmed_at=SINCE,
    )  # fmt: skip
    PostHolding.objects.create(account=account, organisation=where, post=post, since=SINCE, chair=chair)


def _numbers() -> Iterator[str]:
    """IINs with a right check digit that nobody here has."""
    taken = set(Account.objects.values_list("number", flat=True))
    for count in range(60_000):
        for digit in range(10):
            number = f"850101{30_000 + count}{digit}"
            if number not in taken and is_iin(number):
                yield number
