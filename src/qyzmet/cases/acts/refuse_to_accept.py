"""The window refuses to accept an application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from qyzmet.cases.filing.editions import edition_for
from qyzmet.cases.filing.numbers import next_number
from qyzmet.cases.filing.shapes import recipient_faults
from qyzmet.cases.laws import Law
from qyzmet.cases.models import RefusedFiling
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor, Principal

__all__ = ["refuse_to_accept"]


def refuse_to_accept(
    actor: Actor,
    service: str,
    recipient: Principal,
    *,
    grounds: Sequence[Mapping[str, str]],
    documents: Sequence[Mapping[str, Any]] = (),
    details: Mapping[str, str] | None = None,
    now: datetime,
    key: str | None = None,
) -> RefusedFiling:
    """Refuse an incomplete set or expired documents at the window, with a receipt.

    `documents` are those missing or expired, as the receipt lists them; `details` the recipient's `address`
    and who applies `with` them, for the receipt too. No case is opened, but the refusal has a number of its
    own, is journaled and counted.
    Cites: Law on state services art. 20(2); O109 an.3; O109 r417 §13 ¶5; r417 an.3.
    """
    law = edition_for(service, now).law
    where = _window(actor, law)
    _check(actor, recipient, grounds)
    told = dict(details or {})
    body = [service, recipient, list(grounds), list(documents), told]
    with act("refuse-to-accept", actor, now=now, key=key, body=body) as this:
        if this.repeated:
            return RefusedFiling.objects.get(number=this.answer["number"])
        row = RefusedFiling.objects.create(
            number=next_number(where, now, "refusal"),
            service=service,
            edition=law.name,
            organisation_id=where,
            applicant=recipient.number,
            applicant_name=recipient.name,
            grounds=[dict(each) for each in grounds],
            documents=[dict(each) for each in documents],
            details=told,
            official=actor.person,
            refused_at=now,
        )
        stream = f"counter:{where}"
        said = {"number": row.number, "service": service, "grounds": row.grounds, "documents": row.documents}
        seq = this.record(stream, "filing.refused", said, edition=law.name)
        this.send("monitoring", "filing.refused", stream, seq)
        this.send("documents", "issue", stream, seq, ref="not-accepted")
        this.answer = {"number": row.number}
        return row


def _window(actor: Actor, law: Law) -> int:
    """The body at whose window the actor stands."""
    counters = {channel.by for channel in law.package.channels.values() if channel.by}
    if actor.post not in counters or actor.organisation is None:
        raise refused("not-your-act")
    return actor.organisation


def _check(actor: Actor, recipient: Principal, grounds: Sequence[Mapping[str, str]]) -> None:
    """Every ground has its reason, the recipient a number and a name, and nobody refuses themselves."""
    if not grounds or not all(each.get("reason", "").strip() for each in grounds):
        raise refused("reason-needed", "Law on state services art. 20(2)", ground="not-accepted")
    faults = recipient_faults(recipient)
    if faults:
        raise refused("form-faulty", hint=faults)
    if recipient.number == actor.person:
        raise refused("own-case")
