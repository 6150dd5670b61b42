"""How an act is opened, and how what it did is written.

    with act("take", actor, now=now, key=key, body=[ref, no]) as this:
        ...permission, precondition, change...
        this.record(case.stream, "task.taken", {...})

One act is one transaction. On SQLite a file lock is taken before BEGIN IMMEDIATE; on PostgreSQL rows are
locked in the order of their ids. Journal, access, deadline and outbox rows are gathered and written by one
statement each when the block ends. There is no network in it. An exception in the block leaves nothing
behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from qyzmet.cases import rows
from qyzmet.cases.journal import payload_text
from qyzmet.cases.journal.ledger import Ledger
from qyzmet.cases.lock import writing
from qyzmet.cases.models import CaseAccess, Deadline, IdempotencyKey, Outbox, SignatureRecord
from qyzmet.cases.refusals import refused
from qyzmet.cases.storable import check_key, check_storable
from qyzmet.clock import TimeWithoutZone
from qyzmet.people.actor import Actor

if TYPE_CHECKING:
    from qyzmet.cases.hold import Held

__all__ = ["Act", "act"]


class Act:
    """One act in progress. `repeated`: the same key and body were already answered, with
    `answer`. `held` are the cases it has locked."""

    def __init__(self, verb: str, actor: Actor, now: datetime) -> None:
        self.verb, self.actor = verb, actor
        self.ledger = Ledger(actor, now)
        self.repeated = False
        self.answer: dict[str, Any] = {}
        self._access: list[CaseAccess] = []
        self._deadlines: list[Deadline] = []
        self._outbox: list[Outbox] = []
        self._signatures: list[SignatureRecord] = []
        self.held: dict[int, Held] = {}

    @property
    def now(self) -> datetime:
        """The act's moment: the one it was given, or a little later when it had to wait for its turn."""
        return self.ledger.now

    def record(
        self,
        stream: str,
        code: str,
        data: Any = None,
        *,
        occurred: datetime | None = None,
        edition: str = "",
        actor: Actor | None = None,
    ) -> int:
        """Add an entry to a stream and return its number there. `code` is past tense, `case.registered`."""
        return self.ledger.add(stream, code, data, occurred or self.now, edition, actor or self.actor)

    def send(
        self,
        destination: str,
        kind: str,
        stream: str,
        seq: int,
        ref: str = "",
        *,
        at: datetime | None = None,
    ) -> None:
        """Leave a side effect for the delivery worker, done at once or `at` a later moment; `seq` is the
        entry it follows from."""
        self._outbox.append(
            rows.make(
                Outbox, destination=destination, stream=stream, seq=seq, kind=kind, ref=ref,
                next_at=at or self.now,
            )
        )  # fmt: skip

    def grant(self, row: CaseAccess) -> None:
        """Let somebody see a case from now on."""
        self._access.append(row)

    def deadline(self, row: Deadline) -> None:
        """Start a clock."""
        self._deadlines.append(row)

    def signature(self, row: SignatureRecord) -> None:
        """Keep a signature the act rests on."""
        self._signatures.append(row)

    def signatures_of(self, case: int) -> list[SignatureRecord]:
        """The signatures this act keeps with a case and has not written yet."""
        return [row for row in self._signatures if row.case_id == case]

    def write(self) -> None:
        """Write what was gathered."""
        for held in self.held.values():
            held.save()
        self.ledger.write()
        rows.insert(self._access)
        rows.insert(self._deadlines)
        rows.insert(self._outbox)
        rows.insert(self._signatures)
        for held in self.held.values():
            held.settle()


@contextmanager
def act(verb: str, actor: Actor, *, now: datetime, key: str | None = None, body: Any = None) -> Iterator[Act]:
    """Open an act.

    With a `key`, the same key and `body` again give `repeated` and the stored answer; the block still checks
    that the actor may see the case. Raises ActRefused `key-reused` for the same key with another body,
    TimeWithoutZone when `now` has no time zone.
    """
    if now.tzinfo is None:
        raise TimeWithoutZone
    check_storable(body)
    fingerprint = ""
    if key is not None:
        check_key(key)
        fingerprint = _fingerprint(verb, actor, body)  # before others have to wait for this act
    with writing(), transaction.atomic():
        this = Act(verb, actor, now)
        this.ledger.not_before_seals()
        print_ = _claim(this, key, fingerprint) if key else None
        yield this
        if this.repeated:
            return
        this.write()
        # An act and what it holds refer to each other: let go of, they need no garbage collection.
        this.held.clear()
        if print_ is not None:
            print_.answer = this.answer
            rows.update(print_, ("answer",))


def _claim(this: Act, key: str, fingerprint: str) -> IdempotencyKey:
    """Take the key, or find what was answered under it. A second caller waits here for the first."""
    row = rows.make(
        IdempotencyKey,
        caller=this.actor.person,
        key=key,
        act=this.verb,
        fingerprint=fingerprint,
        made_at=this.now,
    )
    if rows.insert_unless_there(row, "caller, key"):
        return row
    stored = rows.select(IdempotencyKey, "WHERE caller = %s AND key = %s", [row.caller, key])[0]
    if stored.fingerprint != fingerprint:
        raise refused("key-reused")
    this.repeated, this.answer = True, stored.answer
    return stored


def _fingerprint(verb: str, who: Actor, body: Any) -> str:
    said = payload_text([verb, who.post, who.organisation, who.party, body])
    return hashlib.sha256(said.encode()).hexdigest()
