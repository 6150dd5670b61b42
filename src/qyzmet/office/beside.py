"""What stands beside the procedure on a case page: the body's own notes, and standing aside."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from qyzmet.cases import interests
from qyzmet.cases.models import CaseState
from qyzmet.cases.notes import notes_of
from qyzmet.cases.queries import CasePage
from qyzmet.cases.watching import watches
from qyzmet.office.names import people
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body
from qyzmet.portal.posts import post_name

__all__ = ["Beside", "Written", "beside"]


@dataclass(frozen=True, slots=True)
class Written:
    """A note as it is shown; `text` is empty once erased."""

    at: datetime
    who: str
    post: str
    text: str


@dataclass(frozen=True, slots=True)
class Beside:
    """`writes`: the actor may add a note; `key` makes a second click do nothing."""

    notes: tuple[Written, ...]
    writes: bool
    may_stand_aside: bool
    key: str
    law: str = interests.LAW


def beside(actor: Actor, page: CasePage) -> Beside:
    """The notes of the actor's body, newest first, and whether they may stand aside."""
    official = actor.is_official and not watches(actor)
    found = notes_of(actor, page.case) if official else []
    names = people(numbers=[each.person for each in found])
    kind = body(actor.organisation).kind if actor.organisation else ""
    language = current_language()
    notes = tuple(
        Written(n.at, names.get(n.person, n.person), post_name(n.post, "", kind)[language], n.text)
        for n in found
    )
    return Beside(notes, official, official and page.case.state != CaseState.ENDED, secrets.token_urlsafe(12))
