"""A case as an act holds it: locked, with its open steps and its law, and what the act has changed so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from qyzmet.cases import rows, seeing
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Case, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import Act

__all__ = ["Held", "adopt", "hold"]


@dataclass
class Held:
    """A locked case. `open` are its open steps by number; `new` those this act opened.

    Change a row through `touch`, so that it is written when the act ends. `kept` and `void` gather the
    subjects of deadlines that were met or no longer matter. `waiting` gathers what goes out once a pending
    signature of this act is confirmed. `asked`: a letter of this act, or the recipient's own answer, makes
    the letter that a step awaits it needless.
    """

    act: Act
    case: Case
    law: Law
    open: dict[int, Token]
    new: list[Token] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    void: list[str] = field(default_factory=list)
    holders: frozenset[int] = frozenset()
    waiting: list[list[Any]] | None = None
    asked: bool = False
    _changed: dict[int, tuple[Token, set[str]]] = field(default_factory=dict)
    _case_changed: set[str] = field(default_factory=set)
    _facts: tuple[dict[str, Any], dict[str, Any]] | None = None

    @property
    def now(self) -> datetime:
        """The act's moment."""
        return self.act.now

    @property
    def facts(self) -> dict[str, Any]:
        """The facts conditions are judged by; a copy is the reader's own."""
        stored = self.case.facts
        if self._facts is None or self._facts[0] is not stored:
            self._facts = (stored, self.law.facts(stored))
        return self._facts[1]

    def touch(self, token: Token, **values: Any) -> None:
        """Set attributes of a token."""
        token.__dict__.update(values)
        if not any(token is each for each in self.new):
            self._changed.setdefault(token.no, (token, set()))[1].update(values)

    def set(self, **values: Any) -> None:
        """Set attributes of the case."""
        held = self.case.__dict__
        self._case_changed.update([name for name, value in values.items() if held[name] != value])
        held.update(values)

    def completed_at(self, step: str) -> datetime | None:
        """When a step of this case was last completed, in this act or before it."""
        for token, _ in self._changed.values():
            if token.step == step and token.closed_at and not token.cancelled:
                return token.closed_at
        found = rows.select(
            Token,
            "WHERE case_id = %s AND step = %s AND closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT 1",
            [self.case.pk, step],
        )
        return found[0].closed_at if found else None

    def outputs(self) -> dict[str, dict[str, Any]]:
        """What the completed steps recorded, in this act or before it; of several times the last."""
        done = rows.select(Token, "WHERE case_id = %s AND closed_at IS NOT NULL ORDER BY no", [self.case.pk])
        done += [token for token, _ in self._changed.values()]
        return {token.step: token.output for token in done if token.output}

    def record(self, code: str, data: Any = None, *, occurred: datetime | None = None) -> int:
        """Add an entry to the case's stream and tell the monitoring system (Law on state services art.
        5(2)(11))."""
        stream = self.case.stream
        seq = self.act.record(stream, code, data, occurred=occurred, edition=self.law.name)
        self.act.send("monitoring", code, stream, seq)
        return seq

    def send(self, destination: str, kind: str, seq: int, ref: str = "") -> None:
        """Leave a result for delivery; while a signature of this act is pending it waits with it."""
        if self.waiting is None:
            self.act.send(destination, kind, self.case.stream, seq, ref)
        else:
            self.waiting.append([destination, kind, seq, ref])

    def save(self) -> None:
        """Write tokens and case, and let organisations see the case that hold a step of it now."""
        rows.insert(self.new)
        for token, names in self._changed.values():
            rows.update(token, sorted(names))
        if self._case_changed:
            rows.update(self.case, sorted(self._case_changed))
        self.new, self._changed, self._case_changed = [], {}, set()
        self.holders = seeing.settle(self)

    def settle(self) -> None:
        """Close the deadlines that were met or no longer matter; the new ones are written by then."""
        _settle_deadlines("kept", self.kept, self.now)
        _settle_deadlines("void", self.void, self.now)
        self.kept, self.void = [], []


def hold(act: Act, ref: str, *, expected: int | None = None) -> Held:
    """Lock a case by its reference, with its open steps.

    `expected` is the number of the last entry the page was made from; ActRefused `changed` when another act
    has come since, `not-found` when there is no such case. Whether the actor may act is for `allow` to say.
    """
    found = rows.select(Case, "WHERE ref = %s", [ref])
    if not found:
        raise refused("not-found")
    held = adopt(act, found[0])
    if expected is not None and not act.repeated and act.ledger.seq(held.case.stream) > expected:
        from qyzmet.cases.allow import changed, sees

        sees(held)
        raise changed(held)
    return held


def adopt(act: Act, case: Case) -> Held:
    """Lock a case that was read without a lock; the case that waits for it is locked first (its id is
    lower)."""
    if case.pk in act.held:
        return act.held[case.pk]
    if connection.vendor == "postgresql":
        ids = sorted({case.pk, case.parent_id or case.pk})
        marks = rows.marks(ids)
        locked = rows.select(Case, f"WHERE id IN ({marks}) ORDER BY id FOR NO KEY UPDATE", ids)
        case = next(each for each in locked if each.pk == case.pk)
    tokens = rows.select(Token, "WHERE case_id = %s AND closed_at IS NULL ORDER BY no", [case.pk])
    act.ledger.lock([case.stream])
    held = Held(act, case, law_of(case.edition_id), {t.no: t for t in tokens})
    held.holders = seeing.holders(held)
    act.held[case.pk] = held
    return held


def _settle_deadlines(state: str, subjects: list[str], now: datetime) -> None:
    """Close deadlines by one statement: `kept` becomes `late` for those met after they had passed."""
    if not subjects:
        return
    marks = rows.marks(subjects)
    moment = rows.moment(now)
    if state == "kept":
        sets, params = "state = CASE WHEN due < %s THEN 'late' ELSE 'kept' END, met_at = %s", [moment, moment]
    else:
        sets, params = "state = 'void'", []
    rows.run(
        f"UPDATE cases_deadline SET {sets} WHERE subject IN ({marks}) AND state = 'open'",  # noqa: S608
        [*params, *subjects],
    )
