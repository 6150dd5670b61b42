"""What a document is made from: the case, its law, its papers, and the journal entry it follows from.

`source_of` reads an entry that was recorded; `source_if` supposes that a step is completed so, and nothing is
recorded: what is printed from it is what an official sees and signs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from qyzmet.cases.journal import FIRST, Record, decode
from qyzmet.cases.laws import Law, holds, law_of
from qyzmet.cases.models import Case, Entry, Filing, Payload, Token
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account, Organisation
from qyzmet.regulation.model import Exit, Issued
from qyzmet.regulation.model.steps import Move

__all__ = ["Completion", "Source", "entered", "source_if", "source_of"]


@dataclass(frozen=True)
class Source:
    """Everything a composer may look at. `said` is the payload of the entry; `tokens` are all of the case."""

    case: Case
    filing: Filing
    law: Law
    issued: str
    record: Record
    said: dict[str, Any]
    tokens: tuple[Token, ...]
    corrections: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rule(self) -> Issued:
        """What the package says of the document; general law may name one of its own."""
        return next(
            p.issued[self.issued] for p in (self.law.package, *self.law.general) if self.issued in p.issued
        )

    @cached_property
    def token(self) -> Token | None:
        """The step that was completed, if the entry is of one."""
        if "no" in self.said:
            return next((t for t in self.tokens if t.no == self.said["no"]), None)
        return next((t for t in self._done() if t.organisation_id is not None), None)

    @property
    def done(self) -> tuple[Token, ...]:
        """Completed steps in their order."""
        return tuple(reversed(list(self._done())))

    def _done(self) -> Iterator[Token]:
        """Steps completed by the time of the entry, the last first."""
        until = self.record.recorded_at
        done = [
            (t.closed_at, t.no, t)
            for t in self.tokens
            if t.closed_at is not None and t.closed_at <= until and not t.cancelled
        ]
        return (t for _, _, t in sorted(done, key=lambda each: each[:2], reverse=True))

    @cached_property
    def issuer(self) -> Organisation:
        """The body that issues it: the one that held the step, or the provider."""
        held = self.token.organisation if self.token else None
        return held or self.case.provider

    @cached_property
    def signed(self) -> Token | None:
        """The step whose official signs: the last done in the post the package names, or the step itself."""
        post = self.rule.signed_by
        done = (t for t in self._done() if t.post == post) if post else iter(())
        return next(done, None) or self.token

    @cached_property
    def signer(self) -> Account | None:
        """Who signs: the official who did that step."""
        number = self.signed.closed_by if self.signed else self.record.person
        return Account.objects.filter(number=number).first()

    @cached_property
    def decided(self) -> Token | None:
        """The last step that recorded grounds or a result."""
        done = list(self._done())
        return next((t for t in done if t.grounds), None) or next((t for t in done if t.output), None)

    @property
    def suspended(self) -> bool:
        """Whether the entry is of a suspension."""
        return self.record.act == "case.suspended"

    @cached_property
    def ending(self) -> Exit | None:
        """How the case ended, or where the step was heading, or where its outcome leads."""
        if self.suspended:
            notices = (e for e in self.law.package.exits.values() if e.issues == self.issued)
            return next(notices, None)
        token, named = self.token, self.case.exit
        if token is not None and not named:
            move = entered(self.law, self.case, token, token.outcome, token.output)
            named = token.heading or (move.exit if move else None)
        return self.law.package.exits.get(named or "")


@dataclass(frozen=True, slots=True)
class Completion:
    """A step completed in thought: `outcome`, what it records and the grounds, by whom and when."""

    actor: Actor
    outcome: str
    output: Mapping[str, Any]
    grounds: tuple[Mapping[str, str], ...]
    at: datetime


def source_of(case_id: int, seq: int, issued: str, corrections: Mapping[str, Any] | None = None) -> Source:
    """Read what a document is made from; `corrections` put slips in what was recorded right."""
    case = Case.objects.select_related("provider").get(pk=case_id)
    entry = Entry.objects.get(stream=case.stream, seq=seq)
    payload = Payload.objects.filter(stream=case.stream, seq=seq).first()
    said = json.loads(payload.data) if payload and payload.data else {}
    filing, record = Filing.objects.get(pk=case_id), decode(bytes(entry.body))
    law = law_of(case.edition_id)
    return Source(case, filing, law, issued, record, said, _tokens(case), corrections or {})


def source_if(case: Case, no: int, done: Completion, issued: str) -> Source:
    """What a document would be made from if the step were completed so."""
    tokens = tuple(_completed(t, done) if t.no == no else t for t in _tokens(case))
    law, actor = law_of(case.edition_id), done.actor
    record = Record(
        case.stream, 0, FIRST, done.at, done.at, "task.completed", f"{actor.organisation}/{actor.post}",
        actor.person, law.name, "",
    )  # fmt: skip
    said: dict[str, Any] = {"no": no, "outcome": done.outcome}
    return Source(case, Filing.objects.get(pk=case.pk), law, issued, record, said, tokens)


def _tokens(case: Case) -> tuple[Token, ...]:
    return tuple(Token.objects.select_related("organisation").filter(case=case).order_by("no"))


def _completed(token: Token, done: Completion) -> Token:
    """A copy that is never saved."""
    token = copy(token)
    token.outcome, token.closed_at, token.closed_by = done.outcome, done.at, done.actor.person
    token.output = dict(done.output) or token.output
    token.grounds = [dict(each) for each in done.grounds] or token.grounds
    return token


def entered(
    law: Law, case: Case, token: Token, outcome: str, output: Mapping[str, Any] | None = None
) -> Move | None:
    """The move a step's outcome takes, as the engine will choose it."""
    recorded = {f"output.{token.step}.{name}": value for name, value in (output or {}).items()}
    facts = law.facts({**case.facts, **recorded, "exit": token.heading or ""})
    return next((m for m in law.step(token.step).then.get(outcome, ()) if holds(m.only, facts)), None)
