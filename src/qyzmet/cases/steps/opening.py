"""Opening steps: who holds them and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from qyzmet.cases import rows
from qyzmet.cases.dates import clocks
from qyzmet.cases.hold import Held
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Deadline, Token
from qyzmet.regulation import engine

__all__ = ["open_tokens", "post_of", "start_clock"]

DECIDER = "decider"
"""In general law: the post of the step that decides."""


def open_tokens(held: Held, tokens: Iterable[engine.Token], moment: datetime) -> None:
    """Make rows and deadlines for the steps an event opened."""
    for token in tokens:
        row = _row(held, token)
        held.open[row.no] = row
        held.new.append(row)
        if not row.suspended:
            start_clock(held, row, moment)
        if row.kind == "await" and held.law.step(row.step).from_ in held.law.package.parties:
            _ask(held, row)


def _ask(held: Held, row: Token) -> None:
    """Tell the parties that the case waits for them; until when, the letter says."""
    seq = held.record("case.awaits", {"step": row.step})
    if not held.asked:
        held.send("mail", "case.awaits", seq)


def _row(held: Held, token: engine.Token) -> Token:
    case, step = held.case, held.law.step(token.step)
    role = _role(held.law, token)
    return rows.make(
        Token,
        case_id=case.pk,
        no=token.id,
        step=token.step,
        kind=step.kind,
        service=case.service,
        role=role,
        organisation_id=case.orgs.get(role or "", case.provider_id),
        post=post_of(held.law, token.step, token.back) or "",
        opened_at=token.opened,
        queue_at=clocks.NEVER,
        suspended=token.suspended,
        runs_on=token.runs_on,
        parent=token.parent,
        back=token.back,
        heading=token.exit,
        ground=token.ground,
    )


def post_of(law: Law, step_id: str, back: str | None) -> str | None:
    """The post that does a step; the post of the step that decides, where general law says so."""
    by = law.step(step_id).by
    if by == DECIDER and back is not None:
        return law.step(back).by
    return by


def _role(law: Law, token: engine.Token) -> str | None:
    step = law.step(token.step)
    by = post_of(law, token.step, token.back)
    for package in (law.home(token.step), law.package):
        if step.org is None and by is not None and by in package.posts:
            return package.posts[by].org
    return token.org


def start_clock(held: Held, row: Token, moment: datetime) -> None:
    """Start the clock of a step that runs from `moment`."""
    judged = clocks.step_due(held, row, moment)
    if judged is None:
        return
    row.due, row.queue_at = judged.due, judged.due
    held.act.deadline(
        rows.make(
            Deadline,
            subject=f"token:{held.case.pk}.{row.no}",
            case_id=held.case.pk,
            duty=row.step,
            holder_id=row.organisation_id,
            due=judged.due,
            basis=judged.basis,
        )
    )
