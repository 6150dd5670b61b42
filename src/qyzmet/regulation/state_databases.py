"""The state databases a package may name by `unless`, and what each of them gives.

load_databases()["income"].name.kk
wanted(package, form, "900205417747", facts)  # what is asked, about whom, for which document
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field as Key

from qyzmet.regulation.datafile import LAW, law_file
from qyzmet.regulation.model import Field, Model, Package, Text
from qyzmet.regulation.model.base import Flag, Ident
from qyzmet.regulation.model.fetching import APPLICANT, Fetched

__all__ = ["FILE", "Database", "Wanted", "asked_outside", "load_databases", "wanted"]

FILE = LAW / "state-databases.yaml"
DAYS = re.compile(r"([1-9][0-9]{0,3}) days?")


class Database(Model):
    """One state database. `service`: its id at the gateway, `basis` what that rests on. `asks`: the numbers
    it is asked about. `fresh`: how old its data may be. `gives`: the fields of an answer. `own`: a register
    of the System itself, where nobody is asked.
    """

    name: Text
    owner: Text
    service: str = ""
    basis: str
    own: Flag = False
    asks: tuple[Literal["iin", "bin", "cadastral-number"], ...] = ()
    fresh: str = "30 days"
    gives: dict[Ident, Field] = Key(default={})

    @property
    def fresh_for(self) -> timedelta:
        """`fresh` as a length of time."""
        found = DAYS.fullmatch(self.fresh)
        return timedelta(days=int(found[1])) if found else timedelta()


class Wanted(NamedTuple):
    """One question. `item`: the document or field it stands for; `role`: the applicant or the field with the
    number `about`; `cite`: the clause that lets it be fetched.
    """

    item: str
    name: Text
    database: str
    role: str
    about: str
    cite: str


@lru_cache(maxsize=4)
def load_databases(path: Path = FILE) -> Mapping[str, Database]:
    """All of them by id. Raises LawDataError."""
    file = law_file(path)
    found = {key: file.part(Database, "databases", key) for key in file.said.get("databases", {})}
    for key, database in found.items():
        if not DAYS.fullmatch(database.fresh):
            raise file.fault("how long data stay fresh is written `30 days`", "databases", key, "fresh")
        if not database.own and not (database.service and database.asks and database.gives):
            raise file.fault("a database that is asked has `service`, `asks` and `gives`", "databases", key)
    return found


def asked_outside() -> Mapping[str, Database]:
    """Those that are asked through the gateway: all but the System's own registers."""
    return {key: each for key, each in load_databases().items() if not each.own}


def wanted(
    package: Package, form: Mapping[str, Any], applicant: str, applies: Mapping[str, Any]
) -> list[Wanted]:
    """What is asked for an application, in the order of the law; a database once about each number.

    `applies` holds the ids of the documents and fields that apply to it. A database nobody here knows, as in
    an edition of long ago, is not asked.
    """
    known = asked_outside()
    found = [
        Wanted(item, name, unless.database, role, about, cite)
        for item, name, unless, cite in _declared(package)
        if item in applies and unless.database in known
        for role in unless.about
        for about in _numbers(package, form, applicant, role)
    ]
    once: dict[tuple[str, str], Wanted] = {}
    for each in found:
        once.setdefault((each.database, each.about), each)
    return list(once.values())


def _declared(package: Package) -> Iterator[tuple[str, Text, Fetched, str]]:
    for key, document in package.documents.items():
        if document.unless is not None:
            yield key, document.name, document.unless, document.cite
    for section in package.form.values():
        for key, field in section.fields.items():
            if field.unless is not None:
                yield key, field.name, field.unless, field.cite or ""


def _numbers(package: Package, form: Mapping[str, Any], applicant: str, role: str) -> Iterator[str]:
    """The numbers a role stands for, each once, in the order given."""
    if role == APPLICANT:
        yield applicant
        return
    field = next((s.fields[role] for s in package.form.values() if role in s.fields), None)
    value = form.get(role)
    if field is None or not value:
        return
    if field.type != "rows":
        yield str(value)
        return
    columns = [key for key, each in (field.of or {}).items() if each.type in {"iin", "bin", "iin-or-bin"}]
    yield from dict.fromkeys(str(row[key]) for row in value for key in columns if row.get(key))
