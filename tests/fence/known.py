"""Addresses and the things they are the addresses of: for every pattern of the house, samples with their owners.

    for door in doors():                 # every address with an id in it
        for thing in door.things(crowd): # kwargs, which of them is the id, and who may come to it
            ...

A pattern that falls into no family fails the test: say here whose things it shows, or why it belongs to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from qyzmet.cases.models import Case, HomeVisit, RefusedFiling, SignatureRecord, Ticket, Token
from qyzmet.documents.models import Document
from qyzmet.evidence.models import SigningRequest
from qyzmet.gateway.models import Notice
from qyzmet.people.models import Account, Organisation, Relative, Substitution
from qyzmet.portal.models import CoSignature, Draft
from tests.fence.crowd import Crowd, Seat

__all__ = ["NOBODYS", "Door", "Thing", "doors", "plain", "unknown"]

ID = re.compile(r"<(?:(\w+):)?([\w-]+)>")
NOBODYS = {
    "services/": "what the law says is everybody's",
    "apply/<slug:service>": "a service is everybody's; the draft made of it is one's own",
    "verify/<str:code>": "who holds a document may ask about it by its code; the page names no people",
    "reset/<str:link>": "the link is the key, sent to its owner alone; tests/portal/accounts shows it",
    "api/mgov/": "a phone's address, known by its token alone; tests/api shows it",
    "office/intake/<slug:service>": "a service is everybody's at that window",
    "office/tasks.<slug:kind>": "a list: tests/shown/test_4_3 compares it with the set",
    "office/search.<slug:kind>": "a list: tests/shown/test_4_3 compares it with the set",
    "office/queue/do/<slug:verb>": "the buttons of one's own window",
    "queue/<slug:code>": "the board of a hall hangs for everybody; it has numbers of tickets and windows only",
    "office/supervision/export/": "a list: tests/shown/test_4_3 compares it with the set",
    "office/audit/cases.<slug:kind>": "a list: tests/shown/test_4_3 compares it with the set",
}
"""Prefix → why there is an argument and nobody owns it."""

NONE = {"ref": "ZZZZZZZZZZZZ", "token": "z" * 43, "pk": 987_654_321}


@dataclass(frozen=True)
class Thing:
    """Something with an address. `key` names the argument that is its id."""

    kwargs: dict[str, Any]
    key: str
    theirs: Callable[[Seat], bool]

    @property
    def missing(self) -> dict[str, Any]:
        """The address of a thing of the kind that is not there, as long as this one's."""
        there = str(self.kwargs[self.key])
        none = NONE[self.key]
        return {**self.kwargs, self.key: none[: len(there)] if isinstance(none, str) else none}


@dataclass(frozen=True)
class Door:
    """A named address with its pattern."""

    name: str
    route: str

    @property
    def arguments(self) -> list[str]:
        return [name for _, name in ID.findall(self.route)]

    def things(self, crowd: Crowd) -> Iterator[Thing]:
        for prefix, family in FAMILIES.items():
            if self.route.startswith(prefix):
                yield from family(self, crowd)
                return


def _walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[Door]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, route)
        else:
            yield Door(str(each.name), route)


def doors() -> list[Door]:
    """The addresses with an id of somebody's thing."""
    return [each for each in _all() if each.arguments and not each.route.startswith(tuple(NOBODYS))]


def plain() -> list[Door]:
    """The addresses without arguments."""
    return [each for each in _all() if not each.arguments]


def unknown() -> list[Door]:
    """Addresses that fall into no family."""
    return [each for each in doors() if not each.route.startswith(tuple(FAMILIES))]


def _all() -> list[Door]:
    return list(_walk(get_resolver().url_patterns))


# The families.


def _cases_of(door: Door, may: Callable[[Seat], bool]) -> Iterator[Thing]:
    for case in Case.objects.select_related("filing").order_by("id"):
        for rest in _rest(door, case):
            yield Thing(
                {"ref": case.ref, **rest}, "ref", lambda seat, case=case: may(seat) and seat.sees(case)
            )


def _rest(door: Door, case: Case) -> Iterator[dict[str, Any]]:
    """What else such an address names: something the case really has."""
    asked = [each for each in door.arguments if each != "ref"]
    filled: dict[str, Any] = {
        "no": Token.objects.filter(case=case).order_by("-no").values_list("no", flat=True).first() or 1,
        "verb": "suspend" if "suspension" in door.route else "take",
        "document": "portrait", "place": 0, "kind": "content", "field": "consent", "note": "x:y",
        "pk": _inside(door, case),
    }  # fmt: skip
    yield {each: filled[each] for each in asked}


def _inside(door: Door, case: Case) -> int:
    of = SignatureRecord if "signatures" in door.route else Document
    return of.objects.filter(case=case).order_by("id").values_list("pk", flat=True).first() or 1


def _office_cases(door: Door, crowd: Crowd) -> Iterator[Thing]:
    yield from _cases_of(door, lambda seat: seat.official)


def _audited(door: Door, crowd: Crowd) -> Iterator[Thing]:
    yield from _cases_of(door, lambda seat: seat.official and seat.actor.post == "auditor")


