"""One act as its file says it: head and clauses. `acts` describes the files and finds clauses by citation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from qyzmet.regulation.datafile import LawDataError, LawFile, law_file
from qyzmet.regulation.findings import suggest
from qyzmet.regulation.model import Cite, Life, Model, Text
from qyzmet.regulation.model.base import Day, Flag
from qyzmet.regulation.places import Key

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
    adopted: Day | None
    clauses: tuple[Clause, ...]
    life: Life | None = None
    edition_life: Life | None = None
    status: Text | None = None
    registered_as: str | None = None
    cite: str | None = None
    outside: bool = False


class _Later(Model):
    number: str
    life: Life


class _Repeal(Model):
    on: Day
    by: str
    cite: Cite


class _Head(Model):
    """An act as its file writes it, its clauses still unread."""

    act: str
    title: Text
    clauses: list[Any]
    cite: Cite | None = None
    adopted_by: Text | None = None
    number: str | None = None
    registered_as: str | None = None
    adopted: Day | None = None
    life: Life | None = None
    edition: _Later | None = None
    repealed: _Repeal | None = None
    status: Text | None = None
    outside: Flag = False


_NEEDED = ("id", "kind", "status", "text")
_KEYS = frozenset((*_NEEDED, "by", "pending", "reason"))


def read_acts(folder: Path) -> tuple[Act, ...]:
    """The acts of a folder. Raises LawDataError with file, line and what is wrong."""
    acts: dict[str, Act] = {}
    for path in sorted(folder.glob("*.yaml")):
        file = law_file(path)
        several = file.said.get("acts")
        for at in [("acts", n) for n in range(len(several))] if isinstance(several, list) else [()]:
            act = _act(file, at)
            if act.id in acts:
                raise file.fault(f"the act {act.id!r} stands in another file too; keep one", *at, "act")
            acts[act.id] = act
    return tuple(acts.values())


def _act(file: LawFile, at: tuple[Key, ...]) -> Act:
    head = file.part(_Head, *at)
    return Act(
        id=head.act,
        title=head.title,
        number=head.number,
        adopted=head.life.adopted.on if head.life else head.adopted,
        clauses=tuple(_clauses(file, head, at)),
        life=head.life,
        edition_life=head.edition.life if head.edition else None,
        status=head.status,
        registered_as=head.registered_as,
        cite=head.cite,
        outside=head.outside,
    )


def _clauses(file: LawFile, head: _Head, at: tuple[Key, ...]) -> list[Clause]:
    clauses: dict[str, Clause] = {}
    for number, row in enumerate(head.clauses):
        place = (*at, "clauses", number)
        if fault := _shape_fault(file, row, place):
            raise fault
        clause = Clause(act=head.act, outside=head.outside, **row)
        if fault := _fault(file, clause, place):
            raise fault
        if clause.id in clauses:
            raise file.fault(f"the clause '{clause.id}' stands twice; keep one", *place, "id")
        clauses[clause.id] = clause
    return list(clauses.values())


def _shape_fault(file: LawFile, row: Any, at: tuple[Key, ...]) -> LawDataError | None:
    if not isinstance(row, dict):
        return file.fault("a clause is a mapping: {id: …, kind: …, status: …, text: …}", *at)
    if missing := next((key for key in _NEEDED if key not in row), None):
        return file.fault(f"the clause has no `{missing}`; add it", *at)
    if unknown := next((key for key in row if key not in _KEYS), None):
        hint = suggest(unknown, _KEYS) or f"; known here: {', '.join(sorted(_KEYS))}"
        return file.fault(f"a clause has no key `{unknown}`{hint}", *at, unknown)
    if wrong := next(
        (key for key in row if not isinstance(row[key], bool if key == "pending" else str)), None
    ):
        kind = "true or false" if wrong == "pending" else "words, in quotes where they look like a number"
        return file.fault(f"`{wrong}` of a clause is {kind}", *at, wrong)
    return None


def _fault(file: LawFile, clause: Clause, at: tuple[Key, ...]) -> LawDataError | None:
    if not clause.id.startswith(f"{clause.act} "):
        return file.fault(f"the clause '{clause.id}' has to begin with '{clause.act} '", *at, "id")
    if clause.status not in get_args(Status):
        known = ", ".join(get_args(Status))
        return file.fault(
            f"'{clause.id}' has the unknown status {clause.status!r}; it is one of {known}", *at, "status"
        )
    if (clause.status == "not-applicable") != (clause.reason is not None):
        return file.fault(f"'{clause.id}' needs a reason if, and only if, it is not applicable", *at)
    return None
