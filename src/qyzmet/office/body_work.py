"""The work of a whole body, post by post, as its head gives it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from qyzmet.cases import acts, allow
from qyzmet.cases.models import Token
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed.deciding import BY_HAND
from qyzmet.office.names import people
from qyzmet.pages.words import current_language
from qyzmet.people import seats
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body
from qyzmet.portal.posts import post_name

__all__ = ["MOST", "Given", "PostAtWork", "acting_as", "colleagues", "directs", "given", "posts_at_work"]

MOST = 200


@dataclass(frozen=True, slots=True)
class PostAtWork:
    """A post of the body with its open steps."""

    post: str
    name: str
    count: int


class Given(NamedTuple):
    """What came of giving tasks out: how many went over, and the sentences of those that did not."""

    done: int
    refused: tuple[str, ...]


def directs(actor: Actor) -> bool:
    """Whether this post names who does what in its body (A120 §5(2); M262 private §13)."""
    return actor.post in allow.NAMES_THE_HOLDER and actor.organisation is not None


def posts_at_work(actor: Actor) -> list[PostAtWork]:
    """The posts of the body that have open steps people do: tasks, and files before a commission."""
    open_ = Token.objects.filter(closed_at=None, organisation=actor.organisation, kind__in=BY_HAND)
    counts = open_.exclude(post="").order_by().values_list("post").annotate(Count("id"))
    kind, language = body(actor.organisation or 0).kind, current_language()
    found = [PostAtWork(post, post_name(post, "", kind)[language], count) for post, count in counts]
    return sorted(found, key=lambda each: each.name)


def acting_as(actor: Actor, post: str) -> Actor:
    """The head looking at the list of one post of their body."""
    return replace(actor, post=post, service="")


def colleagues(actor: Actor, post: str, now: datetime) -> dict[int, str]:
    """Who acts in the post in the body now: account id → name."""
    ids = seats.acting(actor.organisation or 0, post, now)
    names = people(ids=ids)
    return {pk: names[pk] for pk in ids}


def given(actor: Actor, keys: Sequence[str], to: int, reason: str, now: datetime) -> Given:
    """Give picked tasks (`<case>.<step>`) to one colleague, an act each; one refused holds up no other."""
    done, why = 0, []
    for key in dict.fromkeys(keys[:MOST]):
        ref, _, no = key.partition(".")
        if not no.isdecimal() or len(no) > 9:
            continue
        try:
            case = acts.assign(actor, ref, int(no), to, reason=reason, now=now)
        except ActRefused as problem:
            why.append(problem.text[current_language()])
        else:
            done += bool(case)
    return Given(done, tuple(dict.fromkeys(why)))
