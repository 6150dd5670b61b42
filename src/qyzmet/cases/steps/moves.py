"""What an event of the procedure does to a held case.

`proceed` applies one event by the engine and turns its answer into rows: steps closed and opened, deadlines,
access, suspension, the end. Then it carries out what happens by itself: checks, effects, sub-cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from qyzmet.cases.dates import standstill
from qyzmet.cases.hold import Held
from qyzmet.cases.models import Case, CaseState, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps import automatic, ending
from qyzmet.cases.steps.opening import open_tokens
from qyzmet.regulation import engine

__all__ = ["MOST", "proceed", "settle", "state_of"]

MOST = 1000
"""How many steps may complete by themselves in one act before the package is said to go round in circles."""


def state_of(case: Case, tokens: Iterable[Token]) -> engine.State:
    """The engine's state, from the row of a case and those of its open steps in their order."""
    return engine.State(
        tokens=tuple(_token(t) for t in tokens),
        next_id=case.next_token,
        suspensions=tuple(engine.Suspended(*each) for each in case.suspensions),
        held=frozenset(case.held),
        exit=case.exit,
        ended=case.state == CaseState.ENDED,
    )


def _token(t: Token) -> engine.Token:
    return engine.Token(
        t.no, t.step, t.opened_at, t.role, t.suspended, t.runs_on, t.parent, t.back, t.heading, t.ground
    )


def proceed(
    held: Held, event: engine.Event, *, occurred: datetime | None = None, reason: str = ""
) -> engine.Advance:
    """Apply one event and everything that follows from it by itself.

    `occurred` is when it happened, if not now. Raises ActRefused with what the engine refuses. The caller has
    set outcome and output of the step it completes, and records its own entry.
    """
    advance = _apply(held, event, occurred or held.now, reason)
    settle(held, occurred)
    return advance


def settle(held: Held, occurred: datetime | None = None) -> None:
    """Carry out what happens by itself until nothing is left. Raises ActRefused `loops`."""
    for _ in range(MOST):
        following = automatic.next_event(held)
        if following is None:
            return
        _apply(held, following, occurred or held.now, "")
    raise refused("loops")


def _apply(held: Held, event: engine.Event, moment: datetime, reason: str) -> engine.Advance:
    before = state_of(held.case, held.open.values())
    advance = _advanced(held, before, event, moment)
    after = advance.state
    _close(held, advance, moment)
    _carry_over(held, after)
    held.set(
        next_token=after.next_id,
        held=sorted(after.held),
        suspensions=[list(each) for each in after.suspensions],
        exit=after.exit,
        moved_at=max(moment, held.case.moved_at),
    )
    open_tokens(held, advance.opened, moment)
    if advance.suspended:
        standstill.begin(held, advance.suspended, moment, reason)
    if advance.resumed:
        standstill.end(held, advance.resumed, moment, reason)
    if advance.preliminary:
        ending.preliminary(held, advance.preliminary)
    if advance.ended is not None:
        ending.end(held, advance.ended)
    return advance


def _advanced(held: Held, before: engine.State, event: engine.Event, moment: datetime) -> engine.Advance:
    try:
        return engine.advance(held.law.program, before, event, held.facts, moment)
    except engine.EngineError as problem:
        raise _refusal(held, event, problem) from problem


def _refusal(held: Held, event: engine.Event, problem: engine.EngineError) -> Exception:
    words: dict[str, Any] = {}
    code = {
        "token-not-open": "event-unexpected",
        "started": "event-unexpected",
        "no-such-step": "event-unexpected",
        "no-such-exit": "withdraw-late",
        "no-such-ground": "ground-unknown",
        "endless": "loops",
    }.get(problem.code, problem.code)
    if code == "ended":
        words = {"at": held.case.ended_at}
    if code == "ground-unknown":
        words = {"ground": getattr(event, "ground", "")}
    if isinstance(event, engine.Complete) and code == "no-such-outcome":
        step = held.open[event.token].step
        words = {"outcome": event.outcome, "choices": ", ".join(held.law.program.nodes[step].outcomes)}
    return refused(code, **words)


def _close(held: Held, advance: engine.Advance, moment: datetime) -> None:
    """Close the rows of steps that were completed or cancelled; steps nobody completed by hand are `done`."""
    person = held.act.actor.person
    for token in advance.closed:
        row = held.open.pop(token.id, None)
        if row is not None:
            held.touch(row, closed_at=moment, closed_by=person, outcome=row.outcome or "done")
            held.kept.append(f"token:{held.case.pk}.{row.no}")
    for token in advance.cancelled:
        row = held.open.pop(token.id, None)
        if row is not None:
            held.touch(row, closed_at=moment, closed_by=person, cancelled=True)
            held.void.append(f"token:{held.case.pk}.{row.no}")


def _carry_over(held: Held, after: engine.State) -> None:
    """Bring the rows of steps that stay open up to the engine's state."""
    for token in after.tokens:
        row = held.open.get(token.id)
        if row is None:
            continue
        if row.suspended != token.suspended:
            held.touch(row, suspended=token.suspended)
        if (row.heading, row.ground) != (token.exit, token.ground):
            held.touch(row, heading=token.exit, ground=token.ground)
