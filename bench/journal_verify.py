"""`qyzmet journal verify` over whole streams of ten entries with payloads, sealed once.

There is no peer: nobody else has such a journal. The bar is entries a second.
"""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bench import alone, throwaway
from bench.harness import Row

EACH = 10
BAR = 100_000


def rows(size: str) -> list[Row]:
    return alone.rows_of("journal_verify", size)


def measure(size: str) -> list[Row]:
    throwaway.ready()
    from qyzmet.cases.acts.seal import seal
    from qyzmet.cases.journal.verify import verify
    from qyzmet.people.actor import SYSTEM

    streams = 100_000 if size == "full" else 10_000
    _fill(streams)
    with tempfile.TemporaryDirectory() as folder:
        seal(SYSTEM, now=throwaway.NOW + timedelta(days=1), seals=Path(folder))
        verify(Path(folder))
        begin = time.perf_counter()
        report = verify(Path(folder))
        taken = time.perf_counter() - begin
    assert report.tamperings == []
    rate = report.entries / taken
    return [
        Row(
            f"journal verify, {report.entries:,} entries",
            f"{rate:,.0f}/s",
            "-",
            "-",
            f">= {BAR:,}/s",
            rate,
            BAR,
        )
    ]


def _fill(streams: int) -> None:
    from qyzmet.cases.transaction import act
    from qyzmet.people.actor import SYSTEM

    said = {"step": "register", "no": 1, "outcome": "done", "output": {"note": "Құжаттар толық"}}
    for begin in range(0, streams, 100):
        with act("fill", SYSTEM, now=throwaway.NOW) as this:
            for stream in range(begin, begin + 100):
                for _ in range(EACH):
                    this.record(
                        f"example:{stream}", "task.completed", said, edition="housing-assistance/2019"
                    )


if __name__ == "__main__":
    alone.answer(measure)
