"""A few cases half-way and ended, by real acts: enough that no page of the sample stands empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from qyzmet import clock
from qyzmet.cases.delivery.outbox import deliver_due
from qyzmet.cases.models import Case, CaseState
from qyzmet.cases.sweep import sweep
from qyzmet.demo.rehearsal import Pace, Wish, read_script
from qyzmet.demo.rehearsal.before import EARLIER, applicant_for, make_needs, settled
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.demo.rehearsal.endings import refuse_at_window
from qyzmet.demo.rehearsal.filing import Filing, file
from qyzmet.demo.rehearsal.walk import Walk
from qyzmet.demo.rehearsal.ways import choose_way
from qyzmet.demo.samples import Samples
from qyzmet.regulation.sharing import SHIPPED

__all__ = ["FEW", "play"]

FEW: tuple[tuple[str, Wish, str, int, int], ...] = (
    ("housing-assistance", Wish(), "900205417747", 20, 99),
    ("housing-assistance", Wish(outcome="refused"), "900205417747", 15, 99),
    ("housing-assistance", Wish(), "900205417747", 12, 1),
    ("housing-assistance", Wish(channel="state-corporation"), "760312437504", 4, 0),
    ("housing-assistance", Wish(channel="state-corporation"), "900607380076", 3, 99),
    ("housing-assistance", Wish(), "760312437504", 2, 1),
    ("housing-assistance", Wish(), "810827427457", 2, 3),
    ("housing-assistance", Wish(), "900205417747", 1, 3),
    ("housing-assistance", Wish(), "700301325761", 1, 2),
    ("land-private-ownership", Wish(), "900205417747", 3, 0),
    ("land-private-ownership", Wish(), "760312437504", 6, 3),
    ("land-private-ownership", Wish(), "810827427457", 9, 5),
    ("equity-permit", Wish(), "", 4, 2),
    ("housing-assistance", Wish(), "700301325761", 8, 4),
    ("housing-assistance", Wish(channel="state-corporation"), "810827427457", 6, 5),
    ("housing-assistance", Wish(outcome="refused"), "760312437504", 3, 4),
    ("livestock-subsidy", Wish(), "", 4, 1),
    ("livestock-subsidy", Wish(), "070940718656", 3, 2),
    ("livestock-subsidy", Wish(), "160640600536", 2, 2),
)
"""Service, way, applicant (empty: whoever applies there), days ago, steps done."""


def play(now: datetime) -> list[Case]:
    """Play them; the worker delivers what waits."""
    made = [_one(*each, now) for each in FEW]
    _turned_away(now - timedelta(days=5))
    sweep(now)
    while deliver_due(now):
        pass
    return made


def _one(service: str, wish: Wish, number: str, days: int, steps: int, now: datetime) -> Case:
    at = _working(now - timedelta(days=days))
    script = read_script(next(SHIPPED.glob(f"{service}/*/service.yaml")))
    cast = Cast(at)
    way = choose_way(script, wish, Samples(clock.local(at).date()), at)
    applicant = (
        cast.applicant(way.recipient, number)
        if number
        else applicant_for(script, cast, script.package, way.recipient)
    )
    filing = Filing(script.package, way, applicant)
    make_needs(script, cast, filing, at - EARLIER)
    case, moment = file(cast, replace(filing, given=settled(applicant)), at)
    walk = Walk(cast, case, applicant, aim=way.aim, pace=Pace(), now=moment)
    for _ in range(steps):
        if walk.case.state == CaseState.ENDED:
            break
        walk.step()
    return walk.case


def _turned_away(at: datetime) -> None:
    script = read_script(next(SHIPPED.glob("land-private-ownership/*/service.yaml")))
    wish = Wish(channel="centre", outcome="not-accepted")
    moment = _working(at)
    way = choose_way(script, wish, Samples(clock.local(moment).date()), moment)
    refuse_at_window(Cast(moment), Filing(script.package, way, Cast(moment).applicant("individual")), moment)


def _working(at: datetime) -> datetime:
    """The same day at ten, or the next Monday."""
    local = clock.local(at).replace(hour=10, minute=0)
    return local + timedelta(days=(7 - local.weekday()) % 7 if local.weekday() > 4 else 0)
