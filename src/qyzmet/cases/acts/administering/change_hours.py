"""Office hours of a name change, or a name is added; open dates that rest on it follow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import yaml

from qyzmet import clock
from qyzmet.cases import allow, rows
from qyzmet.cases.dates import calendars
from qyzmet.cases.deployment import administering, overlays
from qyzmet.cases.models import HoursAct
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["change_hours", "own_entries"]

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def change_hours(
    actor: Actor,
    name: str,
    entry: Mapping[str, Any],
    *,
    reason: str,
    now: datetime,
    seen: str | None = None,
    key: str | None = None,
) -> HoursAct:
    """Write the entry (`week`, `days`, `cite`, as in hours.yaml) over the hours of this name in the
    deployment's own file; open deadlines are judged again by `recompute.run`.

    `seen`: the version of the file the page showed. Raises ActRefused `hours-faulty`, `nothing-changed`,
    `changed-meanwhile`. Cites: the clause in `cite`.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    said = dict(entry)
    if not NAME.fullmatch(name) or len(name) > 60:
        raise refused("hours-unknown", hint={"field": "name"})
    try:
        book = calendars.current().hours
        new = book.with_entry(name, said)[name]
    except clock.ClockError as problem:
        raise refused("hours-faulty", why=str(problem)) from problem
    path = calendars.own_hours()
    with (
        overlays.laying(path) as file,
        act("change-hours", actor, now=now, key=key, body=[name, said, why]) as this,
    ):
        this.ledger.lock(["system"])
        if this.repeated:
            return HoursAct.objects.get(no=this.answer["no"])
        file.check(seen)
        if name in book and book[name].hash == new.hash and book[name].cite == new.cite:
            raise refused("nothing-changed")
        made = _made(name, calendars.entry_of(book[name]) if name in book else {}, said, why, actor, now)
        this.record("system", "hours.changed", {"reason": why, "name": name, "no": made.no,
                    "before": made.before, "after": said})  # fmt: skip
        this.answer = {"no": made.no}
        file.put(yaml.safe_dump({**own_entries(), name: said}, allow_unicode=True, sort_keys=False))
    calendars.forget()
    return made


def own_entries() -> dict[str, Any]:
    """What the deployment's hours.yaml holds."""
    path = calendars.own_hours()
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.is_file() else {}


def _made(  # noqa: PLR0917 - the parts of the row, in its order
    name: str, before: dict[str, Any], after: dict[str, Any], why: str, actor: Actor, now: datetime
) -> HoursAct:
    last = HoursAct.objects.order_by("-no").first()
    made = HoursAct(
        no=last.no + 1 if last else 1, name=name, before=before, after=after, reason=why, person=actor.person,
        applied_at=now,
    )  # fmt: skip
    rows.insert_returning([made])
    return made
