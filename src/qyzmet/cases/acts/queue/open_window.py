"""An official sits down at a window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from qyzmet.cases.hall import queueing
from qyzmet.cases.models import Window
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["MOST", "open_window"]

MOST = 99


def open_window(
    actor: Actor, number: int, services: Sequence[str] = (), *, now: datetime, key: str | None = None
) -> Window:
    """Open window `number` of one's body for these services, or for all of them.

    Its sign says what is served there and who serves. Raises ActRefused `not-your-act`, `window-number`,
    `window-service`, `window-taken` (somebody sits there), `window-other` (one sits at another).
    Cites: M262 private §15 ¶1.
    """
    where = queueing.may_serve(actor)
    if not 0 < number <= MOST:
        raise refused("window-number", most=MOST, hint={"field": "number"})
    known, wanted = queueing.served(where, now), sorted(set(services))
    for service in wanted:
        if service not in known:
            raise refused("window-service", hint={"field": "services"})
    with act("open-window", actor, now=now, key=key, body=[number, wanted]) as this:
        stream = queueing.stream(where)
        this.ledger.lock([stream])
        if this.repeated:
            return Window.objects.get(pk=this.answer["window"])
        if (mine := queueing.window_of(actor)) is not None:
            raise refused("window-other", number=mine.number)
        held = Window.objects.filter(organisation_id=where, number=number, closed_at__isnull=True).first()
        if held is not None:
            raise refused(
                "window-taken", number=number, name=held.account.full_name, hint={"field": "number"}
            )
        made = Window.objects.create(
            organisation_id=where, number=number, services=wanted, account_id=actor.account or 0,
            opened_at=this.now,
        )  # fmt: skip
        this.record(stream, "window.opened", {"window": number, "services": wanted})
        this.answer = {"window": made.pk}
    return made
