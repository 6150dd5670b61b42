"""Which open dates a change of days or hours would move, as a preview says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from qyzmet import clock
from qyzmet.cases.dates import recompute
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Case, HoursAct
from qyzmet.cases.refusals import refused
from qyzmet.clock import ClockError, DayRule
from qyzmet.office.administering.changing import Preview
from qyzmet.office.administering.history import said
from qyzmet.office.names import step_name
from qyzmet.pages.words import say
from qyzmet.people.models import Organisation

__all__ = ["of_body", "of_days", "of_hours"]

SHOWN = 50
MOST = 2000
Moved = recompute.Moved


def of_body(row: Organisation, hours: str, now: datetime) -> Preview:
    """When a body keeps other hours."""
    change = HoursAct(name=hours, organisation=row, before={"hours": row.hours}, after={"hours": hours})
    return _told(recompute.preview_hours(change, now, MOST))


def of_hours(name: str, entry: dict[str, object], now: datetime) -> Preview:
    """When the hours of a name change. Raises ActRefused `hours-faulty`."""
    try:
        return _told(recompute.preview_hours(HoursAct(name=name, after=entry), now, MOST))
    except ClockError as problem:
        raise refused("hours-faulty", why=str(problem)) from problem


def of_days(rules: Sequence[DayRule], now: datetime) -> Preview:
    """When an act changes days. Raises ActRefused `calendar-faulty`."""
    try:
        return _told(recompute.preview(rules, now, MOST))
    except ClockError as problem:
        raise refused("calendar-faulty", why=str(problem)) from problem


def _told(moved: Sequence[Moved]) -> Preview:
    if not moved:
        return Preview(say("admin.moves-none"))
    heads = tuple(say(f"admin.move-{part}") for part in ("case", "duty", "old", "new"))
    shown = moved[:SHOWN]
    cases = {case.pk: case for case in Case.objects.filter(pk__in={m.row.case_id for m in shown})}
    rows = [_row(cases[m.row.case_id or 0], m) for m in shown]
    if len(moved) > SHOWN:
        rows.append(("…", "", "", ""))
    return Preview(say("admin.moves", count=len(moved)), heads, rows)


def _row(case: Case, moved: Moved) -> tuple[str, str, str, str]:
    duty = moved.row.duty
    law = law_of(case.edition_id)
    name = say("admin.move-term") if duty == "term" else _step(law, duty)
    old, new = (said(clock.local(each).isoformat()) for each in (moved.old, moved.new))
    return case.number or case.ref, name, old, new


def _step(law: Law, duty: str) -> str:
    """A step's name; a duty outside any step keeps its id."""
    general = any(package.service == duty.rpartition(":")[0] for package in law.general)
    return step_name(law, duty) if duty in law.package.steps or general else duty
