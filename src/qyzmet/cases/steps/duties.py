"""Duties outside any case: started by an exit, a step, an event or a date of the application, fulfilled by a
filing or an ending of another case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from qyzmet.cases import rows
from qyzmet.cases.dates import clocks
from qyzmet.cases.hold import Held
from qyzmet.cases.laws import Law, holds, law_of
from qyzmet.cases.models import Case, Deadline, Duty, Filing
from qyzmet.cases.refusals import ActRefused, refused
from qyzmet.clock import ALMATY
from qyzmet.people.directory import body
from qyzmet.regulation.model.package import Duty as DutyRule
from qyzmet.regulation.model.package import Fulfilment

__all__ = ["fulfil", "fulfil_by_filing", "start", "start_from_form"]


def start(held: Held, origin: str) -> bool:
    """Start the duties that `exit:<id>`, `step:<id>` or `event:<id>` brings with it; whether it did."""
    begun = [
        (code, duty)
        for code, duty in held.law.package.duties.items()
        if duty.from_ == origin and holds(duty.only, held.facts)
    ]
    for code, duty in begun:
        _start(held, code, duty, held.now)
    return bool(begun)


def start_from_form(held: Held, form: Mapping[str, Any]) -> None:
    """Start the duties that count from a date of the application (`form:<field>`), when it is filed.

    A day of a year without a calendar gives no due moment: the journal says so, and nobody is held to it.
    """
    for code, duty in held.law.package.duties.items():
        origin, _, name = duty.from_.partition(":")
        if origin != "form" or not form.get(name) or not holds(duty.only, held.facts):
            continue
        try:
            _start(held, code, duty, _moment(str(form[name])))
        except ActRefused as problem:
            held.record("duty.not-dated", {"duty": code, "why": problem.text["en"]})


def _moment(words: str) -> datetime:
    moment = datetime.fromisoformat(words)
    return moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)


def _start(held: Held, code: str, duty: DutyRule, moment: datetime) -> None:
    person, organisation = _who(held, duty.who)
    hours = body(organisation or held.case.provider_id).hours
    judged = clocks.judged(duty.within, moment, hours, cite=duty.cite)
    row = rows.make(
        Duty,
        case_id=held.case.pk,
        code=code,
        person=person,
        organisation_id=organisation,
        started_at=moment,
        due=judged.due,
    )
    rows.insert_returning([row])
    held.act.deadline(_clock(row, judged))
    held.record("duty.started", {"duty": code, "due": judged.due})


def _clock(row: Duty, judged: clocks.Judged) -> Deadline:
    return rows.make(
        Deadline,
        subject=f"duty:{row.pk}",
        case_id=row.case_id,
        duty=row.code,
        holder_id=row.organisation_id,
        person=row.person,
        due=judged.due,
        basis=judged.basis,
    )


def _who(held: Held, who: str) -> tuple[str | None, int | None]:
    if who in held.case.orgs:
        return None, held.case.orgs[who]
    papers = rows.select(Filing, "WHERE case_id = %s", [held.case.pk])
    return (papers[0].parties.get(who) if papers else None) or held.case.applicant, None


def fulfil_by_filing(held: Held) -> None:
    """A filing fulfils the duties that ask for one. Raises `duty-late` where the law takes no late one."""
    _fulfil(held, None)


def fulfil(held: Held, exit_: str) -> None:
    """An ending fulfils the duties that ask for it."""
    _fulfil(held, exit_)


def _fulfil(held: Held, exit_: str | None) -> None:
    case = held.case
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    owed = f"WHERE person = %s AND fulfilled_at IS NULL ORDER BY id{lock}"
    for row in rows.select(Duty, owed, [case.applicant]):
        law = law_of(row.case.edition_id)
        duty = law.package.duties.get(row.code)
        if duty is None or duty.fulfilled_by is None or not _fits(duty.fulfilled_by, case, exit_):
            continue
        late = row.due is not None and held.now > row.due
        if late and duty.late == "refused":
            raise refused("duty-late", duty.cite, due=row.due)
        _settle(held, row, law, case, late)


def _fits(wanted: Fulfilment, case: Case, exit_: str | None) -> bool:
    chosen = all(case.variant.get(k) == v for k, v in wanted.variant.items())
    return wanted.service == case.service and wanted.exit == exit_ and chosen


def _settle(held: Held, row: Duty, law: Law, case: Case, late: bool) -> None:
    row.fulfilled_by_id, row.fulfilled_at = case.pk, held.now
    rows.update(row, ("fulfilled_by_id", "fulfilled_at"))
    held.kept.append(f"duty:{row.pk}")
    held.record("duty.fulfilled", {"duty": row.code, "of": row.case.number, "late": late, "by": law.name})
