"""A published edition is corrected: first what it would change, then, if approved, the change."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow, laws, revising
from qyzmet.cases.acts.publish_edition import new_edition
from qyzmet.cases.models import Edition, Revision
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import Act, act
from qyzmet.people.actor import Actor
from qyzmet.regulation import canon
from qyzmet.regulation.model import Package

__all__ = ["dry_run", "revise", "revise_edition"]


def dry_run(package: Package) -> revising.Report:
    """What a revision would change, and for how many open cases. It writes nothing.

    Raises ActRefused `edition-unknown`, `revision-same`.
    """
    return revising.report(_published(package), package)


def revise_edition(
    actor: Actor,
    package: Package,
    *,
    reason: str,
    approver: str,
    now: datetime,
    key: str | None = None,
) -> Revision:
    """Publish a revision of an edition and bring its open cases onto it; ended cases never change.

    `texts` (names, help, templates) apply at once. A `repair` of law needs an approver and a reason, keeps
    every step some open case stands on, and works out anew the deadlines whose limits changed, old → new
    journaled on each case. The cases follow in chunks; run again, it goes on where it stopped.
    Cites: the act that corrects the regulation, given as the reason.
    """
    allow.operator(actor)
    digest = revising.digest(package)
    with act("revise-edition", actor, now=now, key=key, body=[digest, reason, approver]) as this:
        this.ledger.lock(["system"])
        made = Revision.objects.filter(after__hash=digest).first()
        if made is None:
            made = revise(this, package, by=actor.person, reason=reason, approver=approver)
    laws.forget()
    revising.follow(actor, made, now)
    return made


def revise(this: Act, package: Package, *, by: str, reason: str, approver: str) -> Revision:
    """Write the revision within an act that has locked the stream `system`; `by` is who proposes it."""
    before = _published(package)
    report = revising.report(before, package)
    if report.kind == "repair" and not (reason.strip() and approver.strip() and approver != by):
        raise refused("approval-needed")
    if report.lost:
        raise refused("revision-breaks", steps=", ".join(report.lost), hint={"steps": list(report.lost)})
    after = new_edition(package, canon.to_bytes(package), this.now, before.revision + 1)
    after.save()
    made = Revision.objects.create(
        before=before, after=after, kind=report.kind, report=report.stored(), reason=reason,
        approver=approver, applied_at=this.now,
    )  # fmt: skip
    said = {"kind": made.kind, "report": made.report, "reason": reason, "approver": approver, "by": by}
    this.record("system", "edition.revised", said, edition=after.name)
    return made


def _published(package: Package) -> Edition:
    found = (
        Edition.objects.filter(service=package.service, edition=package.edition).order_by("-revision").first()
    )
    if found is None:
        raise refused("edition-unknown")
    return found
