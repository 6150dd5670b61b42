"""One act as its file says it: head and clauses. `acts` describes the files and finds clauses by citation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from qyzmet.regulation.datafile import LawDataError, read_law
from qyzmet.regulation.model import Life, Text

__all__ = ["Act", "Clause", "Status", "read_acts"]

Status = Literal["executed", "checked", "displayed", "discretion", "not-applicable"]


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


def read_acts(folder: Path) -> tuple[Act, ...]:
    """The acts of a folder; `LawDataError` names file, clause and what is wrong."""
    acts: dict[str, Act] = {}
    for path in sorted(folder.glob("*.yaml")):
        whole = read_law(path)
        for head in whole.get("acts", [whole]):
            act = _act(head, path)
            if act.id in acts:
                raise LawDataError(f"{path}: the act {act.id!r} stands in another file too.")
            acts[act.id] = act
    return tuple(acts.values())


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
