"""Whether a PDF can be opened, found by opening it; a large one in a process of its own that time bounds.

What a reader does with a crafted file can grow with the square of its size: for each of a hundred thousand
pages that are not there it looks through the whole file. A process ends after `SECONDS`, or what is left of
the patience with all files of a request, whatever it reads, and takes its memory with it.
"""

from __future__ import annotations

import io
import logging
import math
import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from pypdf import PdfReader

if TYPE_CHECKING:  # the process of its own knows nothing but its file
    from qyzmet.portal.patience import Patience

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


def trouble_opening(data: bytes, patience: Patience) -> str | None:
    """`broken`, `locked` or `pages`; None for what can be opened. What it took is spent of the patience."""
    if len(data) > SMALL:
        said = _read_apart(data, patience)
    else:
        with patience.counting():
            said = _read(data)
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


def _read_apart(data: bytes, patience: Patience) -> str:
    most = max(1, math.ceil(min(SECONDS, patience.left)))
    argv = [sys.executable, "-I", __file__, str(most)]
    try:
        ended = subprocess.run(argv, input=data, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        patience.spend(most)
        return "broken"
    said, _, took = ended.stdout.decode("ascii", "replace").partition(" ")
    if ended.returncode != 0 or said not in SAID:
        patience.spend(most)
        return "broken"
    patience.spend(float(took))
    return said


def _bounded(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _bounded(int(sys.argv[1]))
    began = time.process_time()
    said = _read(sys.stdin.buffer.read())
    sys.stdout.write(f"{said} {time.process_time() - began:.3f}")
