"""After an act on the calendar or on office hours: every open future deadline judged again, old → new
journaled, both sides told.

It goes through the cases by id, some hundreds in one act, and remembers how far it came, so that it can be
stopped and taken up again; running it twice changes nothing more. A deadline none of whose days changed is
left as it is, with the hash of the calendar it was judged by. Hours that change move no date into the past:
nobody becomes late by an act on office hours.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection

from qyzmet import clock
from qyzmet.cases import rows
from qyzmet.cases.dates import calendars
from qyzmet.cases.models import CalendarAct, Case, Deadline, HoursAct
from qyzmet.cases.transaction import Act, act
from qyzmet.people.actor import SYSTEM
from qyzmet.people.directory import body, forget

__all__ = ["CHUNK", "Change", "Moved", "preview", "preview_hours", "run", "unfinished"]

CHUNK = 500
BOTH_SIDES = ("party", "holder")
Change = CalendarAct | HoursAct


class Moved(NamedTuple):
    """A deadline under the new calendar: its row, what it rests on now, the days that made the difference."""

    row: Deadline
    old: datetime
    new: datetime
    basis: dict[str, Any]
    because: tuple[str, ...]


@dataclass
class _Pass:
    """What one recomputation knows: both calendars and the days between them, or the change of hours."""

    old: clock.Calendar
    new: clock.Calendar
    now: datetime
    hours: HoursAct | None = None
    changes: tuple[clock.DayChange, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.changes = clock.differences(self.old, self.new)


def unfinished() -> Change | None:
    """The first change whose deadlines are not all judged again yet."""
    return (
        CalendarAct.objects.filter(finished_at__isnull=True).order_by("no").first()
        or HoursAct.objects.filter(finished_at__isnull=True).order_by("no").first()
    )


def preview(rules: Sequence[clock.DayRule], now: datetime, most: int = 1_000_000) -> list[Moved]:
    """What a calendar act would move, without doing it."""
    old = calendars.current()
    return _previewed(_Pass(old, old.amended(rules), now), most)


def preview_hours(change: HoursAct, now: datetime, most: int = 1_000_000) -> list[Moved]:
    """What a change of hours, not yet made, would move. Raises CalendarInvalid."""
    old = calendars.current()
    book = old.hours if change.organisation_id else old.hours.with_entry(change.name, change.after)
    return _previewed(_Pass(old, old.with_hours(book), now, change), most)


def _previewed(going: _Pass, most: int) -> list[Moved]:
    moved: list[Moved] = []
    after = 0
    while len(moved) < most:
        ids = _cases_after(after, going.now)
        if not ids:
            break
        judged = _judged(going, _cases(ids), _open(ids, going.now))
        moved += [m for m in judged if m.old != m.new]
        after = ids[-1]
    return moved


def run(change: Change, *, now: datetime, chunks: int | None = None) -> int:
    """Judge the open deadlines again, from where an earlier run stopped; how many moved in this run.

    `chunks` stops after so many acts. Every process must know the calendar by now (`calendars.KEPT` seconds).
    """
    going = _pass_of(change, now)
    moved, done = 0, 0
    while change.finished_at is None and (chunks is None or done < chunks):
        moved += _chunk(change, going)
        done += 1
    return moved


def _pass_of(change: Change, now: datetime) -> _Pass:
    if isinstance(change, CalendarAct):
        old = calendars.before(change)
        return _Pass(old, old.amended(calendars.rules_from_data(change.rules)), now)
    calendars.forget()
    forget()
    current = calendars.current()
    return _Pass(current, current, now, change)


def _chunk(change: Change, going: _Pass) -> int:
    with act("recompute", SYSTEM, now=going.now) as this:
        this.ledger.lock(["recompute"])
        known = rows.select(type(change), "WHERE id = %s", [change.pk])[0]
        change.done_to, change.moved, change.finished_at = known.done_to, known.moved, known.finished_at
        if change.finished_at is not None:
            return 0
        ids = _cases_after(change.done_to, going.now)
        if not ids:
            _finish(this, change, going)
            return 0
        cases = _locked(ids)
        this.ledger.lock(sorted(case.stream for case in cases.values()))
        found = _judged(going, cases, _open(ids, going.now))
        _write(this, change, cases, found)
        moved = sum(each.old != each.new for each in found)
        change.done_to, change.moved = ids[-1], change.moved + moved
        rows.update(change, ("done_to", "moved"))
        return moved


def _finish(this: Act, change: Change, going: _Pass) -> None:
    change.finished_at = going.now
    rows.update(change, ("finished_at",))
    said = {"no": change.no, "moved": change.moved}
    if isinstance(change, CalendarAct):
        this.record("system", "calendar.recomputed", said)
        return
    if change.organisation_id is not None:
        _rename_standing(change)
    this.record("system", "hours.recomputed", {**said, "name": change.name})


def _rename_standing(change: HoursAct) -> None:
    """Clocks of a body that stand still go on by its new hours when they are resumed."""
    tail = "WHERE holder_id = %s AND state = 'open' AND due IS NULL ORDER BY id"
    for row in rows.select(Deadline, tail, [change.organisation_id]):
        if row.basis.get("hours") == change.before.get("hours"):
            row.basis = {**row.basis, "hours": change.name}
            rows.update(row, ("basis",))


def _cases_after(case_id: int, now: datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT case_id FROM cases_deadline WHERE case_id > %s AND state = 'open' AND due > %s"
            " ORDER BY case_id LIMIT %s",
            [case_id, connection.ops.adapt_datetimefield_value(now), CHUNK],
        )
        return [row[0] for row in cursor.fetchall()]


def _cases(ids: Sequence[int]) -> dict[int, Case]:
    return {case.pk: case for case in rows.select(Case, f"WHERE id IN ({rows.marks(ids)}) ORDER BY id", ids)}


def _locked(ids: Sequence[int]) -> dict[int, Case]:
    lock = " FOR NO KEY UPDATE" if connection.vendor == "postgresql" else ""
    return {
        case.pk: case for case in rows.select(Case, f"WHERE id IN ({rows.marks(ids)}) ORDER BY id{lock}", ids)
    }


def _open(ids: Sequence[int], now: datetime) -> list[Deadline]:
    """Open future deadlines of these cases, the overall term of each case first."""
    tail = f"WHERE case_id IN ({rows.marks(ids)}) AND state = 'open' AND due > %s"
    found = rows.select(Deadline, tail, [*ids, now])
    return sorted(found, key=lambda row: (row.case_id or 0, row.duty != "term", row.pk))


def _judged(going: _Pass, cases: dict[int, Case], lying: list[Deadline]) -> list[Moved]:
    """Those deadlines whose moment or whose days are others now."""
    terms: dict[int, datetime] = {}
    found: list[Moved] = []
    for row in lying:
        if "term" in row.basis:
            moved = _by_term(going, row)
        elif "before_term_end" in row.basis:
            moved = _before_term_end(going, row, cases, terms)
        else:
            moved = None
        if moved is None:
            continue
        found.append(moved)
        if row.duty == "term" and row.case_id is not None:
            terms[row.case_id] = moved.new
    return found


def _by_term(going: _Pass, row: Deadline) -> Moved | None:
    facts = clock.DeadlineFacts.restored(row.basis)
    if going.hours is not None:
        return _by_hours(going, row, facts, going.hours)
    again = clock.recompute(facts, going.new, going.changes, now=going.now)
    if not (again.moved or again.because):
        return None
    basis = {**again.facts.stored(), "cite": row.basis.get("cite", "")}
    because = tuple(sorted({each.day.isoformat() for each in again.because}))
    return Moved(row, _due(row), again.new.astimezone(UTC), basis, because)


def _by_hours(going: _Pass, row: Deadline, facts: clock.DeadlineFacts, change: HoursAct) -> Moved | None:
    """A date that rests on the hours that changed, or is kept by the body that keeps others now."""
    if change.organisation_id is not None:
        touched = row.holder_id == change.organisation_id and facts.hours == change.before["hours"]
    else:
        touched = facts.hours == change.name
    if not touched:
        return None
    facts = replace(facts, hours=change.name)
    again = clock.deadline(facts.term, facts.start, facts.hours, going.new, facts.suspensions, now=going.now)
    if again.due <= going.now or (again.due == facts.due and again.hours_hash == facts.hours_hash):
        return None
    basis = {**again.stored(), "cite": row.basis.get("cite", "")}
    return Moved(row, _due(row), again.due.astimezone(UTC), basis, ())


def _before_term_end(
    going: _Pass, row: Deadline, cases: dict[int, Case], terms: dict[int, datetime]
) -> Moved | None:
    """Counted back from the end of the overall term, which may itself have moved."""
    case = cases[row.case_id or 0]
    end = terms.get(case.pk, case.due)
    if end is None:
        return None
    door = clock.schedule(_hours_of(case.provider_id, going), going.new)
    count = clock.parse_term(row.basis["before_term_end"]).count
    new = door.closing(door.first_after(clock.local(end)) - 1 - count).astimezone(UTC)
    if new == _due(row):
        return None
    because = tuple(sorted({each.day.isoformat() for each in going.changes}))
    return Moved(row, _due(row), new, {**row.basis, "term_due": end.isoformat()}, because)


def _hours_of(organisation: int, going: _Pass) -> str:
    changed = going.hours is not None and going.hours.organisation_id == organisation
    return going.hours.name if changed and going.hours else body(organisation).hours


def _due(row: Deadline) -> datetime:
    if row.due is None:
        raise ValueError(f"deadline {row.pk} stands still and has no date to judge again")
    return row.due


def _write(this: Act, change: Change, cases: dict[int, Case], found: list[Moved]) -> None:
    for each in found:
        if each.old != each.new:
            _tell(this, change, cases[each.row.case_id or 0], each)
    _update(found)


def _tell(this: Act, change: Change, case: Case, each: Moved) -> None:
    said = {
        "duty": each.row.duty, "subject": each.row.subject, "old": each.old, "new": each.new,
        "because": each.because, **_ground(change),
    }  # fmt: skip
    seq = this.record(case.stream, "deadline.moved", said)
    this.send("monitoring", "deadline.moved", case.stream, seq)
    for side in BOTH_SIDES:
        this.send("mail", "deadline.moved", case.stream, seq, ref=side)


def _ground(change: Change) -> dict[str, str]:
    if isinstance(change, CalendarAct):
        return {"act": change.name, "calendar": change.after}
    return {"act": change.reason, "hours": change.name}


def _update(found: list[Moved]) -> None:
    """Deadlines, and what repeats them: the case's term and the place of a step in the queue of work."""
    moment = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE cases_deadline SET due = %s, basis = %s, warned_at = NULL WHERE id = %s",
            [(moment(m.new), json.dumps(m.basis, ensure_ascii=False), m.row.pk) for m in found],
        )
        moved = [m for m in found if m.old != m.new]
        cursor.executemany(
            "UPDATE cases_case SET due = %s WHERE id = %s",
            [(moment(m.new), m.row.case_id) for m in moved if m.row.duty == "term"],
        )
        cursor.executemany(
            "UPDATE cases_token SET due = %s, queue_at = %s"
            " WHERE case_id = %s AND no = %s AND closed_at IS NULL",
            [
                (moment(m.new), moment(m.new), m.row.case_id, int(m.row.subject.rpartition(".")[2]))
                for m in moved
                if m.row.subject.startswith("token:")
            ],
        )
        cursor.executemany(
            "UPDATE cases_duty SET due = %s WHERE id = %s",
            [
                (moment(m.new), int(m.row.subject.rpartition(":")[2]))
                for m in moved
                if m.row.subject.startswith("duty:")
            ],
        )
