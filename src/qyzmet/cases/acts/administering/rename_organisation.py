"""A body is called otherwise, or has moved house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people import directory
from qyzmet.people.actor import Actor
from qyzmet.people.models import Organisation

__all__ = ["rename_organisation"]


def rename_organisation(
    actor: Actor,
    organisation: int,
    names: Mapping[str, str],
    *,
    reason: str,
    now: datetime,
    number: str = "",
    address: str = "",
    seen: int | None = None,
    key: str | None = None,
) -> Organisation:
    """Give a body other names, BIN and address. What was issued before keeps the names it was issued under.

    Raises ActRefused `nothing-changed`, `changed-meanwhile`. Cites: the reason.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    said = {f"name-{k}": v for k, v in administering.names(names).items()}
    said["bin"] = administering.own_bin(number)
    said["address"] = administering.words(address, "address") if address.strip() else ""
    with act("rename-organisation", actor, now=now, key=key, body=[organisation, said, why]) as this:
        stream = f"organisation:{organisation}"
        administering.unchanged(this, stream, None if this.repeated else seen)
        row = administering.organisation(organisation)
        if this.repeated:
            return row
        former = {"name-kk": row.name_kk, "name-ru": row.name_ru, "name-en": row.name_en, "bin": row.bin,
                  "address": row.address}  # fmt: skip
        changed = {name for name in said if said[name] != former[name]}
        if not changed:
            raise refused("nothing-changed")
        for name in changed:
            setattr(row, name.replace("-", "_"), said[name])
        row.save(update_fields=[name.replace("-", "_") for name in sorted(changed)])
        before, after = ({n: each[n] for n in sorted(changed)} for each in (former, said))
        this.record(stream, "organisation.renamed", {"reason": why, "before": before, "after": after})
        this.answer = {"organisation": row.pk}
    directory.forget()
    return row
