"""A calendar act changes days; open future deadlines are then judged again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from qyzmet import clock
from qyzmet.cases import allow, rows
from qyzmet.cases.dates import calendars
from qyzmet.cases.deployment import administering
from qyzmet.cases.models import CalendarAct
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["change_calendar"]


def change_calendar(
    actor: Actor,
    name: str,
    rules: Iterable[clock.DayRule],
    *,
    now: datetime,
    reason: str = "",
    seen: int | None = None,
    key: str | None = None,
) -> CalendarAct:
    """Lay an act's days over the calendar in use; from now on dates are judged by it.

    `name` is the act's own title. Open deadlines follow by `recompute.run`. The same days again change
    nothing and give the act that set them. A person gives a `reason`; `seen` is the number of the last act
    the page showed. Raises ActRefused `calendar-faulty`, with what is wrong, `changed-meanwhile`. Cites:
    Law on holidays art. 5; Labour Code working time.
    """
    allow.operator(actor)
    why = "" if actor.is_system else administering.reasoned(reason)
    laid = tuple(rules)
    data = calendars.rules_as_data(laid)
    with act("change-calendar", actor, now=now, key=key, body=[name, data]) as this:
        this.ledger.lock(["system"])
        last = CalendarAct.objects.order_by("-no").first()
        if this.repeated:
            return CalendarAct.objects.get(no=this.answer["no"])
        if last is not None and last.rules == data:
            this.answer = {"no": last.no}
            return last
        if seen is not None and seen != (last.no if last else 0):
            raise refused("changed-meanwhile")
        calendars.forget()
        old = calendars.current()
        try:
            new = old.amended(laid)
        except clock.ClockError as problem:
            raise refused("calendar-faulty", why=str(problem)) from problem
        made = CalendarAct(
            no=last.no + 1 if last else 1, name=name, rules=data, before=old.hash, after=new.hash,
            person=actor.person, applied_at=now,
        )  # fmt: skip
        rows.insert_returning([made])
        said = {"no": made.no, "name": name, "rules": data, "before": old.hash, "after": new.hash}
        this.record("system", "calendar.changed", {**said, "reason": why} if why else said)
        this.answer = {"no": made.no}
    calendars.forget()
    return made
