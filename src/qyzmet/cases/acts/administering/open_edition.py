"""An edition that is not in force is opened by name for new filings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml

from qyzmet import clock
from qyzmet.cases import allow
from qyzmet.cases.deployment import administering, overlays
from qyzmet.cases.filing import editions
from qyzmet.cases.models import Edition
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["open_edition", "written"]


def open_edition(
    actor: Actor,
    service: str,
    edition: str,
    ground: Mapping[str, str],
    *,
    since: date,
    until: date | None,
    reason: str,
    now: datetime,
    seen: str | None = None,
    key: str | None = None,
) -> None:
    """Open an edition from `since` to `until`, both days included; catalogue, receipt and case tell the
    ground.

    Raises ActRefused `edition-unknown`, `dates-since-past`, `dates-reversed`, `opening-overlaps`,
    `changed-meanwhile`. Cites: the ground.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    told = administering.names(ground, "ground")
    _fit(service, edition, since, until, clock.local(now).date())
    ends = {"to": until} if until else {}
    row = {"service": service, "edition": edition, "from": since, **ends, "ground": told}
    path = editions.own_openings()
    body = [service, edition, since.isoformat(), until.isoformat() if until else "", told, why]
    with (
        overlays.laying(path) as file,
        act("open-edition", actor, now=now, key=key, body=body) as this,
    ):
        this.ledger.lock(["system"])
        if this.repeated:
            return
        file.check(seen)
        editions.opened.cache_clear()
        rows = [written(each) for each in editions.opened()]
        for each in rows:
            if each["service"] == service and _meet(each, row):
                raise refused("opening-overlaps", first=each["from"], edition=each["edition"])
        this.record("system", "edition.opened", {"reason": why, "after": row}, edition=f"{service}/{edition}")
        this.answer = {"service": service}
        file.put(yaml.safe_dump({"openings": [*rows, row]}, allow_unicode=True, sort_keys=False))
    editions.opened.cache_clear()


def written(opening: Any) -> dict[str, Any]:
    """An opening as the file writes it."""
    until = {"to": opening.to} if opening.to else {}
    ground = opening.ground.model_dump(include={"kk", "ru", "en"})
    return {
        "service": opening.service,
        "edition": opening.edition,
        "from": opening.from_,
        **until,
        "ground": ground,
    }


def _meet(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    far = date.max
    return bool(one["from"] <= other.get("to", far) and other["from"] <= one.get("to", far))


def _fit(service: str, edition: str, since: date, until: date | None, today: date) -> None:
    if until is not None and until < since:
        raise refused("dates-reversed", hint={"field": "until"})
    if since < today:
        raise refused("dates-since-past", hint={"field": "since"})
    if not Edition.objects.filter(service=service, edition=edition).exists():
        raise refused("edition-unknown", hint={"field": "edition"})
