"""Whose work it is: which open steps this post may hand to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.models import CaseState
from qyzmet.cases.queries import CasePage
from qyzmet.office.names import people, step_name
from qyzmet.people import seats
from qyzmet.people.actor import Actor

__all__ = ["Assignable", "assignable"]


@dataclass(frozen=True, slots=True)
class Assignable:
    """An open step that may be given to somebody: account id → name; `now` is who has it."""

    no: int
    name: str
    clause: str
    people: dict[int, str]
    now: int | None


def assignable(actor: Actor, page: CasePage, now: datetime) -> list[Assignable]:
    """The steps whose holder this post may name: the provider's head or management, or the body above it."""
    directs = allow.directs(actor, page.capacities, allow.NAMES_THE_HOLDER)
    if page.case.state == CaseState.ENDED or not directs:
        return []
    found = []
    for token in page.tokens:
        if token.closed_at is None and token.post and token.kind in ("task", "batch"):
            held = seats.acting(token.organisation_id or 0, token.post, now, token.service)
            names = people(ids=held)
            found.append(
                Assignable(
                    token.no,
                    step_name(page.law, token.step),
                    page.law.step(token.step).cite,
                    {account: names[account] for account in held},
                    token.assignee_id,
                )
            )
    return found
