"""One form open in two tabs: each answer is laid over what is kept by itself, and none is lost unseen.

A page says from which answers it was drawn (`drawn_from`, in its input `seen`). What only this page changed
is taken, what only the other changed stays, and what both changed otherwise is shown and asked again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

__all__ = ["Laid", "drawn_from", "overlaid"]


class Laid(NamedTuple):
    """`whole`: all answers with those of the page; `torn`: those both changed, as the other has kept them."""

    whole: dict[str, Any]
    torn: dict[str, Any]


def drawn_from(names: Iterable[str], kept: Mapping[str, Any]) -> str:
    """What the page was drawn from, for its input `seen`."""
    return urlencode([(name, _mark(kept.get(name))) for name in names])


def overlaid(kept: Mapping[str, Any], given: Mapping[str, Any], seen: str) -> Laid:
    """Lay the answers of a page over those kept. A page that says nothing of itself is taken as it is."""
    drawn = dict(parse_qsl(seen, max_num_fields=1000)) if len(seen) < 100_000 else {}
    whole, torn = dict(kept), {}
    for name, answer in given.items():
        now, mine = _mark(kept.get(name)), _mark(answer)
        before = drawn.get(name, now)
        if now in (before, mine):
            whole[name] = answer
        elif mine != before:
            torn[name] = kept.get(name)
    return Laid(whole, torn)


def _mark(answer: Any) -> str:
    """Answers that read alike are alike; one that is empty is none."""
    if answer in (None, "", [], {}):
        return "0"
    return hashlib.sha256(json.dumps(answer, sort_keys=True, default=str).encode()).hexdigest()[:12]
