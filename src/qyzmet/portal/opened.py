"""Whether a PDF can be opened, found by opening it; a large one in a process of its own that time bounds.

What a reader does with a crafted file can grow with the square of its size: for each of a hundred thousand
pages that are not there it looks through the whole file. A process ends after `SECONDS`, whatever it reads,
and takes its memory with it.
"""

from __future__ import annotations

import io
import logging
import resource
import subprocess
import sys

from pypdf import PdfReader

__all__ = ["MOST_PAGES", "trouble_opening"]

MOST_PAGES = 2_000
SMALL = 64 << 10
"""So small a file is read at once: a process costs as much as the worst it can ask for."""
SECONDS, PATIENCE = 10, 60
"""Of the processor; and by the clock, on a computer that has much to do."""
MEMORY = 2 << 30
WHOLE = "whole"
SAID = frozenset({WHOLE, "broken", "locked", "pages"})

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of a bad file is said to its owner


def trouble_opening(data: bytes) -> str | None:
    """`broken`, `locked` or `pages`; None for what can be opened."""
    said = _read(data) if len(data) <= SMALL else _read_apart(data)
    return None if said == WHOLE else said


def _read(data: bytes) -> str:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return "locked"
        pages = len(reader.pages)
        whole = pages > 0 and reader.pages[0] is not None
    except Exception:  # whatever a reader stumbles over, a person cannot open it either
        return "broken"
    if not whole:
        return "broken"
    return "pages" if pages > MOST_PAGES else WHOLE


def _read_apart(data: bytes) -> str:
    try:
        ended = subprocess.run(
            [sys.executable, "-I", __file__], input=data, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return "broken"
    said = ended.stdout.decode("ascii", "replace")
    return said if ended.returncode == 0 and said in SAID else "broken"


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _bounded()
    sys.stdout.write(_read(sys.stdin.buffer.read()))
