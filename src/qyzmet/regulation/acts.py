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
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from qyzmet.regulation.datafile import LAW, LawDataError, read_law
from qyzmet.regulation.model import Life, Text

__all__ = ["Act", "Acts", "Clause", "Status", "UnknownClause", "load_acts", "split_cite"]

Status = Literal["executed", "checked", "displayed", "discretion", "not-applicable"]

_BOUNDARY = frozenset(" (¶")


class UnknownClause(LookupError):
    """A citation that finds no clause; `suggestion` is the nearest id, if any is near."""

    def __init__(self, cite: str, suggestion: str | None) -> None:
        self.cite, self.suggestion = cite, suggestion
        hint = f"; did you mean '{suggestion}'?" if suggestion else "; the acts are in regulations/acts."
        super().__init__(f"No clause is called '{cite}'{hint}")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause; `outside` when its law is not in hand."""

    id: str
    act: str
    kind: str
    status: Status
    text: str
    by: str | None = None
    pending: bool = False
    reason: str | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """An act's head and its clauses in the order of the act.

    `life` and `status` (the words the catalogue shows, e.g. "repealed on 20 October 2020 by No. 4/438") are
    missing for laws that are `outside`; `edition_life` is that of a later wording of the same act. `cite`
    names the clauses the head itself is taken from.
    """

    id: str
    title: Text
    number: str | None
    adopted: date | None
    clauses: tuple[Clause, ...]
    life: Life | None = None
    edition_life: Life | None = None
    status: Text | None = None
    registered_as: str | None = None
    cite: str | None = None
    outside: bool = False


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
        all else under §5, not `A120 §51`. Several are joined by '; '. A clause named exactly comes first.
        """
        found: dict[str, Clause] = {}
        for part in split_cite(cite):
            beneath = tuple(self._beneath(part))
            if not beneath:
                raise self._unknown(part)
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
    acts: dict[str, Act] = {}
    for path in sorted(folder.glob("*.yaml")):
        whole = read_law(path)
        for head in whole.get("acts", [whole]):
            act = _act(head, path)
            if act.id in acts:
                raise LawDataError(f"{path}: the act {act.id!r} stands in another file too.")
            acts[act.id] = act
    return Acts(acts.values())


def _act(head: dict[str, Any], path: Path) -> Act:
    try:
        life = Life.model_validate(head["life"]) if "life" in head else None
        later = head.get("edition")
        outside = bool(head.get("outside", False))
        return Act(
            id=head["act"],
            title=Text.model_validate(head["title"]),
            number=head.get("number"),
            adopted=life.adopted.on if life else head.get("adopted"),
            clauses=_clauses(head["clauses"], head["act"], outside, path),
            life=life,
            edition_life=Life.model_validate(later["life"]) if later else None,
            status=Text.model_validate(head["status"]) if "status" in head else None,
            registered_as=head.get("registered-as"),
            cite=head.get("cite"),
            outside=outside,
        )
    except KeyError as problem:
        raise LawDataError(f"{path}: the act needs the key {problem}.") from problem


def _clauses(rows: list[dict[str, Any]], act: str, outside: bool, path: Path) -> tuple[Clause, ...]:
    clauses = tuple(_clause(row, act, outside, path) for row in rows)
    ids = [clause.id for clause in clauses]
    if len(set(ids)) != len(ids):
        twice = next(clause_id for clause_id in ids if ids.count(clause_id) > 1)
        raise LawDataError(f"{path}: the clause '{twice}' stands twice.")
    return clauses


def _clause(row: dict[str, Any], act: str, outside: bool, path: Path) -> Clause:
    try:
        clause = Clause(act=act, outside=outside, **row)
    except TypeError as problem:
        name = row.get("id")
        raise LawDataError(f"{path}: the clause {name!r} has a key too many or too few.") from problem
    if not clause.id.startswith(f"{act} "):
        raise LawDataError(f"{path}: the clause '{clause.id}' has to begin with '{act} '.")
    if clause.status not in get_args(Status):
        raise LawDataError(f"{path}: '{clause.id}' has the unknown status {clause.status!r}.")
    if (clause.status == "not-applicable") != (clause.reason is not None):
        raise LawDataError(f"{path}: '{clause.id}' needs a reason if, and only if, it is not applicable.")
    return clause
