"""What a state database is asked, and what may come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings

__all__ = [
    "Answered", "Late", "Outcome", "Question", "Refused", "StateData", "StateDataFailed", "connected", "port",
    "standing_in",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """`database`: its id. `about`: an IIN, BIN or cadastral number. `purpose`: the case and the clause.
    `consent`: what consent it rests on. `message`: the id it is asked and answered under. `again`: the answer
    to a message that was taken before is fetched."""

    database: str
    about: str
    purpose: str
    consent: str
    message: str
    now: datetime
    again: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """`data`: field → value as the database gives it. `as_of`: the moment they stood so. `source`: who signed
    the answer, by its certificate. `raw`: the answer as it came, to be checked again."""

    data: Mapping[str, Any]
    as_of: datetime
    source: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Late:
    """The question was taken; the answer is not there yet."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The database has nothing (`not-found`) or may not say it (`denied`), in its own `words`."""

    code: str
    words: str


Outcome = Answered | Late | Refused


class StateDataFailed(Exception):
    """No usable answer. `code`: silent, fault, signature, unreadable, other-question; `why` for the log."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"the state database gave no usable answer ({code}: {why}); it is asked again later")
        self.code, self.why = code, why


class StateData(Protocol):
    """Whoever carries questions to state databases."""

    def ask(self, question: Question) -> Outcome: ...


_standing_in: list[StateData] = []


def connected() -> bool:
    """Whether this deployment is connected to state databases at all."""
    return bool(_standing_in or settings.QYZMET_STATE_DATA.address)


def port() -> StateData:
    """The connection of the deployment. Raises LookupError where there is none."""
    if _standing_in:
        return _standing_in[-1]
    if not settings.QYZMET_STATE_DATA.address:
        raise LookupError("this deployment is not connected to state databases; set QYZMET_STATE_DATA")
    from qyzmet.gateway.statedata.smartbridge import SmartBridge

    said = settings.QYZMET_STATE_DATA
    return SmartBridge(said.address, said.sender, said.password)


@contextmanager
def standing_in(ask: Callable[[Question], Outcome]) -> Iterator[None]:
    """Let a function answer in place of the gateway as long as the block lasts, for a played history."""

    class Played:
        def ask(self, question: Question) -> Outcome:
            return ask(question)

    _standing_in.append(Played())
    try:
        yield
    finally:
        _standing_in.pop()
