"""Finding cases by words: number, applicant, what the form answers; in any order, by the beginnings of words.

Every word has to be there. A case is found only by what the actor sees of it: a supervisor by its number, a
window by its applicant too, a provider by the answers as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Case as CaseWhen
from django.db.models import Exists, OuterRef, QuerySet, Value, When

from qyzmet.cases.models import Case, CaseWord
from qyzmet.cases.queries.views import VIEWS
from qyzmet.cases.queries.visible import access_of, visible_cases
from qyzmet.cases.watching import AUDITOR_POST, watches
from qyzmet.cases.words import wording
from qyzmet.people.actor import Actor

__all__ = ["each_page", "found"]

FEW = 2_000
"""With a word as rare as this its cases are looked through; otherwise those one sees, newest first."""


UNLISTED = ("variant", "facts", "orgs", "held", "suspensions", "breach", "opening")
"""What no list shows and what costs most to read."""


def found(actor: Actor, words: str, *, before: int | None = None, most: int | None = 50) -> list[Case]:
    """Cases with all these words, newest first; `before` is the id a page starts below, `most` None for all.

    No words find nothing.
    """
    ids = next(_pages(actor, words, before, most), [])
    cases = Case.objects.defer(*UNLISTED).in_bulk(ids)
    return [cases[pk] for pk in sorted(cases, reverse=True)]


def each_page(actor: Actor, words: str, most: int) -> Iterator[list[int]]:
    """The ids of all that `found` finds, newest first, `most` of them at a time."""
    return _pages(actor, words, None, most)


def _pages(actor: Actor, words: str, before: int | None, most: int | None) -> Iterator[list[int]]:
    keys = wording.asked(words)
    if not keys:
        return
    rare = _rare(keys)
    looked = _watched if actor.is_system or watches(actor) else _held
    while page := list(looked(actor, keys, rare, before)[:most]):
        yield page
        before = page[-1]


def _held(
    actor: Actor, keys: Sequence[str], rare: list[int] | None, before: int | None
) -> QuerySet[Any, int]:
    """What one finds among the cases one has access to, each by as much of it as one sees."""
    seen = access_of(actor).annotate(sees=_depth_of_row())
    for key in keys:
        seen = seen.filter(Exists(_word(key, "case_id").filter(depth__lte=OuterRef("sees"))))
    ids = seen.filter(**_page("case_id", rare, before)).order_by("-case_id").values_list("case_id", flat=True)
    return ids.distinct()


def _watched(
    actor: Actor, keys: Sequence[str], rare: list[int] | None, before: int | None
) -> QuerySet[Any, int]:
    """What a watching post, or the system, finds: an auditor by all, a supervisor by the number."""
    deep = actor.is_system or actor.post == AUDITOR_POST
    seen = visible_cases(actor).filter(**_page("pk", rare, before))
    for key in keys:
        seen = seen.filter(
            Exists(_word(key, "pk").filter(depth__lte=wording.FORM if deep else wording.NUMBER))
        )
    return seen.values_list("pk", flat=True)


def _depth_of_row() -> CaseWhen:
    """How deep the capacity of an access row sees into its case."""
    forms = [capacity for capacity, fields in VIEWS.items() if "form" in fields]
    names = [capacity for capacity, fields in VIEWS.items() if "applicant" in fields]
    return CaseWhen(
        When(capacity__in=forms, then=Value(wording.FORM)),
        When(capacity__in=names, then=Value(wording.APPLICANT)),
        default=Value(wording.NUMBER),
    )


def _word(key: str, of: str) -> QuerySet[CaseWord]:
    return CaseWord.objects.filter(case_id=OuterRef(of), word__gte=key, word__lt=wording.after(key))


def _page(column: str, rare: list[int] | None, before: int | None) -> dict[str, Any]:
    page: dict[str, Any] = {} if rare is None else {f"{column}__in": rare}
    return page if before is None else page | {f"{column}__lt": before}


def _rare(keys: Sequence[str]) -> list[int] | None:
    """The cases of the rarest word, where they are few."""
    best: list[int] | None = None
    for key in keys:
        hits = CaseWord.objects.filter(word__gte=key, word__lt=wording.after(key))
        ids = list(hits.order_by().values_list("case_id", flat=True)[: FEW + 1])
        if len(ids) <= FEW and (best is None or len(ids) < len(best)):
            best = ids
    return None if best is None else sorted(set(best))
