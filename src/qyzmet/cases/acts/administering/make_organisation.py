"""A body is entered: from now on services may name it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.dates import calendars
from qyzmet.cases.deployment import administering
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people import directory
from qyzmet.people.actor import Actor
from qyzmet.people.models import Organisation

__all__ = ["make_organisation"]

CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def make_organisation(
    actor: Actor,
    code: str,
    names: Mapping[str, str],
    *,
    kind: str,
    hours: str,
    reason: str,
    now: datetime,
    number: str = "",
    address: str = "",
    region: str = "",
    parent: int | None = None,
    key: str | None = None,
) -> Organisation:
    """Enter a body with a code of its own, its `kind` as packages name it, the hours it keeps and its BIN.

    Raises ActRefused `organisation-code`, `organisation-there`, `hours-unknown`, and what words and numbers
    are refused for. Cites: the reason; the acts at hand say nothing of it.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    said = {**{f"name-{k}": v for k, v in administering.names(names).items()}, "kind": kind, "hours": hours}
    said |= {"bin": administering.own_bin(number), "region": region.strip()}
    said["address"] = administering.words(address, "address") if address.strip() else ""
    if not CODE.fullmatch(code) or len(code) > 60 or not CODE.fullmatch(kind) or len(said["region"]) > 60:
        raise refused("organisation-code", hint={"field": "code"})
    if hours not in calendars.current().hours:
        raise refused("hours-unknown", hint={"field": "hours"})
    with act("make-organisation", actor, now=now, key=key, body=[code, said, parent, why]) as this:
        this.ledger.lock(["system"])
        if this.repeated:
            return Organisation.objects.get(pk=this.answer["organisation"])
        above = administering.organisation(parent) if parent is not None else None
        if Organisation.objects.filter(code=code).exists():
            raise refused("organisation-there", hint={"field": "code"})
        columns = {name.replace("-", "_"): value for name, value in said.items()}
        made = Organisation.objects.create(code=code, parent=above, **columns)
        after = {"code": code, **said, "parent": above.code if above else ""}
        this.record(f"organisation:{made.pk}", "organisation.made", {"reason": why, "after": after})
        this.answer = {"organisation": made.pk}
    directory.forget()
    return made
