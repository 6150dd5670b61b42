"""A parameter has a value from a day on, with what it rests on and the day somebody checked it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases import allow
from qyzmet.cases.dates import clocks
from qyzmet.cases.deployment import administering, overlays, own_parameters
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["set_parameter"]


def set_parameter(
    actor: Actor,
    name: str,
    value: Any,
    *,
    since: date,
    until: date | None = None,
    reference: str,
    status: str,
    reason: str,
    now: datetime,
    backwards: bool = False,
    seen: str | None = None,
    key: str | None = None,
) -> None:
    """Write the value into the deployment's own file of parameters; the day of `now` becomes "last checked".

    `value` is as the files write it for the parameter's type: a decimal in quotes, times of day, a term…
    From a day gone by only with `backwards`, for what was decided by the former value stays decided by it.
    Open dates keep the pick-up times they were given. Raises ActRefused `parameter-unknown`,
    `parameter-faulty`, `parameter-past`, `dates-reversed`, `changed-meanwhile`. Cites: the reference.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    rests = administering.words(reference, "reference")
    today = clock.local(now).date()
    _fit(name, since, until, today if not backwards else None)
    path = own_parameters.file_of(name)
    body = [name, value, since.isoformat(), until.isoformat() if until else "", rests, status, why]
    with (
        overlays.laying(path) as file,
        act("set-parameter", actor, now=now, key=key, body=body) as this,
    ):
        this.ledger.lock(["system"])
        if this.repeated:
            return
        file.check(seen)
        clocks.parameters.cache_clear()
        entry = {"from": since, **({"to": until} if until else {}), "value": value, "reference": rests,
                 "checked": today, "status": status}  # fmt: skip
        former, text = own_parameters.with_value(name, entry)
        after = {"value": value, "since": since, "until": until, "reference": rests, "status": status}
        said = {"reason": why, "name": name, "before": {"value": former}, "after": after}
        this.record("system", "parameter.set", said)
        this.answer = {"name": name}
        file.put(text)
    clocks.parameters.cache_clear()


def _fit(name: str, since: date, until: date | None, earliest: date | None) -> None:
    if until is not None and until < since:
        raise refused("dates-reversed", hint={"field": "until"})
    if earliest is not None and since < earliest:
        raise refused("parameter-past", hint={"field": "since"})
    if name not in clocks.parameters():
        raise refused("parameter-unknown", hint={"field": "name"})
