"""Ids of a BPMN file: those of the package, the same in every language and every export."""

from __future__ import annotations

import re

from qyzmet.regulation.printing.flow import Flow

__all__ = ["edge_id", "xml_id"]


def xml_id(*parts: str) -> str:
    """An id that XML allows (an NCName): letters, digits, dots, dashes and underscores, a letter first."""
    made = re.sub(r"[^A-Za-z0-9_.\-]", ".", "_".join(parts))
    return made if made[:1].isalpha() else f"id_{made}"


def edge_id(flow: Flow, number: int) -> str:
    """Named by what the flow joins; the second flow between the same two gets a number."""
    edge = flow.edges[number]
    twins = [n for n, e in enumerate(flow.edges) if (e.source, e.target) == (edge.source, edge.target)]
    again = [] if number == twins[0] else [str(twins.index(number) + 1)]
    return xml_id("flow", edge.source, edge.target, *again)
