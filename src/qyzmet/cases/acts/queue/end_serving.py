"""The window has served who came."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hall import queueing
from qyzmet.cases.models import Case, Ticket
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.cases.words.lookup import by_ref
from qyzmet.people.actor import Actor

__all__ = ["end_serving"]


def end_serving(actor: Actor, ticket: int, ref: str = "", *, now: datetime, key: str | None = None) -> Ticket:
    """The time of service ends; `ref` is the case that came of it, if one did.

    Raises ActRefused `window-none`, `ticket-unknown`, `ticket-state`, `not-found` for a case one does not
    see. Cites: M262 private §10(2); A120 §9(1) intake; A120 §5(6).
    """
    with act("end-serving", actor, now=now, key=key, body=[ticket, ref]) as this:
        mine = queueing.at_window(this)
        found = queueing.ticket(mine, ticket)
        if this.repeated:
            return found
        if found.state != "serving" or found.window_id != mine.pk:
            raise refused("ticket-state", number=found.number)
        found.state, found.ended_at, found.case = "served", this.now, _case(actor, ref)
        found.save(update_fields=["state", "ended_at", "case"])
        said = {"day": found.day, "no": found.no, "turn": found.turn, "window": mine.number, "case": ref}
        this.record(queueing.stream(mine.organisation_id), "ticket.served", said)
        this.answer = {"ticket": found.pk}
    return found


def _case(actor: Actor, ref: str) -> Case | None:
    if not ref:
        return None
    case = by_ref(ref)
    if case is None or not allow.capacities(actor, case.pk):
        raise refused("not-found")
    return case
