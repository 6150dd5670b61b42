"""What a revision changes for cases in flight, and bringing them onto it."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from qyzmet import clock
from qyzmet.cases import rows
from qyzmet.cases.dates import clocks
from qyzmet.cases.dates.standstill import intervals
from qyzmet.cases.hold import Held, adopt
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, CaseState, Deadline, Edition, Revision, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.regulation import canon
from qyzmet.regulation.model import Package

__all__ = ["CHUNK", "Report", "digest", "follow", "report"]

CHUNK = 100
"""Cases brought onto a revision in one transaction."""


@dataclass(frozen=True, slots=True)
class Report:
    """`kind`: `texts` or `repair`. `cases`: open cases on the edition. `steps`: step id → open cases on it
    whose limit changes. `lost`: steps open cases stand on that the revision lacks. `term`: whether the term
    changes."""

    kind: str
    cases: int
    steps: dict[str, int]
    lost: tuple[str, ...]
    term: bool

    def stored(self) -> dict[str, Any]:
        """Plain JSON."""
        return {**asdict(self), "lost": list(self.lost)}


def digest(package: Package) -> str:
    """The hash an edition is published under."""
    return hashlib.sha256(canon.to_bytes(package)).hexdigest()


def report(before: Edition, package: Package) -> Report:
    """The dry run. Raises ActRefused `revision-same`."""
    if digest(package) == before.hash:
        raise refused("revision-same")
    old = law_of(before.pk).package
    standing = _standing(before)
    changed = {s: n for s, n in standing.items() if _limits(old, s) != _limits(package, s)}
    return Report(
        kind="texts" if canon.law_hash(package) == before.law_hash else "repair",
        cases=Case.objects.filter(edition=before).exclude(state=CaseState.ENDED).count(),
        steps=changed,
        lost=tuple(sorted(s for s in standing if ":" not in s and s not in package.steps)),
        term=old.term != package.term,
    )


def _standing(edition: Edition) -> Counter[str]:
    found = (
        Token.objects.filter(case__edition=edition, closed_at__isnull=True)
        .values("step")
        .annotate(n=Count("case", distinct=True))
    )
    return Counter({row["step"]: row["n"] for row in found})


def _limits(package: Package, step: str) -> object:
    return package.steps[step].within if step in package.steps else None


def follow(actor: Actor, revision: Revision, now: datetime) -> int:
    """Bring every open case of the former revision onto the new one; how many were brought.

    One that has come to stand on a step the revision lacks stays where it is.
    """
    brought, after = 0, 0
    while ids := _waiting(revision, after):
        with act("follow-revision", actor, now=now) as this:
            for case in rows.select(Case, f"WHERE id IN ({', '.join(['%s'] * len(ids))}) ORDER BY id", ids):
                brought += _bring(adopt(this, case), revision)
        after = ids[-1]
    return brought


def _waiting(revision: Revision, after: int) -> list[int]:
    behind = Case.objects.filter(edition=revision.before, id__gt=after).exclude(state=CaseState.ENDED)
    return list(behind.order_by("id").values_list("id", flat=True)[:CHUNK])


def _bring(held: Held, revision: Revision) -> bool:
    """Bring one locked case; False for one that ended meanwhile, was brought by another, or cannot be."""
    old, new = law_of(revision.before_id), law_of(revision.after_id)
    if held.case.edition_id != revision.before_id or held.case.state == CaseState.ENDED:
        return False
    if any(":" not in token.step and token.step not in new.package.steps for token in held.open.values()):
        return False
    held.set(edition_id=revision.after_id)
    held.law = new
    moved: dict[str, list[str]] = {}
    if revision.kind == "repair":
        for token in held.open.values():
            if ":" not in token.step and _limits(old.package, token.step) != _limits(new.package, token.step):
                moved |= _judge_again(held, token)
        if old.package.term != new.package.term and held.case.state != CaseState.RECEIVED:
            moved |= _judge_term(held)
    said = {"from": old.name, "to": new.name, "kind": revision.kind, "deadlines": moved}
    held.record("case.revised", said)
    return True


def _judge_again(held: Held, token: Token) -> dict[str, list[str]]:
    """A step's limit anew, from when its time began and with what held it up since.

    One that stands still has no due moment to move: its limit is changed, and counts when the case goes on.
    """
    subject = f"token:{held.case.pk}.{token.no}"
    kept = _kept(subject, token.step)
    begun, held_up = token.opened_at, tuple[clock.Suspension, ...]()
    if kept is not None and "term" in kept.basis:
        facts = clock.DeadlineFacts.restored(kept.basis)
        begun, held_up = max(begun, facts.start), facts.suspensions
    judged = clocks.step_due(held, token, begun, held_up)
    if token.suspended:
        return _relimit(kept, judged)
    return _rewrite(held, subject, token.step, judged, token)


def _kept(subject: str, duty: str) -> Deadline | None:
    found = rows.select(Deadline, "WHERE subject = %s AND duty = %s AND state = 'open'", [subject, duty])
    return found[0] if found else None


def _relimit(kept: Deadline | None, judged: clocks.Judged | None) -> dict[str, list[str]]:
    """Give a clock that stands still its new limit; the words of both."""
    if kept is None or judged is None or "term" not in judged.basis:
        return {}
    before, kept.basis = str(kept.basis.get("term", "")), judged.basis
    rows.update(kept, ("basis",))
    return {kept.duty: [before, str(judged.basis["term"])]}


def _judge_term(held: Held) -> dict[str, list[str]]:
    judged = clocks.term_due(held.law, held.case, held.facts, intervals(held.case.pk), held.now)
    if held.case.state == CaseState.SUSPENDED:
        return _relimit(_kept(f"case:{held.case.pk}", "term"), judged)
    if judged is not None:
        held.set(due=judged.due)
    return _rewrite(held, f"case:{held.case.pk}", "term", judged, None)


def _rewrite(
    held: Held, subject: str, duty: str, judged: clocks.Judged | None, token: Token | None
) -> dict[str, list[str]]:
    """Write a due moment worked out anew: (old, new) by duty; nothing when it stays."""
    kept = _kept(subject, duty)
    before = kept.due if kept else None
    after = judged.due if judged else None
    if before == after:
        return {}
    if token is not None:
        held.touch(token, due=after, queue_at=after or clocks.NEVER)
    if kept and judged:
        kept.due, kept.basis = judged.due, judged.basis
        rows.update(kept, ("due", "basis"))
    elif kept:
        held.void.append(subject)
    elif judged:
        where = token.organisation_id if token else held.case.provider_id
        new = {"subject": subject, "duty": duty, "due": judged.due, "basis": judged.basis, "holder_id": where}
        held.act.deadline(rows.make(Deadline, case_id=held.case.pk, **new))
    return {duty: [_said(before), _said(after)]}


def _said(moment: datetime | None) -> str:
    return clock.local(moment).isoformat() if moment else ""
