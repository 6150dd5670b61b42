"""What came of a question is put on the case by the System: an answer, a refusal, a wait, or none at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from qyzmet.cases import blobs, rows
from qyzmet.cases.filing.answers import read
from qyzmet.cases.filing.consents import consents
from qyzmet.cases.hold import Held, adopt
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, CaseState, Filing
from qyzmet.cases.transaction import act
from qyzmet.gateway.models import StateQuestion
from qyzmet.gateway.statedata.asking import FETCH, WAITING, destination_of
from qyzmet.gateway.statedata.port import Answered, Late, Outcome, Refused, StateDataFailed
from qyzmet.people.actor import SYSTEM
from qyzmet.regulation.state_databases import load_databases

__all__ = ["LATE", "consented", "fail", "put", "stop"]

LATE = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120, 360, 1440))
"""How long after each answer that is not there yet it is fetched again; after the last it is given up."""


def consented(row: StateQuestion) -> bool:
    """Whether the consent the question rests on still stands, and the case is still open."""
    case = rows.select(Case, "WHERE id = %s", [row.case_id])[0]
    if case.state == CaseState.ENDED:
        return False
    papers = rows.select(Filing, "WHERE case_id = %s", [case.pk])[0]
    given = consents(case, law_of(case.edition_id), papers.form)
    return any(each.field == row.consent and each.withdrawn_at is None for each in given)


def put(pk: int, outcome: Outcome, *, now: datetime) -> None:
    """Put an outcome on the case. Data that come after the consent was withdrawn are not kept.

    Raises StateDataFailed `unreadable` for data that are not what the database gives.
    Cites: Law on personal data art. 8; O109 r417 §13 ¶2.
    """
    if isinstance(outcome, Late):
        _wait(pk, now)
    elif isinstance(outcome, Refused):
        _settle(pk, "refused", "state-data.refused", now, problem=outcome.code, words=outcome.words)
    else:
        _answer(pk, outcome, now)


def fail(pk: int, code: str, *, now: datetime) -> None:
    """Nothing usable came, as often as it was tried: the official is left to decide by the law."""
    _settle(pk, "failed", "state-data.failed", now, problem=code)


def stop(pk: int, *, now: datetime) -> None:
    """The consent was withdrawn or the case has ended before the answer: nothing is asked any more."""
    _settle(pk, "stopped", "state-data.stopped", now)


def _answer(pk: int, answered: Answered, now: datetime) -> None:
    row = StateQuestion.objects.get(pk=pk)
    data = _clean(row.database, answered.data)
    if not consented(row):
        stop(pk, now=now)
        return
    digest = blobs.put(answered.raw, "text/xml", now=now) if answered.raw else ""
    _settle(
        pk, "answered", "state-data.received", now, as_of=answered.as_of, source=answered.source[:300],
        evidence=digest, data=data,
    )  # fmt: skip


def _clean(database: str, given: Mapping[str, Any]) -> dict[str, Any]:
    known = load_databases()[database].gives
    found = read(known, {key: value for key, value in given.items() if key in known}, {})
    if found.faults:
        raise StateDataFailed("unreadable", ", ".join(f"{k}: {v}" for k, v in sorted(found.faults.items())))
    return found.clean


def _wait(pk: int, now: datetime) -> None:
    """The answer is fetched later, ever more seldom; in the end it is given up."""
    polls = StateQuestion.objects.get(pk=pk).polls
    if polls >= len(LATE):
        fail(pk, "late", now=now)
        return
    with act("wait-for-state-data", SYSTEM, now=now) as this:
        held, row = _locked(this, pk)
        if row.state not in WAITING:
            return
        first, row.state, row.polls = row.state == "asked", "late", polls + 1
        row.save(update_fields=["state", "polls"])
        seq = _recorded(held, row, "state-data.late", {}) if first else this.ledger.seq(held.case.stream)
        this.send(
            destination_of(row.database), FETCH, held.case.stream, seq, ref=f"{pk}/{row.polls}",
            at=this.now + LATE[polls],
        )  # fmt: skip


def _settle(pk: int, state: str, code: str, now: datetime, **values: Any) -> None:
    with act("receive-state-data", SYSTEM, now=now) as this:
        held, row = _locked(this, pk)
        if row.state not in WAITING:
            return  # delivered a second time
        if state == "answered" and not consented(row):  # it was withdrawn while the answer was being kept
            state, code, values = "stopped", "state-data.stopped", {}
        for name, value in {"state": state, "settled_at": this.now, **values}.items():
            setattr(row, name, value)
        row.save()
        said = {"code": row.problem} if row.problem else {}
        if row.as_of is not None:
            said |= {"as_of": row.as_of.isoformat(), "source": row.source, "evidence": row.evidence}
        _recorded(held, row, code, said)


def _locked(this: Any, pk: int) -> tuple[Held, StateQuestion]:
    row = StateQuestion.objects.get(pk=pk)
    held = adopt(this, rows.select(Case, "WHERE id = %s", [row.case_id])[0])
    if connection.vendor == "postgresql":
        row = StateQuestion.objects.select_for_update().get(pk=pk)
    return held, row


def _recorded(held: Held, row: StateQuestion, code: str, said: dict[str, Any]) -> int:
    """Into the case's journal; the monitoring system is told of stages, not of this."""
    whole = {"document": row.item, "database": row.database, "message": row.message, "consent": row.consent}
    return held.act.record(held.case.stream, code, whole | said, edition=held.law.name)
