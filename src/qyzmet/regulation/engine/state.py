"""What a case keeps between events, the events, and what an event did."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from pydantic_core import from_json, to_json

__all__ = [
    "EMPTY",
    "Advance",
    "Close",
    "Complete",
    "EngineError",
    "Event",
    "Open",
    "Resume",
    "Start",
    "State",
    "Suspend",
    "Suspended",
    "Token",
    "dump_state",
    "load_state",
]


class EngineError(Exception):
    """An event the procedure does not allow. `code` is stable; the text is for the log, not for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class Token(NamedTuple):
    """One open step.

    `parent` is the token of the all-of step it is a branch of; `back` the step general law returns to;
    `exit` where it is heading; `ground` the suspension ground chosen for a suspension not yet in effect;
    `runs_on` marks the notice of a suspension on its way to the recipient.
    """

    id: int
    step: str
    opened: datetime
    org: str | None = None
    suspended: bool = False
    runs_on: bool = False
    parent: int | None = None
    back: str | None = None
    exit: str | None = None
    ground: str | None = None


class Suspended(NamedTuple):
    """A suspension in effect: its ground and the step the case goes on at (none: where it stood)."""

    ground: str
    resume: str | None


class State(NamedTuple):
    """Open tokens in the order they opened, suspensions in effect, hearings held (`hearing@decide`)."""

    tokens: tuple[Token, ...] = ()
    next_id: int = 1
    suspensions: tuple[Suspended, ...] = ()
    held: frozenset[str] = frozenset()
    exit: str | None = None
    ended: bool = False

    def token(self, token_id: int) -> Token | None:
        """The open token with this id."""
        for token in self.tokens:
            if token.id == token_id:
                return token
        return None


EMPTY = State()


def dump_state(state: State) -> bytes:
    """The state as JSON."""
    tokens, next_id, suspensions, held, exit_, ended = state
    return to_json([[list(t) for t in tokens], next_id, suspensions, list(held), exit_, ended])


def load_state(data: bytes) -> State:
    """The state that `dump_state` wrote."""
    tokens, next_id, suspensions, held, exit_, ended = from_json(data)
    for token in tokens:
        token[2] = datetime.fromisoformat(token[2])
    return State(
        tuple([Token._make(each) for each in tokens]),
        next_id,
        tuple([Suspended._make(each) for each in suspensions]),
        frozenset(held),
        exit_,
        ended,
    )


class Start(NamedTuple):
    """The case is registered: its first step opens."""


class Complete(NamedTuple):
    """A step is completed with an outcome; `ground` where the outcome leads to a suspension."""

    token: int
    outcome: str = "done"
    ground: str | None = None


class Suspend(NamedTuple):
    """A suspension from outside takes effect."""

    ground: str


class Resume(NamedTuple):
    """A suspension is lifted."""

    ground: str


class Close(NamedTuple):
    """The case ends here with this exit (withdrawn, transferred), whatever is open."""

    exit: str


class Open(NamedTuple):
    """A step is opened again: a late event that is accepted, a court's decision, a correction."""

    step: str


Event = Start | Complete | Suspend | Resume | Close | Open


class Advance(NamedTuple):
    """What one event did.

    `opened` counts an all-of's own token too; `preliminary` is the outcome that general law held up (a
    refusal before its hearing); `ended` is the exit the case ended with.
    """

    state: State
    opened: tuple[Token, ...] = ()
    closed: tuple[Token, ...] = ()
    cancelled: tuple[Token, ...] = ()
    suspended: str | None = None
    resumed: str | None = None
    preliminary: str | None = None
    ended: str | None = None
