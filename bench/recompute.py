"""A calendar act makes one working day a day off: every open deadline is judged again, journaled, both sides told.

Every deadline moves, which is the worst case. Nobody else does it; the bar is 100,000 in a minute.
"""

from __future__ import annotations

import json
import time
from datetime import date

from bench import alone, throwaway
from bench.harness import Row
from bench.my_tasks import _insert

SECONDS_PER_100K = 60


def rows(size: str) -> list[Row]:
    return alone.rows_of("recompute", size)


def measure(size: str) -> list[Row]:
    throwaway.ready()
    from qyzmet import clock
    from qyzmet.cases.acts.change_calendar import change_calendar
    from qyzmet.cases.dates import recompute
    from qyzmet.people.actor import SYSTEM

    count = 100_000 if size == "full" else 20_000
    _fill(count)
    off = clock.DayRule(day=date(2019, 6, 6), kind="off", basis="an act", name="exchanged")
    change = change_calendar(SYSTEM, "an act", (off,), now=throwaway.NOW)
    begin = time.perf_counter()
    moved = recompute.run(change, now=throwaway.NOW)
    taken = time.perf_counter() - begin
    assert moved == count
    bar = SECONDS_PER_100K * count / 100_000
    return [
        Row(f"recompute {count:,} open deadlines", f"{taken:.1f} s", "-", "-", f"<= {bar:.0f} s", taken, bar,
            larger_is_better=False)
    ]  # fmt: skip


def _fill(count: int) -> None:
    """Open cases with an overall term each, put straight into the tables."""
    from django.db import connection, transaction

    from qyzmet.cases.dates import clocks
    from qyzmet.cases.models import Case, Deadline, Edition, Stream
    from qyzmet.people.models import Organisation

    office = Organisation.objects.get(code="alatau-social-department").pk
    edition = Edition.objects.get(service="housing-assistance").pk
    term = clocks.judged("8 working days", throwaway.NOW, "provider", cite="A120 §4")
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    stamp, due = "'2019-06-03 05:00:00'", f"'{term.due:%Y-%m-%d %H:%M:%S}'"
    case = {
        "id": "i", "ref": "printf('REF%09d', i)", "number": "printf('N-%09d', i)", "service": "'housing-assistance'",
        "edition_id": edition, "channel": "'portal'", "variant": "'{}'", "facts": "'{}'", "orgs": "'{}'",
        "provider_id": office, "applicant": "'900205417747'", "applicant_kind": "'individual'",
        "filer": "'900205417747'", "filing_key": "printf('k%d', i)", "received_at": stamp, "registered_at": stamp,
        "moved_at": stamp, "state": "'open'", "next_token": 2, "held": "'[]'", "suspensions": "'[]'",
        "breach": "'[]'", "due": due, "unconfirmed": 0,
    }  # fmt: skip
    basis = json.dumps(term.basis, ensure_ascii=False).replace("'", "''")
    deadline = {
        "subject": "'case:' || i", "case_id": "i", "duty": "'term'", "holder_id": office, "due": due,
        "basis": f"'{basis}'", "state": "'open'",
    }  # fmt: skip
    stream = {"name": "'case:' || i", "seq": 1, "head": "randomblob(32)", "recorded_at": stamp}
    with transaction.atomic(), connection.cursor() as cursor:
        for model, values in ((Case, case), (Deadline, deadline), (Stream, stream)):
            # Straight to the driver: the texts in the basis hold per cent signs.
            cursor.cursor.connection.execute(_insert(model, values, numbers, ""))
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    alone.answer(measure)
