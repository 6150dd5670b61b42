"""The choices that lead a case to an ending: for rehearsals, tables, diagrams and the checker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from qyzmet.regulation.engine.advance import advance
from qyzmet.regulation.engine.program import Program
from qyzmet.regulation.engine.state import EMPTY, Complete, EngineError, Resume, Start, State, Token

__all__ = ["Choice", "NoPath", "find_path"]

LIMIT = 50_000
"""How many states a search looks at before it gives up."""


class NoPath(LookupError):
    """No choices lead to the exit asked for, or none within the search's limit."""


class Choice(NamedTuple):
    """One thing done: a step completed with an outcome, or (`step` empty) a suspension lifted."""

    step: str
    outcome: str
    ground: str | None = None


class _Spot(NamedTuple):
    state: State
    taken: tuple[Choice, ...]
    was_suspended: str | None


def find_path(
    program: Program, facts: Mapping[str, object], exit_: str | None, now: datetime
) -> tuple[Choice, ...]:
    """The first choices, outcomes in the order written, that end a case with `exit_` (None: any ending).

    For a suspension exit: up to the end of the procedure that follows once it is lifted. Steps open together
    are completed in the order they opened. `now` decides which general law applies.
    Raises NoPath.
    """
    wants_hold = exit_ is not None and exit_ in program.effective
    stack = [_Spot(advance(program, EMPTY, Start(), facts, now).state, (), None)]
    seen: set[object] = set()
    while stack and len(seen) < LIMIT:
        spot = stack.pop()
        if spot.state.ended:
            if _wanted(spot, exit_, wants_hold):
                return spot.taken
            continue
        mark = _mark(spot)
        if mark in seen:
            continue
        seen.add(mark)
        stack.extend(reversed(list(_next(program, spot, facts, now, exit_ if wants_hold else None))))
    raise NoPath(f"no choices in {program.service!r} lead to {exit_ or 'an end'!r}")


def _wanted(spot: _Spot, exit_: str | None, wants_hold: bool) -> bool:
    if wants_hold:
        return spot.was_suspended == exit_
    return exit_ is None or spot.state.exit == exit_


def _mark(spot: _Spot) -> object:
    """What makes two spots the same for the search: where the tokens stand and where they are heading."""
    state = spot.state
    return (
        tuple((t.step, t.exit, t.suspended, t.back) for t in state.tokens),
        state.suspensions,
        state.held,
        state.exit,
        spot.was_suspended,
    )


def _next(
    program: Program, spot: _Spot, facts: Mapping[str, object], now: datetime, hold: str | None
) -> Iterator[_Spot]:
    token = next((t for t in spot.state.tokens if _can_act(program, t)), None)
    if token is None:
        if spot.state.suspensions:
            ground = spot.state.suspensions[0].ground
            state = advance(program, spot.state, Resume(ground), facts, now).state
            yield _Spot(state, (*spot.taken, Choice("", "resume", ground)), spot.was_suspended)
        return
    for outcome, targets in program.nodes[token.step].outcomes.items():
        holding = [t.exit for t in targets if t.exit in program.effective]
        if holding and holding[0] != hold:
            continue
        ground = next(iter(program.runs_on), None) if holding else None
        try:
            done = advance(program, spot.state, Complete(token.id, outcome, ground), facts, now)
        except EngineError:
            continue
        suspended = token.exit or (holding[0] if holding else None)
        yield _Spot(
            done.state,
            (*spot.taken, Choice(token.step, outcome, ground)),
            suspended if done.suspended else spot.was_suspended,
        )


def _can_act(program: Program, token: Token) -> bool:
    return not token.suspended and program.nodes[token.step].kind != "all-of"
