"""The same figures a second time, from the journal alone: entries' bytes and payloads, by the published
law and calendar, and no row of a case.

Which body delivers is read off the number a case was given, and off transfers. A payload that was lawfully
erased says nothing any more; the entry's bytes still say what happened, when and by whom.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases.dates import clocks
from qyzmet.cases.journal import entry_rows
from qyzmet.cases.journal.entry_rows import Row, said
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Edition
from qyzmet.cases.queries.figures.ended import Group, Middle, Times
from qyzmet.cases.queries.figures.folded import Told
from qyzmet.cases.queries.figures.reach import Period, Reach
from qyzmet.cases.queries.figures.refusals import Ground
from qyzmet.cases.queries.figures.summary import Standing, Summary
from qyzmet.cases.queries.figures.waits_told import HallTold
from qyzmet.people.directory import bodies
from qyzmet.people.models import Account

__all__ = ["recount"]


def recount(reach: Reach, period: Period, now: datetime) -> Summary:
    """What the journal comes to for the cases one watches."""
    cases, window, hall = _told(reach, period)
    seen = [case for case in cases if case.number and _within(reach, case.provider, case.service)]
    still = [case for case in seen if case.ended_at is None]
    over = [case for case in seen if case.ended_at is not None and period.holds(case.ended_at)]
    groups: dict[Group, list[Told]] = {}
    for case in over:
        groups.setdefault(case.group, []).append(case)
    return Summary(
        standing=_standing(still, now),
        taken=dict(Counter(who for case in still for who, _ in case.taken.values())),
        times={group: _times(of) for group, of in groups.items()},
        breaches={g: count for g, of in groups.items() if (count := sum(case.breached for case in of))},
        refusals=dict(_refusals(over)),
        window=dict(window),
        waits=hall.waits(reach, period, now),
    )


def _told(reach: Reach, period: Period) -> tuple[list[Told], Counter[Ground], HallTold]:
    """Every case as its stream tells it, the refusals at windows and the queues, in one sweep."""
    laws = {
        edition.name: law_of(edition.pk) for edition in Edition.objects.filter(general=False).order_by("pk")
    }
    laws |= {e.name: law_of(e.pk) for e in Edition.objects.filter(general=True).order_by("pk")}
    accounts = dict(Account.objects.values_list("id", "number"))
    cases: list[Told] = []
    window: Counter[Ground] = Counter()
    hall, stream = HallTold(), ""
    for row in _entries():
        entry, data = said(bytes(row.body)), json.loads(row.data) if row.data else {}
        if entry is None:
            raise ValueError(f"{row.stream}#{row.seq} cannot be read as an entry; verify the journal")
        if entry.act == "filing.refused":
            window.update(_at_the_window(reach, period, entry.stream, entry.recorded, data))
        hall.read(entry, data)
        if entry.stream.startswith("case:"):
            if entry.stream != stream:
                stream = entry.stream
                cases.append(Told(laws, accounts))
            cases[-1].read(entry, data)
    return cases, window, hall


def _entries() -> Iterator[Row]:
    for page in entry_rows.read():
        yield from (Row._make(plain) for plain in page)


def _within(reach: Reach, provider: int, service: str) -> bool:
    """Whether a body is one's own or below one's own, and what is asked for."""
    own = reach.actor.organisation
    found = next((b for b in bodies() if b.id == provider), None)
    kept = reach.service or reach.actor.service
    return (
        found is not None
        and own in (found.id, found.parent)
        and kept in ("", service)
        and reach.provider in (None, provider)
    )


def _standing(cases: Iterable[Told], now: datetime) -> dict[Group, Standing]:
    found: dict[Group, Standing] = {}
    for case in cases:
        due = case.due_now()
        here = Standing(1, int(due is not None and due < now), int(case.suspended), int(case.breached))
        before = found.get(case.group, Standing(0, 0, 0, 0))
        found[case.group] = Standing(*(a + b for a, b in zip(before, here, strict=True)))
    return found


def _times(cases: list[Told]) -> Times:
    gross: list[tuple[int, float]] = []
    net: list[tuple[int, float]] = []
    judged: list[bool | None] = []
    for case in cases:
        if case.registered is None or case.ended_at is None:
            raise ValueError(f"{case.number} ended and was never registered; verify the journal")
        door, due = clocks.door_of(case.provider), case.due_now()
        for spans, stops in ((gross, []), (net, case.intervals())):
            spent = clock.time_spent(door, case.registered, case.ended_at, stops, now=case.ended_at)
            spans.append((spent.working_days, spent.working.total_seconds() / 3600))
        judged.append(None if due is None else case.ended_at <= due)
    columns = [[each[at] for each in spans] for at in (0, 1) for spans in (gross, net)]
    middles = (Middle(_rank(column, 0.5), _rank(column, 0.9)) for column in columns)
    return Times(len(cases), judged.count(True), judged.count(False), judged.count(None), *middles)


def _rank(numbers: Iterable[float], part: float) -> float:
    """The smallest of the numbers that at least this part of them does not exceed."""
    kept = list(numbers)
    enough = math.ceil(round(part * len(kept), 9))
    return round(min(n for n in kept if sum(other <= n for other in kept) >= enough), 2)


def _refusals(cases: Iterable[Told]) -> Counter[Ground]:
    counted: Counter[Ground] = Counter()
    for case in cases:
        for ground in case.grounds():
            clause = case.law.package.grounds[ground].cite if case.law and ground else ""
            counted[Ground(case.provider, case.service, ground, clause)] += 1
    return counted


def _at_the_window(
    reach: Reach, period: Period, stream: str, recorded: str, data: dict[str, Any]
) -> Iterator[Ground]:
    where = int(stream.partition(":")[2])
    if not period.holds(datetime.fromisoformat(recorded)) or not _within(
        reach, where, data.get("service", "")
    ):
        return
    for ground in dict.fromkeys(str(each.get("ground", "")) for each in data.get("grounds", ())):
        yield Ground(where, data["service"], ground, "")
