"""How much of the acts the product answers for: clauses by act and status against the citations made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, get_args

from qyzmet.regulation.acts import Acts, Clause, Status, UnknownClause
from qyzmet.regulation.citations import Citation

__all__ = ["Coverage", "Row", "Unknown", "coverage"]


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one status in one act. A clause is mapped when a citation reaches it.

    `unmapped` leaves out what asks nothing of the system; `pending` are those whose mechanism is to come.
    """

    act: str
    status: Status
    total: int
    mapped: int
    unmapped: int
    pending: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """A citation that finds no clause, where it stands, and the sentence that says so."""

    cite: str
    path: str
    says: str


@dataclass(frozen=True, slots=True)
class Coverage:
    rows: tuple[Row, ...]
    unmapped: tuple[Clause, ...]
    unknown: tuple[Unknown, ...]
    cites: int

    def as_json(self) -> dict[str, Any]:
        """Plain data, without the list of unmapped clauses."""
        return {
            "rows": [asdict(row) for row in self.rows],
            "total": sum(row.total for row in self.rows),
            "mapped": sum(row.mapped for row in self.rows),
            "unmapped": sum(row.unmapped for row in self.rows),
            "cites": self.cites,
            "unknown": [asdict(unknown) for unknown in self.unknown],
        }


def coverage(acts: Acts, citations: Iterable[Citation]) -> Coverage:
    """The acts in hand against the citations; each citation that finds nothing is told once for each file."""
    made = set(citations)
    good, unknown = set(), []
    for citation in sorted(made, key=lambda c: (c.path, c.cite)):
        try:
            acts.resolve(citation.cite)
        except UnknownClause as problem:
            unknown.append(Unknown(citation.cite, citation.path, str(problem)))
        else:
            good.add(citation.cite)
    reached = {clause.id for cite in good for clause in acts.resolve(cite)}
    return Coverage(_rows(acts, reached), acts.unmapped(good), tuple(unknown), len(made))


def _rows(acts: Acts, reached: set[str]) -> tuple[Row, ...]:
    total = Counter((c.act, c.status) for c in acts.clauses)
    mapped = Counter((c.act, c.status) for c in acts.clauses if c.id in reached)
    pending = Counter((c.act, c.status) for c in acts.clauses if c.pending)
    order = {status: place for place, status in enumerate(get_args(Status))}
    keys = sorted(total, key=lambda key: (key[0], order[key[1]]))
    return tuple(
        Row(
            *key,
            total=total[key],
            mapped=mapped[key],
            unmapped=0 if key[1] == "not-applicable" else total[key] - mapped[key],
            pending=pending[key],
        )
        for key in keys
    )
