"""A measurement in a process and on a database of its own, so that none finds what another left."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict

from bench.harness import Row

__all__ = ["answer", "rows_of"]


def rows_of(module: str, size: str) -> list[Row]:
    """The rows that `python -m bench.<module> <size>` prints."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{module}", size], check=True, stdout=subprocess.PIPE, text=True
    )
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def answer(measure: Callable[[str], list[Row]]) -> None:
    """Measure and print the rows, for `rows_of`."""
    print(json.dumps([asdict(row) for row in measure(sys.argv[1])]))
