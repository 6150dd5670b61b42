"""Somebody reads a case."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow, rows
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.cases.words.lookup import by_ref
from qyzmet.people.actor import Actor

__all__ = ["in_hands", "read_case"]


def read_case(actor: Actor, ref: str, *, now: datetime) -> Case:
    """Open a case for reading. An official who reads one that is not in their hands leaves an entry of it.

    In one's hands is a case with an open step of one's post, unless it is one's own or a relative's, in which
    one may do nothing. Parties read their own cases freely. The entry goes to a stream of its own,
    `reads:<case>`, so that reading never makes a page stale.
    Cites: Law on personal data art. 8; Law on countering corruption art. 15.
    """
    case = by_ref(ref)
    if case is None:
        raise refused("not-found")
    seen = allow.capacities(actor, case.pk)
    if not seen:
        raise refused("not-found")
    if actor.is_official and not _as_work(actor, case, now):
        with act("read-case", actor, now=now) as this:
            this.record(f"reads:{case.pk}", "case.read", {"as": sorted(seen)})
    return case


def _as_work(actor: Actor, case: Case, now: datetime) -> bool:
    return in_hands(actor, case) and allow.barred(actor, case, law_of(case.edition_id), now) is None


def in_hands(actor: Actor, case: Case) -> bool:
    """Whether an open step of the case belongs to the actor's post."""
    open_tokens = rows.select(Token, "WHERE case_id = %s AND closed_at IS NULL", [case.pk])
    return any(allow.fits(actor, token) for token in open_tokens)
