"""An opening ends: from the next day the edition takes no filings by it."""

from __future__ import annotations

from datetime import date, datetime

import yaml

from qyzmet import clock
from qyzmet.cases import allow
from qyzmet.cases.acts.administering.open_edition import written
from qyzmet.cases.deployment import administering, overlays
from qyzmet.cases.filing import editions
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["end_opening"]


def end_opening(
    actor: Actor,
    service: str,
    edition: str,
    since: date,
    *,
    last: date,
    reason: str,
    now: datetime,
    seen: str | None = None,
    key: str | None = None,
) -> None:
    """Let the opening that began on `since` end with the day `last`; one not yet begun is struck out.

    Cases filed under it go on by their law. Raises ActRefused `opening-unknown`, `dates-past`,
    `changed-meanwhile`. Cites: the reason.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    today = clock.local(now).date()
    if last < today:
        raise refused("dates-past", day=today, hint={"field": "last"})
    path = editions.own_openings()
    body = [service, edition, since.isoformat(), last.isoformat(), why]
    with (
        overlays.laying(path) as file,
        act("end-opening", actor, now=now, key=key, body=body) as this,
    ):
        this.ledger.lock(["system"])
        if this.repeated:
            return
        file.check(seen)
        editions.opened.cache_clear()
        rows = [written(each) for each in editions.opened()]
        one = next(
            (r for r in rows if (r["service"], r["edition"], r["from"]) == (service, edition, since)), None
        )
        if one is None or (one.get("to") is not None and one["to"] <= last):
            raise refused("opening-unknown", hint={"field": "last"})
        said = {"before": {"until": one.get("to")}, "after": {"until": last, "since": since}, "reason": why}
        rows.remove(one)
        rows += [] if since > last else [{**one, "to": last}]
        this.record("system", "edition.opening-ended", said, edition=f"{service}/{edition}")
        this.answer = {"service": service}
        file.put(yaml.safe_dump({"openings": rows}, allow_unicode=True, sort_keys=False))
    editions.opened.cache_clear()
