"""State databases: those a package names exist, can be asked about what it names, and rest on a consent."""

from __future__ import annotations

from collections.abc import Iterator

from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding, suggest
from qyzmet.regulation.model import Field, Package
from qyzmet.regulation.model.fetching import APPLICANT, Fetched
from qyzmet.regulation.places import Path
from qyzmet.regulation.state_databases import Database, asked_outside, load_databases

__all__ = ["look"]

DATA_CONSENT = "data-consent"
LAW = "Law on personal data"


def look(subject: Subject) -> Iterator[Finding]:
    """What is wrong with each `unless`."""
    package, known = subject.package, load_databases()
    found = list(_fetched(package))
    for path, fetched in found:
        database = known.get(fetched.database)
        if database is None:
            hint = suggest(fetched.database, known) or f"; there is {', '.join(known)}"
            message = f"there is no state database `{fetched.database}`{hint}"
            yield subject.error("unknown-state-database", path, message)
            continue
        if database.own:
            continue
        for role in fetched.about:
            yield from _about(subject, path, database, role)
    outside = [path for path, fetched in found if fetched.database in asked_outside()]
    if outside and not any(_consents(key, field) for key, field in _fields(package)):
        message = (
            "data are taken from a state database and the form asks for no consent to it; add a field"
            f" `{DATA_CONSENT}` of type consent"
        )
        yield subject.error("fetched-without-consent", outside[0], message)


def _about(subject: Subject, path: Path, database: Database, role: str) -> Iterator[Finding]:
    fields = dict(_fields(subject.package))
    if role == APPLICANT:
        kinds = {"individual": "iin", "legal-entity": "bin"}
        given = {kinds[each] for each in subject.package.recipients}
    elif role in fields:
        given = _kinds(fields[role])
    else:
        hint = suggest(role, [APPLICANT, *fields])
        yield subject.error("unknown-field", path, f"there is no field `{role}` to ask about{hint}")
        return
    if not given & set(database.asks):
        message = f"this database is asked by {', '.join(database.asks)}, and `{role}` gives none of them"
        yield subject.error("state-database-number", path, message)


def _kinds(field: Field) -> set[str]:
    columns = [*(field.of or {}).values()] if field.type == "rows" else [field]
    both = {"iin-or-bin": ("iin", "bin")}
    return {kind for each in columns for kind in both.get(each.type, (each.type,))}


def _fetched(package: Package) -> Iterator[tuple[Path, Fetched]]:
    for key, document in package.documents.items():
        if document.unless is not None:
            yield ("documents", key, "unless"), document.unless
    for name, section in package.form.items():
        for key, field in section.fields.items():
            if field.unless is not None:
                yield ("form", name, "fields", key, "unless"), field.unless


def _fields(package: Package) -> Iterator[tuple[str, Field]]:
    for section in package.form.values():
        yield from section.fields.items()


def _consents(key: str, field: Field) -> bool:
    return field.type == "consent" and (key == DATA_CONSENT or LAW in (field.cite or ""))
