"""What time alone brings about, by acts: registration, timers, unanswered waits, warnings, letters, seals.

Every part finds only what is due and not done, in small transactions; it can be run at any moment, again, and
by two tickers at once. One case that refuses to move holds up no other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from django.conf import settings

from qyzmet.cases import retention, revising
from qyzmet.cases.acts.erase_personal_data import erase_personal_data
from qyzmet.cases.acts.expire import expire, expired
from qyzmet.cases.acts.mark_deadlines import pass_deadlines, warn_deadlines
from qyzmet.cases.acts.register import register, to_register
from qyzmet.cases.acts.seal import seal_day, seal_is_due
from qyzmet.cases.acts.tell_deadlines import tell_deadlines, telling_is_due
from qyzmet.cases.dates import recompute
from qyzmet.cases.models import Case, CaseState, Revision
from qyzmet.cases.refusals import ActRefused
from qyzmet.people.actor import SYSTEM

__all__ = ["sweep"]

log = structlog.get_logger("qyzmet.tick")
T = TypeVar("T", bound=Hashable)
KNOWN_BY_ALL = timedelta(minutes=1)
"""A recomputation whose process died is taken up this long after its calendar act."""


def sweep(now: datetime) -> dict[str, int]:
    """Do everything that is due at `now`; how much of each there was."""
    done = {
        "registered": _each(lambda: to_register(now), lambda ref: register(SYSTEM, ref, now=now)),
        "expired": _each(lambda: expired(now), lambda step: expire(SYSTEM, step[0], step[1], now=now)),
        "warned": _while(lambda: warn_deadlines(SYSTEM, now=now)),
        "passed": _while(lambda: pass_deadlines(SYSTEM, now=now)),
        "told": _tell(now),
        "recomputed": _recompute(now),
        "followed": _follow(now),
        "erased": _erase(now),
        "sealed": _seal(now),
    }
    if any(done.values()):
        log.info("tick.done", **{name: count for name, count in done.items() if count})
    return done


def _each(due: Callable[[], Sequence[T]], do: Callable[[T], object]) -> int:
    """Do each thing that is due, asking again until there is nothing new; what one does may make more due."""
    tried: set[T] = set()
    done = 0
    while fresh := [each for each in due() if each not in tried]:
        for each in fresh:
            tried.add(each)
            try:
                do(each)
                done += 1
            except ActRefused as problem:
                log.warning("tick.refused", what=str(each), code=problem.code, text=problem.text["en"])
    return done


def _while(some: Callable[[], int]) -> int:
    done = 0
    try:
        while count := some():
            done += count
    except ActRefused as problem:
        log.error("tick.refused", code=problem.code, text=problem.text["en"])  # noqa: TRY400 - expected
    return done


def _tell(now: datetime) -> int:
    return _while(lambda: tell_deadlines(SYSTEM, now=now)) if telling_is_due(now) else 0


def _recompute(now: datetime) -> int:
    change = recompute.unfinished()
    if change is None or now - change.applied_at < KNOWN_BY_ALL:
        return 0
    return recompute.run(change, now=now)


def _follow(now: datetime) -> int:
    """Cases left on an edition that has a revision: filed while it was applied, or its process died."""
    behind = Case.objects.exclude(state=CaseState.ENDED).filter(edition__in=Revision.objects.values("before"))
    left = set(behind.values_list("edition", flat=True).distinct())
    if not left:
        return 0
    changes = Revision.objects.filter(before__in=left, applied_at__lte=now).order_by("id")
    return sum(revising.follow(SYSTEM, change, now) for change in changes)


def _erase(now: datetime) -> int:
    """Personal data past their period, where the deployment says that the ticker erases them."""
    if not settings.QYZMET_ERASE:
        return 0
    why = retention.RULE, retention.CLAUSE
    return _each(lambda: retention.due(now), lambda ref: erase_personal_data(SYSTEM, ref, *why, now=now))


def _seal(now: datetime) -> int:
    if not seal_is_due(now):
        return 0
    try:
        made = seal_day(SYSTEM, now=now)
    except (ActRefused, OSError) as problem:
        # The journal goes on without its seal; verify says what is not sealed, and the log why.
        log.error("seal.failed", text=str(problem))  # noqa: TRY400 - expected, the trace says nothing more
        return 0
    return int(made is not None)
