"""Who took an application in, and where its result is given out, as the receipt of a window says it.

Cites: M262 private §15 ¶3.
"""

from __future__ import annotations

from typing import NamedTuple

from qyzmet.cases.hall.handing import gives
from qyzmet.cases.queries import CasePage, timeline
from qyzmet.office.names import body_name, people
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor
from qyzmet.people.models import Organisation

__all__ = ["Accepted", "accepted"]


class Accepted(NamedTuple):
    """The official with their post and body; `collect`: the window that gives the result out, empty where it
    comes to the cabinet."""

    name: str
    post: str
    where: str
    collect: str


def accepted(actor: Actor, page: CasePage) -> Accepted | None:
    """By the first entry of the case; None where nobody took it in at a window."""
    first = next(iter(timeline(actor, page.case.ref)), None)
    where, _, post = first.post.partition("/") if first else ("", "", "")
    if first is None or not where.isdecimal():
        return None
    name, named = people(numbers=[first.person]).get(first.person, ""), page.law.package.posts.get(post)
    return Accepted(
        name,
        named.name.in_language(current_language()) if named else "",
        body_name(int(where)),
        _window(int(where)) if _gives(page) else "",
    )


def _gives(page: CasePage) -> bool:
    return any(gives(page.law, page.case.channel, step) for step in page.law.package.steps)


def _window(organisation: int) -> str:
    address = Organisation.objects.values_list("address", flat=True).get(pk=organisation)
    return ", ".join(filter(None, (body_name(organisation), address)))
