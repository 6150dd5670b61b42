"""The acts clause by clause: what every `cite` in the product points at.

`regulations/acts/<ID>.yaml` holds one act, `other.yaml` the laws cited of which no text is in hand
(`outside`). A clause has an id (`A120 §5(1)`), its kind in the act, our short wording, and a status that
says how the product answers for it:

- `executed`: the system performs it (a step, term, suspension, hearing, fee, entry, notice, complaint);
- `checked`: the system verifies it (a document, ground, obligation);
- `displayed`: it is shown to people;
- `discretion`: a person's judgement that the system only records;
- `not-applicable`: it asks nothing of the system, `reason` says why.

`by` names the service package or the room that answers; `pending` marks what is not built yet.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path

from qyzmet.regulation.act_file import Act, Clause, Status, read_acts
from qyzmet.regulation.datafile import LAW

__all__ = ["Act", "Acts", "Clause", "Status", "UnknownClause", "load_acts", "split_cite"]

_BOUNDARY = frozenset(" (¶")
_WIDEST = 50


class UnknownClause(LookupError):
    """A citation that finds no clause, or half an act; `suggestion` is the nearest id, if any is near."""

    def __init__(self, cite: str, suggestion: str | None, reach: int = 0) -> None:
        self.cite, self.suggestion = cite, suggestion
        if reach:
            super().__init__(f"'{cite}' is too wide a citation: it means {reach} clauses; name the section.")
            return
        hint = f"; did you mean '{suggestion}'?" if suggestion else "; the acts are in regulations/acts."
        super().__init__(f"No clause is called '{cite}'{hint}")


class Acts(Mapping[str, Act]):
    """All acts by id, with their clauses indexed for citations."""

    def __init__(self, acts: Iterable[Act]) -> None:
        self._acts = {act.id: act for act in acts}
        self._clauses = {clause.id: clause for act in self._acts.values() for clause in act.clauses}
        self._ids = sorted(self._clauses)

    def __getitem__(self, act: str) -> Act:
        return self._acts[act]

    def __iter__(self) -> Iterator[str]:
        return iter(self._acts)

    def __len__(self) -> int:
        return len(self._acts)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the acts in hand, in their order; laws that are `outside` left out."""
        return tuple(c for act in self._acts.values() if not act.outside for c in act.clauses)

    def clause(self, clause_id: str) -> Clause:
        """The clause with exactly this id."""
        if clause_id not in self._clauses:
            raise self._unknown(clause_id)
        return self._clauses[clause_id]

    def resolve(self, cite: str) -> tuple[Clause, ...]:
        """The clauses a citation means; `UnknownClause` for any part that finds none.

        A citation is a clause's id or the beginning of ids up to a boundary: `A120 §5` means `A120 §5(1)` and
        all else under §5, not `A120 §51`. Several are joined by '; '. A clause named exactly comes first. A
        whole act or annex is no citation: it would say nothing about what is done.
        """
        found: dict[str, Clause] = {}
        for part in split_cite(cite):
            beneath = tuple(self._beneath(part))
            if not beneath:
                raise self._unknown(part)
            if len(beneath) > _WIDEST:
                raise UnknownClause(part, None, len(beneath))
            found.update((clause.id, clause) for clause in beneath)
        return tuple(found.values())

    def unmapped(self, cites: Iterable[str]) -> tuple[Clause, ...]:
        """The clauses that ask something of the system and that no citation reaches."""
        reached = {clause.id for cite in set(cites) for clause in self.resolve(cite)}
        return tuple(c for c in self.clauses if c.status != "not-applicable" and c.id not in reached)

    def _beneath(self, part: str) -> Iterator[Clause]:
        for place in range(bisect_left(self._ids, part), len(self._ids)):
            clause_id = self._ids[place]
            if not clause_id.startswith(part):
                return
            if len(clause_id) == len(part) or clause_id[len(part)] in _BOUNDARY:
                yield self._clauses[clause_id]

    def _unknown(self, cite: str) -> UnknownClause:
        act = next((act for act in self._acts if cite.startswith(f"{act} ")), None)
        near = [clause_id for clause_id in self._ids if act is None or clause_id.startswith(f"{act} ")]
        return UnknownClause(cite, next(iter(get_close_matches(cite, near, n=1)), None))


def split_cite(cite: str) -> list[str]:
    """The citations joined by '; '."""
    return [part for part in (piece.strip() for piece in cite.split(";")) if part]


def load_acts(path: Path | None = None) -> Acts:
    """All acts of a folder (by default the product's), read once; `LawDataError` names what is wrong."""
    return _load(path or LAW / "acts")


@lru_cache(maxsize=4)
def _load(folder: Path) -> Acts:
    return Acts(read_acts(folder))
