"""An administrator proposes to publish an edition, or a revision of one."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow, revising
from qyzmet.cases.deployment import administering
from qyzmet.cases.models import Edition, Proposal
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.regulation import canon
from qyzmet.regulation.model import Package

__all__ = ["propose_edition"]


def propose_edition(
    actor: Actor, package: Package, *, reason: str, now: datetime, key: str | None = None
) -> Proposal:
    """Keep the bytes of a resolved and checked package and what the dry run says, for another to approve.

    It publishes nothing. Raises ActRefused `revision-same`, `revision-breaks`, `proposal-there`.
    Cites: the clause of the act the edition is adopted or corrected by, which is the reason given.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    digest = revising.digest(package)
    with act("propose-edition", actor, now=now, key=key, body=[digest, why]) as this:
        this.ledger.lock(["system"])
        if this.repeated:
            return Proposal.objects.get(pk=this.answer["proposal"])
        before = Edition.objects.filter(service=package.service, edition=package.edition)
        report = revising.report(before.latest("revision"), package) if before.exists() else None
        if report is not None and report.lost:
            steps = ", ".join(report.lost)
            raise refused("revision-breaks", steps=steps, hint={"steps": list(report.lost)})
        if Proposal.objects.filter(hash=digest, state="waiting").exists():
            raise refused("proposal-there")
        made = Proposal.objects.create(
            kind=report.kind if report else "publish",
            service=package.service,
            edition=package.edition,
            hash=digest,
            package=canon.to_bytes(package),
            report=report.stored() if report else {},
            reason=why,
            person=actor.person,
            made_at=now,
        )
        said = {"reason": why, "kind": made.kind, "hash": digest, "report": made.report}
        this.record("system", "edition.proposed", said, edition=f"{package.service}/{package.edition}")
        this.answer = {"proposal": made.pk}
    return made
