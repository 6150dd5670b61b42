"""The choices that lead a case to an ending: for rehearsals, tables, diagrams and the checker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from qyzmet.regulation.engine.advance import advance
from qyzmet.regulation.engine.program import Node, Program
from qyzmet.regulation.engine.state import EMPTY, Complete, EngineError, Resume, Start, State, Token

__all__ = ["Choice", "NoPath", "find_path"]

Allowed = Callable[[str, str], bool]
"""Whether a step may come out with an outcome."""

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
    program: Program,
    facts: Mapping[str, object],
    exit_: str | None,
    now: datetime,
    *,
    state: State = EMPTY,
    allowed: Allowed | None = None,
) -> tuple[Choice, ...]:
    """The first choices, outcomes in the order written, that end a case with `exit_` (None: any ending).

    For a suspension exit: up to the end of the procedure that follows once it is lifted. Steps open together
    are completed in the order they opened. `now` decides which general law applies. `state` is where the case
    stands already; `allowed` leaves outcomes out.
    Raises NoPath.
    """
    for aim in (
        _Aim(program, facts, now, exit_, True, allowed),
        _Aim(program, facts, now, exit_, False, allowed),
    ):
        found = _search(aim, state)
        if found is not None:
            return found
    raise NoPath(f"no choices in {program.service!r} lead to {exit_ or 'an end'!r}")


class _Aim(NamedTuple):
    """What is looked for. `smooth`: checks and effects come out as they should; tried first, because what a
    register says is not for anybody to choose."""

    program: Program
    facts: Mapping[str, object]
    now: datetime
    exit: str | None
    smooth: bool
    allowed: Allowed | None

    @property
    def hold(self) -> str | None:
        """The exit asked for, where it is a suspension."""
        return self.exit if self.exit in self.program.effective else None


def _search(aim: _Aim, state: State) -> tuple[Choice, ...] | None:
    if state == EMPTY:
        state = advance(aim.program, EMPTY, Start(), aim.facts, aim.now).state
    stack = [_Spot(state, (), aim.hold if state.suspensions else None)]
    seen: set[object] = set()
    while stack and len(seen) < LIMIT:
        spot = stack.pop()
        if spot.state.ended:
            if _wanted(spot, aim):
                return spot.taken
            continue
        mark = _mark(spot)
        if mark in seen:
            continue
        seen.add(mark)
        stack.extend(reversed(list(_next(aim, spot))))
    return None


def _wanted(spot: _Spot, aim: _Aim) -> bool:
    if aim.hold is not None:
        return spot.was_suspended == aim.hold
    return aim.exit is None or spot.state.exit == aim.exit


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


def _next(aim: _Aim, spot: _Spot) -> Iterator[_Spot]:
    program = aim.program
    token = next((t for t in spot.state.tokens if _can_act(program, t)), None)
    if token is None:
        if spot.state.suspensions:
            ground = spot.state.suspensions[0].ground
            state = advance(program, spot.state, Resume(ground), aim.facts, aim.now).state
            yield _Spot(state, (*spot.taken, Choice("", "resume", ground)), spot.was_suspended)
        return
    for outcome in _outcomes(aim, program.nodes[token.step]):
        followed = _followed(aim, spot, token, outcome)
        if followed is not None:
            yield followed


def _outcomes(aim: _Aim, node: Node) -> list[str]:
    every = [each for each in node.outcomes if aim.allowed is None or aim.allowed(node.id, each)]
    return every[:1] if aim.smooth and node.kind in {"check", "effect"} else every


def _followed(aim: _Aim, spot: _Spot, token: Token, outcome: str) -> _Spot | None:
    """Where an outcome leads; None where it does not, or suspends though no suspension is looked for."""
    program = aim.program
    targets = program.nodes[token.step].outcomes[outcome]
    holding = next((t.exit for t in targets if t.exit in program.effective), None)
    if holding is not None and holding != aim.hold:
        return None
    ground = next(iter(program.runs_on), None) if holding else None
    try:
        done = advance(program, spot.state, Complete(token.id, outcome, ground), aim.facts, aim.now)
    except EngineError:
        return None
    suspended = (token.exit or holding) if done.suspended else spot.was_suspended
    return _Spot(done.state, (*spot.taken, Choice(token.step, outcome, ground)), suspended)


def _can_act(program: Program, token: Token) -> bool:
    return not token.suspended and program.nodes[token.step].kind != "all-of"
