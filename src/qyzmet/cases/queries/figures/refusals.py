"""Why applications were refused: by ground and clause, of cases and at the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import RefusedFiling, Token
from qyzmet.cases.queries.figures.ended import Ended
from qyzmet.cases.queries.figures.reach import Period, Reach
from qyzmet.people.directory import bodies

__all__ = ["REFUSING", "Ground", "at_the_window", "is_refusal", "named_last", "refusals"]

REFUSING = frozenset({"refusal", "not-accepted"})
CHUNK = 500


class Ground(NamedTuple):
    """A ground of refusal as one service and provider used it. `ground` is empty where none was named."""

    provider: int
    service: str
    ground: str
    clause: str


def refusals(cases: Sequence[Ended]) -> Counter[Ground]:
    """How often each ground was named by the decision a refused case ended with."""
    refused = {case.id: case for case in cases if is_refusal(law_of(case.edition), case.exit)}
    named = dict(_named(refused))
    counted: Counter[Ground] = Counter()
    for pk, case in refused.items():
        law = law_of(case.edition)
        for ground in named.get(pk) or [""]:
            clause = law.package.grounds[ground].cite if ground else ""
            counted[Ground(case.provider, case.service, ground, clause)] += 1
    return counted


def is_refusal(law: Law, exit_: str) -> bool:
    """Whether a case that ended so was refused."""
    found = law.package.exits.get(exit_)
    return found.kind in REFUSING if found is not None else exit_ == "not-accepted"


def named_last(law: Law, decisions: Iterable[Iterable[dict[str, Any]]]) -> list[str]:
    """The grounds of refusal of the last of some decisions that named any, each once."""
    last: list[str] = []
    for grounds in decisions:
        found = [str(each.get("ground")) for each in grounds if each.get("ground") in law.package.grounds]
        last = list(dict.fromkeys(found)) or last
    return last


def _named(refused: dict[int, Ended]) -> Iterator[tuple[int, list[str]]]:
    ids = sorted(refused)
    for start in range(0, len(ids), CHUNK):
        by_case: dict[int, list[Any]] = {}
        closed = Token.objects.filter(case_id__in=ids[start : start + CHUNK], closed_at__isnull=False)
        for case, grounds in closed.order_by("case_id", "closed_at", "no").values_list("case_id", "grounds"):
            by_case.setdefault(case, []).append(grounds or [])
        for case, decisions in by_case.items():
            yield case, named_last(law_of(refused[case].edition), decisions)


def at_the_window(reach: Reach, period: Period) -> Counter[Ground]:
    """Filings that were refused at a window of one's own body or one below it; no case was opened."""
    own = reach.actor.organisation
    windows = [b.id for b in bodies() if own in (b.id, b.parent) and reach.provider in (None, b.id)]
    found = RefusedFiling.objects.filter(
        organisation_id__in=windows, refused_at__gte=period.since, refused_at__lt=period.until
    )
    kept = reach.service or reach.actor.service
    found = found.filter(service=kept) if kept else found
    counted: Counter[Ground] = Counter()
    for where, service, grounds in found.values_list("organisation_id", "service", "grounds"):
        for ground in dict.fromkeys(str(each.get("ground", "")) for each in grounds):
            counted[Ground(where, service, ground, "")] += 1
    return counted
