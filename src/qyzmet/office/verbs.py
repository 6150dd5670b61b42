"""From what was posted to the one act it asks for. Whoever calls has checked that the form is whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from qyzmet.cases import acts
from qyzmet.cases.signed import Signed
from qyzmet.office.deciding import Decision
from qyzmet.people.actor import Actor

__all__ = ["DECIDING", "PLAIN", "Asked"]


@dataclass(frozen=True)
class Asked:
    """Who asks for what: the case's reference, the step's number, what was posted, and the signature given
    for it."""

    actor: Actor
    ref: str
    no: int
    data: QueryDict
    now: datetime
    signed: Signed | None = None

    @property
    def key(self) -> str | None:
        """The page's own key: sent twice, the act is done once."""
        return self.data.get("key") or None

    def text(self, name: str) -> str:
        return str(self.data.get(name, "")).strip()


def _take(asked: Asked) -> None:
    acts.take(asked.actor, asked.ref, asked.no, now=asked.now)


def _give_back(asked: Asked) -> None:
    acts.give_back(asked.actor, asked.ref, asked.no, now=asked.now)


def _assign(asked: Asked) -> None:
    to = asked.text("to")
    whom = int(to) if to.isdecimal() and len(to) < 10 else 0
    acts.assign(asked.actor, asked.ref, asked.no, whom, reason=asked.text("reason")[:2000], now=asked.now)


def _vote(asked: Asked) -> None:
    acts.vote(
        asked.actor, asked.ref, asked.no, asked.text("outcome"), reason=asked.text("reason"), now=asked.now,
        key=asked.key,
    )  # fmt: skip


def _recuse(asked: Asked) -> None:
    acts.recuse(asked.actor, asked.ref, asked.no, reason=asked.text("reason"), now=asked.now)


PLAIN: Mapping[str, Callable[[Asked], None]] = {
    "take": _take,
    "give-back": _give_back,
    "assign": _assign,
    "vote": _vote,
    "recuse": _recuse,
}
"""Verbs that need no form of the step."""


def _complete(asked: Asked, decision: Decision) -> None:
    acts.complete(
        asked.actor, asked.ref, asked.no, decision.outcome, output=decision.clean.clean,
        grounds=decision.named, expected=decision.expected, now=asked.now, key=asked.key, signed=asked.signed,
    )  # fmt: skip


def _close(asked: Asked, decision: Decision) -> None:
    acts.close_sitting(
        asked.actor, asked.ref, asked.no, output=decision.clean.clean, grounds=decision.named, now=asked.now,
        key=asked.key, signed=asked.signed,
    )  # fmt: skip


def _return(asked: Asked, decision: Decision) -> None:
    faults = decision.clean_extra.clean["faults"]
    acts.return_for_correction(
        asked.actor, asked.ref, asked.no, faults=faults, now=asked.now, key=asked.key, signed=asked.signed
    )


def _notify_hearing(asked: Asked, decision: Decision) -> None:
    said: dict[str, Any] = decision.clean.clean
    offered = [datetime.fromisoformat(row["at"]) for row in decision.clean_extra.clean.get("offered") or ()]
    acts.notify_hearing(
        asked.actor, asked.ref, asked.no, at=datetime.fromisoformat(said["hearing-at"]), way=said["way"],
        preliminary_decision=said["preliminary-decision"], place=said.get("place", ""), offered=offered,
        now=asked.now, key=asked.key, signed=asked.signed,
    )  # fmt: skip


def _hold_hearing(asked: Asked, decision: Decision) -> None:
    acts.hold_hearing(
        asked.actor, asked.ref, asked.no, decision.outcome, output=decision.clean.clean, now=asked.now,
        key=asked.key, signed=asked.signed,
    )  # fmt: skip


def _deliver(asked: Asked, decision: Decision) -> None:
    occurred = decision.clean_extra.clean.get("occurred")
    acts.deliver_event(
        asked.actor, asked.ref, decision.step.event or "", decision.outcome, output=decision.clean.clean,
        occurred=datetime.fromisoformat(occurred) if occurred else None, now=asked.now, key=asked.key,
    )  # fmt: skip


DECIDING: Mapping[str, Callable[[Asked, Decision], None]] = {
    "complete": _complete,
    "close": _close,
    "return": _return,
    "notify-hearing": _notify_hearing,
    "hold-hearing": _hold_hearing,
    "deliver": _deliver,
}
"""Verbs that complete a step by a form, by `Decision.verb`; a result is given on the window's own page."""
