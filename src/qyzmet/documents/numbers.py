"""Which documents a step orders, and the number each bears.

A document's number is that of its case and of the step that made it: `2019-000123/7`; a further document of
the same step has its place after it, `2019-000123/7-2`; one issued again with a slip put right, `…/7.1`.
"""

from __future__ import annotations

from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, Token
from qyzmet.cases.signed import deciding
from qyzmet.documents.sources import Source

__all__ = ["next_number", "number_of", "ordered_by"]


def ordered_by(law: Law, case: Case, token: Token, ending: str) -> list[str]:
    """The documents completing a step will issue: its own, of the `ending` the outcome chooses, and a
    sitting's minutes."""
    facts = law.facts({**case.facts, "exit": ending or token.heading or ""})
    return deciding.fitting(law, token.step, facts)


def number_of(source: Source) -> str:
    """The number of a document that is issued for the first time."""
    case, token = source.case, source.token
    root = case.number or case.ref
    if token is None or source.suspended:
        return f"{root}/0-{source.record.seq}"
    of_step = deciding.papers_of(source.law.step(token.step))
    place = of_step.index(source.issued) if source.issued in of_step else len(of_step)
    return f"{root}/{token.no}" + (f"-{place + 1}" if place else "")


def next_number(former: str) -> str:
    """The number of what replaces a document: `…/7`, `…/7.1`, `…/7.2`."""
    case, _, own = former.rpartition("/")
    stem, _, times = own.partition(".")
    return f"{case}/{stem}.{int(times or 0) + 1}"