def _cabinet(door: Door, crowd: Crowd) -> Iterator[Thing]:
    yield from _cases_of(door, lambda seat: not seat.official)


def _drafts(door: Door, crowd: Crowd) -> Iterator[Thing]:
    rest = {"part": "keeper", "document": "portrait", "place": 0}
    for draft in Draft.objects.order_by("id"):
        kwargs = {"ref": draft.ref, **{k: v for k, v in rest.items() if k in door.arguments}}
        yield Thing(kwargs, "ref", _party(draft.owner_id, draft.party))


def _to_sign(door: Door, crowd: Crowd) -> Iterator[Thing]:
    for row in CoSignature.objects.order_by("id"):
        yield Thing({"ref": row.ref}, "ref", _party(None, row.number))


def _party(account: int | None, number: str) -> Callable[[Seat], bool]:
    def theirs(seat: Seat) -> bool:
        actor = seat.actor
        mine = actor is not None and actor.party == number and (account is None or actor.account == account)
        return bool(mine and not seat.official)

    return theirs


def _letters(door: Door, crowd: Crowd) -> Iterator[Thing]:
    for each in Notice.objects.filter(organisation=None).order_by("id"):
        yield Thing({"pk": each.pk}, "pk", _party(None, each.person))


def _office_letters(door: Door, crowd: Crowd) -> Iterator[Thing]:
    for each in Notice.objects.exclude(organisation=None).order_by("id"):
        yield Thing({"pk": each.pk}, "pk", _at(each.organisation_id or 0, each.person))


def _at(where: int, person: str = "") -> Callable[[Seat], bool]:
    def theirs(seat: Seat) -> bool:
        actor = seat.actor
        return bool(
            seat.official and actor and actor.organisation == where and (not person or actor.person == person)
        )

    return theirs


def _refused(door: Door, crowd: Crowd) -> Iterator[Thing]:
    for row in RefusedFiling.objects.order_by("id"):
        yield Thing({"pk": row.pk}, "pk", _at(row.organisation_id))


def _of_a_body(of: Any) -> Callable[[Door, Crowd], Iterator[Thing]]:
    """Things of a body, for those who work there."""

    def things(door: Door, crowd: Crowd) -> Iterator[Thing]:
        for row in of.objects.order_by("id"):
            yield Thing({"pk": row.pk}, "pk", _at(row.organisation_id))

    return things


def _substitutions(door: Door, crowd: Crowd) -> Iterator[Thing]:
    for row in Substitution.objects.select_related("holding").order_by("id"):
        yield Thing({"pk": row.pk}, "pk", _at(row.holding.organisation_id))


def _relatives(door: Door, crowd: Crowd) -> Iterator[Thing]:
    for row in Relative.objects.order_by("id"):
        yield Thing({"pk": row.pk}, "pk", lambda seat, row=row: _account_of(seat) == row.account_id)


def _account_of(seat: Seat) -> int | None:
    return seat.actor.account if seat.actor else None


def _requests(door: Door, crowd: Crowd) -> Iterator[Thing]:
    rest = {"item": "application", "place": 0}
    for row in SigningRequest.objects.order_by("id"):
        kwargs = {"token": row.token, **{k: v for k, v in rest.items() if k in door.arguments}}

        def theirs(seat: Seat, row: SigningRequest = row) -> bool:
            return seat.actor is not None and seat.actor.account == row.account_id

        yield Thing(kwargs, "token", theirs)


def _admin(door: Door, crowd: Crowd) -> Iterator[Thing]:
    """The administrator's alone. Arguments are those of things that are there."""
    of = Account if "accounts" in door.route else Organisation
    filled = {
        "pk": of.objects.order_by("id").values_list("pk", flat=True).first(), "verb": "rename", "name": "provider",
        "service": "sampler", "edition": "2024-01-10-n1", "since": "2024-01-01",
    }  # fmt: skip
    kwargs = {each: filled[each] for each in door.arguments}
    if "pk" in kwargs:
        yield Thing(kwargs, "pk", lambda seat: seat.name == "administrator")


FAMILIES: dict[str, Callable[[Door, Crowd], Iterator[Thing]]] = {
    "office/cases/<str:ref>": _office_cases,
    "office/intake/receipt/<str:ref>": _office_cases,
    "office/audit/cases/<str:ref>": _audited,
    "office/hearings/<str:ref>": _office_cases,
    "office/handing-over/<str:ref>/<int:no>": _office_cases,
    "office/queue/slips/<int:pk>": _of_a_body(Ticket),
    "office/visits/<int:pk>": _of_a_body(HomeVisit),
    "office/substitutions/<int:pk>": _substitutions,
    "office/relatives/<int:pk>": _relatives,
    "cabinet/<str:ref>": _cabinet,
    "drafts/<slug:ref>": _drafts,
    "to-sign/<slug:ref>": _to_sign,
    "letters/<int:pk>": _letters,
    "office/letters/<int:pk>": _office_letters,
    "office/intake/refused/<int:pk>": _refused,
    "office/batch/again/<str:token>": _requests,
    "sign/<str:token>": _requests,
    "office/admin/": _admin,
}
