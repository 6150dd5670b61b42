"""`advance`: one event applied to a state.

The rules are those of docs/language.md. A `_Run` gathers what one event opens, closes and cancels; each event
is one short function over it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from qyzmet.clock import local
from qyzmet.regulation.engine.program import Node, Program, Target
from qyzmet.regulation.engine.state import (
    Advance,
    Close,
    Complete,
    EngineError,
    Event,
    Open,
    Resume,
    Start,
    State,
    Suspend,
    Suspended,
    Token,
)
from qyzmet.regulation.model.steps import END, RETURN

__all__ = ["advance"]

Facts = Mapping[str, object]


def advance(program: Program, state: State, event: Event, facts: Facts, now: datetime) -> Advance:
    """Apply one event.

    `facts` are the flat facts of docs/language.md without `exit`, which each token knows; `now` is aware.
    Raises EngineError: `ended`, `started`, `token-not-open`, `suspended`, `no-such-outcome`, `no-move`,
    `ground-needed`, `no-such-ground`, `no-such-step`, `no-such-exit`, `not-suspended`, `endless`.
    """
    if state.ended:
        raise EngineError("ended", "the case has ended")
    run = _Run(program, state, facts, now)
    if type(event) is Complete:
        _complete(run, event)
        return run.result()
    match event:
        case Start():
            if state.next_id != 1:
                raise EngineError("started", "the case has already started")
            run.follow(program.first, _NOWHERE)
        case Suspend(ground):
            run.suspend(ground, None)
        case Resume(ground):
            _resume(run, ground)
        case Open(step):
            if step not in program.nodes:
                raise EngineError("no-such-step", f"there is no step {step!r}")
            run.follow(step, _NOWHERE)
        case Close(exit_):
            if exit_ not in program.exits:
                raise EngineError("no-such-exit", f"there is no exit {exit_!r}")
            run.cancel_all()
            run.exit, run.suspensions = exit_, ()
    return run.result()


_NOWHERE = Token(0, "", datetime.min.replace(tzinfo=UTC))


def _complete(run: _Run, event: Complete) -> None:
    token = run.take(event.token)
    node = run.program.nodes[token.step]
    targets = node.outcomes.get(event.outcome)
    if targets is None:
        raise EngineError("no-such-outcome", f"step {node.id!r} has no outcome {event.outcome!r}")
    target = run.pick(targets, token)
    if target.exit is not None:
        if run.hold_hearing(token, target, event.outcome):
            return
        token = run.head_for(token, target.exit, event.ground)
    if run.held:
        run.held = frozenset(mark for mark in run.held if not mark.endswith(f"@{token.step}"))
    if target.alone:
        run.cancel_all()
        token = token._replace(parent=None)
    if token.ground is not None and token.exit is not None:
        step, resume = run.program.effective[token.exit]
        if step == token.step:
            run.suspend(token.ground, resume)
            token = token._replace(runs_on=True, ground=None)
    run.follow(target.go, token)


def _resume(run: _Run, ground: str) -> None:
    lifted = [s for s in run.suspensions if s.ground == ground]
    if not lifted:
        raise EngineError("not-suspended", f"the case is not suspended on the ground {ground!r}")
    run.suspensions = tuple(s for s in run.suspensions if s.ground != ground)
    run.resumed = ground
    if not run.suspensions:
        run.tokens = [t._replace(suspended=False) if t.suspended else t for t in run.tokens]
    for step in dict.fromkeys(s.resume for s in lifted if s.resume is not None):
        run.follow(step, _NOWHERE)


class _Run:
    """One event in progress: the state taken apart, so that rules can change it in place."""

    cancelled: tuple[Token, ...] = ()
    suspended: str | None = None
    resumed: str | None = None
    preliminary: str | None = None

    def __init__(self, program: Program, state: State, facts: Facts, now: datetime) -> None:
        self.program, self.facts, self.now = program, facts, now
        tokens, self.next_id, self.suspensions, self.held, self.exit, _ = state
        self.tokens = list(tokens)
        self.opened: list[int] = []
        self.closed: list[Token] = []

    def take(self, token_id: int) -> Token:
        """Close an open token that may be acted on."""
        for index, token in enumerate(self.tokens):
            if token.id == token_id:
                if token.suspended:
                    raise EngineError("suspended", f"step {token.step!r} is suspended")
                del self.tokens[index]
                self.closed.append(token)
                return token
        raise EngineError("token-not-open", f"token {token_id} is not open")

    def pick(self, targets: tuple[Target, ...], token: Token) -> Target:
        """The first move whose condition holds."""
        for target in targets:
            if target.only is None or target.only.holds(self._facts(token)):
                return target
        raise EngineError("no-move", f"no move of step {token.step!r} holds")

    def _facts(self, token: Token) -> Facts:
        return {**self.facts, "exit": token.exit or ""}

    def head_for(self, token: Token, exit_: str, ground: str | None) -> Token:
        """Set where the token is heading; a suspension needs its ground."""
        if exit_ in self.program.effective:
            if ground is None:
                raise EngineError("ground-needed", f"exit {exit_!r} needs a ground of suspension")
            if ground not in self.program.runs_on:
                raise EngineError("no-such-ground", f"there is no ground {ground!r}")
            return token._replace(exit=exit_, ground=ground)
        return token._replace(exit=exit_, ground=None)

    def hold_hearing(self, token: Token, target: Target, outcome: str) -> bool:
        """Send a refusal to the general law that comes before it, if any is still due."""
        if target.exit not in self.program.refusals or token.back is not None:
            return False
        for law in self.program.general:
            if f"{law.id}@{token.step}" in self.held or not law.covers(local(self.now).date()):
                continue
            self.preliminary = outcome
            self.follow(law.first, token._replace(back=token.step))
            return True
        return False

    def suspend(self, ground: str, resume: str | None) -> None:
        """Put a suspension into effect: open steps freeze but for those that run on."""
        runs_on = self.program.runs_on.get(ground)
        if runs_on is None:
            raise EngineError("no-such-ground", f"there is no ground {ground!r}")
        nodes = self.program.nodes
        self.tokens = [
            t if t.runs_on or t.step in runs_on or nodes[t.step].runs else t._replace(suspended=True)
            for t in self.tokens
        ]
        self.suspensions = (*self.suspensions, Suspended(ground, resume))
        self.suspended = ground

    def cancel_all(self) -> None:
        self.cancelled += tuple(t for t in self.tokens if t.id not in self.opened)
        self.tokens = []

    def follow(self, go: str, source: Token) -> None:
        """Walk from a completed token to the next open step, the end, or back to an all-of."""
        nodes, left = self.program.nodes, len(self.program.nodes) + 1
        while left:
            left -= 1
            if go == END:
                self._end(source)
                return
            if go == RETURN:
                self.held |= {f"{source.step.partition(':')[0]}@{source.back}"}
                go, source = source.back or END, source._replace(back=None)
                continue
            if source.parent is not None and self._comes_back(go, source):
                self._join(source)
                return
            node = nodes[go]
            if node.only is None or node.only.holds(self._facts(source)):
                self._open(node, source)
                return
            target = self.pick(next(iter(node.outcomes.values())), source._replace(step=go))
            if target.exit is not None:
                source = self.head_for(source, target.exit, None)
            go = target.go
        raise EngineError("endless", "the steps that are skipped lead round in a circle")

    def _comes_back(self, go: str, source: Token) -> bool:
        return any(t.id == source.parent and t.step == go for t in self.tokens)

    def _open(self, node: Node, source: Token) -> None:
        freeze = bool(self.suspensions) and not source.runs_on and not node.runs
        token = Token(
            self.next_id, node.id, self.now, node.org or source.org, freeze, source.runs_on, source.parent,
            source.back, source.exit, source.ground,
        )  # fmt: skip
        self.next_id += 1
        self.tokens.append(token)
        self.opened.append(token.id)
        if node.kind == "all-of":
            branch = token._replace(parent=token.id)
            for step in node.branches:
                self.follow(step, branch)
            self._join_if_empty(token.id)

    def _join(self, source: Token) -> None:
        """A branch is back: carry its exit to the all-of; the last one completes it."""
        for index, token in enumerate(self.tokens):
            if token.id == source.parent and source.exit is not None:
                self.tokens[index] = token._replace(exit=source.exit, ground=source.ground)
        if source.step != self._parent_step(source):
            self._join_if_empty(source.parent)

    def _parent_step(self, source: Token) -> str | None:
        return next((t.step for t in self.tokens if t.id == source.parent), None)

    def _join_if_empty(self, parent: int | None) -> None:
        if any(t.parent == parent for t in self.tokens):
            return
        for index, token in enumerate(self.tokens):
            if token.id == parent:
                del self.tokens[index]
                self.closed.append(token)
                target = self.pick(next(iter(self.program.nodes[token.step].outcomes.values())), token)
                going = token if target.exit is None else self.head_for(token, target.exit, None)
                self.follow(target.go, going)
                return

    def _end(self, source: Token) -> None:
        if source.exit is not None and not source.runs_on:
            self.exit = source.exit
        if source.parent is not None:
            self._join_if_empty(source.parent)

    def result(self) -> Advance:
        """Put the state together again; with nothing open and nothing to resume the case has ended."""
        ended = not self.tokens and not self.suspensions
        tokens, opened = tuple(self.tokens), self.opened
        return Advance(
            State(tokens, self.next_id, self.suspensions, self.held, self.exit, ended),
            tuple([t for t in tokens if t.id in opened]) if opened else (),
            tuple(self.closed),
            self.cancelled,
            self.suspended,
            self.resumed,
            self.preliminary,
            (self.exit or "") if ended else None,
        )
