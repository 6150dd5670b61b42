"""Finding cases by words: number, applicant, what the form answers; in any order, by the beginnings of words.

Every word has to be there. A case is found only by what the actor sees of it: a supervisor by its number, a
window by its applicant too, a provider by the answers as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from qyzmet.cases import wording
from qyzmet.cases.models import Case, CaseWord
from qyzmet.cases.queries.views import VIEWS
from qyzmet.cases.queries.visible import visible_cases
from qyzmet.people.actor import Actor

__all__ = ["found"]

FEW = 2_000
"""With a word as rare as this its cases are looked through; otherwise those one sees, newest first."""


def found(actor: Actor, words: str, *, before: int | None = None, most: int | None = 50) -> list[Case]:
    """Cases with all these words, newest first; `before` is the id a page starts below, `most` None for all.

    No words find nothing.
    """
    keys = wording.asked(words)
    if not keys:
        return []
    rare = _rare(keys)
    pages: dict[int, Case] = {}
    for depth, capacities in _depths().items():
        seen = visible_cases(actor, capacities=capacities)
        if before is not None:
            seen = seen.filter(pk__lt=before)
        if rare is not None:
            seen = seen.filter(pk__in=rare)
        pages.update((case.pk, case) for case in _with(seen, keys, depth)[:most])
    return [pages[pk] for pk in sorted(pages, reverse=True)][:most]


def _depths() -> dict[int, list[str]]:
    """How deep each capacity sees into a case, deepest first."""
    found: dict[int, list[str]] = {wording.FORM: [], wording.APPLICANT: [], wording.NUMBER: []}
    for capacity, fields in VIEWS.items():
        depth = wording.FORM if "form" in fields else wording.APPLICANT
        found[depth if "applicant" in fields else wording.NUMBER].append(capacity)
    return found


def _rare(keys: Sequence[str]) -> list[int] | None:
    """The cases of the rarest word, where they are few."""
    best: list[int] | None = None
    for key in keys:
        hits = CaseWord.objects.filter(word__gte=key, word__lt=wording.after(key))
        ids = list(hits.order_by().values_list("case_id", flat=True)[: FEW + 1])
        if len(ids) <= FEW and (best is None or len(ids) < len(best)):
            best = ids
    return None if best is None else sorted(set(best))


def _with(seen: QuerySet[Case], keys: Sequence[str], depth: int) -> QuerySet[Case]:
    for key in keys:
        word: dict[str, Any] = {"word__gte": key, "word__lt": wording.after(key), "depth__lte": depth}
        seen = seen.filter(Exists(CaseWord.objects.filter(case=OuterRef("pk"), **word)))
    return seen
