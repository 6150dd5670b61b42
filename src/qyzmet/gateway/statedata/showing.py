"""What each view sees of the data state databases gave.

The provider, the complaint body and the auditor see all of it. A party sees what was asked, of which database
and when, and the data about itself: those of a spouse or another side are not its own. Nobody else sees any;
an office that only holds a step of the case does not either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qyzmet.cases.models import Capacity
from qyzmet.cases.queries.page import CasePage
from qyzmet.cases.queries.views import fields_seen
from qyzmet.gateway.models import StateQuestion
from qyzmet.people.actor import Actor
from qyzmet.regulation.state_databases import Database, load_databases

__all__ = ["FIELD", "Fetched", "fetched"]

FIELD = "state_data"
WHOLE = frozenset({Capacity.PROVIDER, Capacity.COMPLAINT_BODY, "auditor"})


@dataclass(frozen=True, slots=True)
class Fetched:
    """One question as a page shows it. `about` and `data` are empty where the view may not see them
    (`hidden`).
    `stale`: the data were older than the database's own measure when they came. `last`: it may be asked anew.
    """

    pk: int
    item: str
    name: dict[str, str]
    database: str
    database_name: dict[str, str]
    owner: dict[str, str]
    role: str
    about: str
    consent: str
    state: str
    problem: str
    words: str
    asked_at: datetime
    settled_at: datetime | None
    as_of: datetime | None
    source: str
    data: dict[str, Any]
    hidden: bool
    stale: bool
    last: bool


def fetched(actor: Actor, page: CasePage) -> list[Fetched]:
    """The questions of a case, oldest first; none for a view that has no part in them."""
    if FIELD not in fields_seen(page.capacities):
        return []
    known, whole = load_databases(), bool(page.capacities & WHOLE)
    found = list(StateQuestion.objects.filter(case=page.case).order_by("pk"))
    last = {(row.item, row.database, row.about): row.pk for row in found}
    return [
        _shown(page, row, known.get(row.database), whole or row.about == actor.party,
               last[row.item, row.database, row.about] == row.pk)
        for row in found
    ]  # fmt: skip


def _shown(page: CasePage, row: StateQuestion, database: Database | None, open_: bool, last: bool) -> Fetched:
    age = row.settled_at - row.as_of if row.settled_at and row.as_of else None
    return Fetched(
        pk=row.pk, item=row.item, name=_name(page, row.item), database=row.database,
        database_name=_three(database.name) if database else dict.fromkeys(("kk", "ru", "en"), row.database),
        owner=_three(database.owner) if database else {}, role=row.role, about=row.about if open_ else "",
        consent=row.consent, state=row.state, problem=row.problem, words=row.words if open_ else "",
        asked_at=row.asked_at, settled_at=row.settled_at, as_of=row.as_of, source=row.source,
        data=dict(row.data) if open_ else {}, hidden=not open_,
        stale=bool(age and database and age > database.fresh_for), last=last,
    )  # fmt: skip


def _name(page: CasePage, item: str) -> dict[str, str]:
    package = page.law.package
    if item in package.documents:
        return _three(package.documents[item].name)
    field = next((s.fields[item] for s in package.form.values() if item in s.fields), None)
    return _three(field.name) if field else dict.fromkeys(("kk", "ru", "en"), item)


def _three(text: Any) -> dict[str, str]:
    return {language: text.in_language(language) for language in ("kk", "ru", "en")}
