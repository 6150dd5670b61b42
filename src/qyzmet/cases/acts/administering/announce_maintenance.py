"""Maintenance is announced: every page says when and why. Filings are received and no clock stops."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering, windows
from qyzmet.cases.models import Maintenance
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["announce_maintenance"]

LONGEST = timedelta(days=7)


def announce_maintenance(
    actor: Actor,
    text: Mapping[str, str],
    *,
    since: datetime,
    until: datetime,
    reason: str,
    now: datetime,
    key: str | None = None,
) -> Maintenance:
    """Announce work from `since` to `until`, at most a week, in three languages.

    What is filed meanwhile is received as ever, and every term runs on: only the law suspends one. Raises
    ActRefused `dates-reversed`, `dates-past`, `maintenance-long`, `maintenance-overlaps`. Cites: the reason.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    told = administering.names(text, "text")
    administering.forward(since, until, now)
    if until - since > LONGEST:
        raise refused("maintenance-long", hint={"field": "until"})
    body = [told, since.isoformat(), until.isoformat(), why]
    with act("announce-maintenance", actor, now=now, key=key, body=body) as this:
        this.ledger.lock(["system"])
        if this.repeated:
            return Maintenance.objects.get(pk=this.answer["maintenance"])
        if Maintenance.objects.filter(cancelled_at__isnull=True, since__lt=until, until__gt=since).exists():
            raise refused("maintenance-overlaps", hint={"field": "since"})
        made = Maintenance.objects.create(
            since=since, until=until, text_kk=told["kk"], text_ru=told["ru"], text_en=told["en"],
            person=actor.person, announced_at=now,
        )  # fmt: skip
        after = {"since": since, "until": until, **{f"text-{k}": v for k, v in told.items()}}
        this.record("system", "maintenance.announced", {"reason": why, "no": made.pk, "after": after})
        this.answer = {"maintenance": made.pk}
    windows.forget()
    return made
