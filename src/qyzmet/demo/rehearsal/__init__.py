"""A rehearsal: one case of a service through every step, by real acts and real posts, on a stepped clock.

    script = read_script(path)  # the package and what it leans on
    done = rehearse(script, Wish(outcome="refused"), at=None, pace=Pace(at_limits=True))
    done.rows, done.exit, done.entries

It writes into whatever database Django has: `demo.stage` makes one for the length of a command, a test has
its own. script.py: what is played; ways.py: which way; cast.py: who; filing.py, before.py: what is filed and
what had to be there first; walk.py, deeds.py, pace.py, endings.py: step by step; told.py: the rows.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from qyzmet import clock
from qyzmet.cases import acts, laws
from qyzmet.cases.dates import clocks
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.steps import functions
from qyzmet.cases.steps.functions import Call, Verdict
from qyzmet.demo.people import SINCE
from qyzmet.demo.rehearsal.before import EARLIER, applicant_for, make_needs, settled
from qyzmet.demo.rehearsal.cast import Cast, gather_cast
from qyzmet.demo.rehearsal.endings import refuse_at_window, stop_from_outside, withdraw
from qyzmet.demo.rehearsal.filing import Filing, file
from qyzmet.demo.rehearsal.pace import Pace
from qyzmet.demo.rehearsal.script import CannotRehearse, Script, Stuck, read_script
from qyzmet.demo.rehearsal.told import Row, overrun
from qyzmet.demo.rehearsal.walk import Walk
from qyzmet.demo.rehearsal.ways import SMOOTH, Way, Wish, choose_way, outcomes
from qyzmet.demo.samples import Samples
from qyzmet.people.actor import SYSTEM
from qyzmet.regulation.findings import suggest

__all__ = [
    "CannotRehearse",
    "Pace",
    "Rehearsal",
    "Row",
    "Script",
    "Stuck",
    "Wish",
    "outcomes",
    "read_script",
    "rehearse",
]


@dataclass(frozen=True)
class Rehearsal:
    """What was played. `case` is missing where the window refused it. `entries`: of the journal, verified."""

    way: Way
    rows: tuple[Row, ...]
    case: Case | None
    exit: str
    entries: int


def rehearse(
    script: Script, wish: Wish, *, at: datetime | None = None, pace: Pace | None = None
) -> Rehearsal:
    """Play one case. Raises CannotRehearse for what cannot be asked for, Stuck for what does not
    come to its end, with one sentence."""
    pace, at = pace or Pace(), at or script.opens_at()
    _known_step(script, pace)
    with functions.lent(_stand_ins(script)):
        way = choose_way(script, wish, Samples(clock.local(at).date()), at)
        try:
            _publish(script)
            rows, case, exit_ = _play(script, gather_cast(script, at), way, at, pace)
        except ActRefused as refusal:
            faults = ", ".join(f"{k}: {v}" for k, v in refusal.hint.items())
            raise CannotRehearse(refusal.text["en"] + (f" ({faults})" if faults else "")) from refusal
    if pace.late is not None and not any(row.step == pace.late and row.late for row in rows):
        raise CannotRehearse(f"{pace.late} is not done on this way, or has no limit to be late for")
    report = verify()
    if report.tamperings:
        raise Stuck(f"the journal does not verify: {report.tamperings[0]}")
    return Rehearsal(way, tuple(rows), case, exit_, report.entries)


def _play(
    script: Script, cast: Cast, way: Way, at: datetime, pace: Pace
) -> tuple[list[Row], Case | None, str]:
    package = script.package
    filing = Filing(package, way, applicant_for(script, cast, package, way.recipient))
    kind = outcomes(package)[way.outcome]
    if kind == "not-accepted":
        return [refuse_at_window(cast, filing, at)], None, way.outcome
    make_needs(script, cast, filing, at - EARLIER)
    filing = replace(filing, given=settled(filing.applicant))
    case, now = file(cast, filing, at)
    walk = Walk(cast, case, filing.applicant, aim=way.aim, pace=pace, now=now)
    if kind == "withdrawn":
        withdraw(walk)
    elif way.outcome not in package.exits:
        stop_from_outside(walk, way.outcome)
    walk.to_the_end()
    last = overrun(walk.case)
    return [*walk.told, *([last] if last else [])], walk.case, str(walk.case.exit)


def _known_step(script: Script, pace: Pace) -> None:
    if pace.late is None:
        return
    known = {*script.package.steps, *(f"{g.service}:{s}" for g in script.general for s in g.steps)}
    if pace.late not in known:
        hint = suggest(pace.late, known) or f"; its steps are {', '.join(script.package.steps)}"
        raise CannotRehearse(f"{script.package.service} has no step {pace.late[:60]!r}{hint}")


def _publish(script: Script) -> None:
    laws.forget()
    if script.parameters is not None:
        shutil.copytree(script.parameters, settings.QYZMET_DATA / "parameters", dirs_exist_ok=True)
        clocks.parameters.cache_clear()
    for package in script.packages:
        acts.publish_edition(SYSTEM, package, now=SINCE)


def _stand_ins(script: Script) -> dict[str, functions.Function]:
    """For a law of somebody else's: its functions find what the rehearsal needs them to find."""
    if not script.made_up:
        return {}
    steps = [s for p in (script.package, *script.others.values()) for s in p.steps.values()]
    return {s.function: _smooth(s.kind) for s in steps if s.function}


def _smooth(kind: str) -> functions.Function:
    def found(_call: Call) -> Verdict:
        return Verdict(SMOOTH[kind])

    return found
