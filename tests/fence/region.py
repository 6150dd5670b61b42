"""The demo's whole region at the door: everybody tests/reach/roles.py names, and who is nobody's kin to them.

As in crowd.py, whose case is whose is worked out from who applied, who provides and who holds a step; here once
for all, since the region has hundreds of cases.
"""

from __future__ import annotations

from collections.abc import Callable

from qyzmet.cases.models import Case
from qyzmet.people.directory import body
from qyzmet.people.models import Account
from tests.fence.crowd import (
    Seat,
    nothing,
    of_a_body,
    of_a_party,
    of_a_region,
    of_a_watcher,
)
from tests.reach.roles import ROLES, Role

__all__ = ["seats"]

MORE = (
    Role("hall supervisor", "730814430005", "supervisor"),
    Role("land enterprise", "801228385455", "intake-and-issue"),
    Role("akimat above", "680219350473", "complaint-official"),
    Role("housing unit", "730304456712", "administrator"),
    Role("other district", "940615496931", "responsible-specialist"),
    Role("service quality", "830404338165", "quality-official"),
)
"""Officials of bodies none of the platform's roles is at."""
LOOK_UP = ("administrator", "contact-centre")
PLATFORM = {"system-operator", "state-corporation"}


def seats() -> list[Seat]:
    """Every role of the platform, officials of the other bodies, and a citizen of the crowd with cases."""
    cases = list(Case.objects.select_related("filing").order_by("id"))
    busy = Account.objects.filter(number=_busiest(cases)).get()
    roles = [*ROLES.values(), *MORE, Role("neighbour", busy.number)]
    made: dict[tuple[str, object], Callable[[Case], bool]] = {}
    return [_seat(role, cases, made) for role in roles]


def _busiest(cases: list[Case]) -> str:
    known = {role.number for role in ROLES.values()}
    people = [c.applicant for c in cases if c.applicant_kind == "individual" and c.applicant not in known]
    return max(sorted(set(people)), key=people.count)


def _seat(role: Role, cases: list[Case], made: dict[tuple[str, object], Callable[[Case], bool]]) -> Seat:
    actor = role.actor()
    if actor is None:
        return Seat(role.name, None, nothing)
    where = actor.organisation or 0
    if not actor.is_official:
        key, rule = ("party", actor.party), of_a_party(actor.party)
    elif actor.post == "auditor":
        key, rule = ("region", where), of_a_region(body(where).region)
    elif actor.post == "supervisor":
        key, rule = ("watcher", where), of_a_watcher(where)
    elif actor.post in LOOK_UP and body(where).kind in PLATFORM:
        key, rule = ("nobody", ""), nothing
    else:
        key, rule = ("body", where), of_a_body(where)
    if key not in made:
        made[key] = _among({case.pk for case in cases if rule(case)})
    return Seat(role.name, actor, made[key])


def _among(known: set[int]) -> Callable[[Case], bool]:
    return lambda case: case.pk in known
