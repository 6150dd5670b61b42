"""Endings no step leads to: refused at the window, withdrawn, stopped from outside and taken up again."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import acts
from qyzmet.cases.models import CaseState
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.demo.rehearsal.filing import Filing, filer, recipient
from qyzmet.demo.rehearsal.told import Row
from qyzmet.demo.rehearsal.walk import Walk
from qyzmet.demo.samples import paper

__all__ = ["refuse_at_window", "stop_from_outside", "withdraw"]


def refuse_at_window(cast: Cast, filing: Filing, at: datetime) -> Row:
    """The window refuses an incomplete set with a receipt; no case is opened."""
    official, package = filer(cast, filing), filing.package
    exit_ = package.exits[filing.way.outcome]
    ground = next(iter(exit_.grounds or package.grounds))
    missing = [key for key, document in package.documents.items() if document.required][:1]
    acts.refuse_to_accept(
        official, package.service, recipient(filing.applicant), now=at,
        grounds=[{"ground": ground, "reason": package.grounds[ground].name.kk}],
        documents=[paper(key) for key in missing],
    )  # fmt: skip
    post = official.post or ""
    return Row(
        "refuse-to-accept", post, package.posts[post].org, at, None, at, exit_.cite, official.person,
        official.organisation,
    )  # fmt: skip


def withdraw(walk: Walk) -> None:
    """After the first step the recipient withdraws."""
    walk.step()
    began = walk.now
    acts.withdraw(walk.applicant, walk.case.ref, reason="Өтінішті кері қайтарып аламын", now=walk.now)
    exits = walk.law.package.exits.values()
    walk.look()
    walk.tell("withdraw", walk.applicant, began, next(e.cite for e in exits if e.kind == "withdrawn"))


def stop_from_outside(walk: Walk, ground: str) -> None:
    """After the first step the suspension is entered; the case waits, is taken up again and goes on."""
    walk.step()
    if walk.case.state == CaseState.ENDED:
        return
    by, known = walk.keeper(ground), walk.law.package.suspensions[ground]
    acts.suspend(by, walk.case.ref, ground, reason=known.name.kk, now=walk.now, occurred=walk.now)
    walk.tell("suspend", by, walk.now, known.cite)
    walk.look()
