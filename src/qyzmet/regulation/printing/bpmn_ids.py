"""Ids of a BPMN file: those of the package, the same in every language and every export."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from qyzmet.regulation.printing.flow import Flow

__all__ = ["Wiring", "xml_id"]


def xml_id(*parts: str) -> str:
    """An id that XML allows (an NCName): letters, digits, dots, dashes and underscores, a letter first."""
    made = re.sub(r"[^A-Za-z0-9_.\-]", ".", "_".join(parts))
    return made if made[:1].isalpha() else f"id_{made}"


class Wiring:
    """The id of each flow, and for each node the numbers of the flows into and out of it.

    A flow is named by what it joins; the second between the same two gets a number.
    """

    def __init__(self, flow: Flow) -> None:
        self.ids: list[str] = []
        self.into: defaultdict[str, list[int]] = defaultdict(list)
        self.out_of: defaultdict[str, list[int]] = defaultdict(list)
        twins: Counter[tuple[str, str]] = Counter()
        for number, edge in enumerate(flow.edges):
            twins[edge.source, edge.target] += 1
            again = twins[edge.source, edge.target]
            self.ids.append(xml_id("flow", edge.source, edge.target, *([str(again)] if again > 1 else [])))
            self.into[edge.target].append(number)
            self.out_of[edge.source].append(number)
