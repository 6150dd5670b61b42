"""The outer parts of an application against its law: nothing is filed that the law does not know by name.

Faults are named like those of the form: `documents.portrait` → `unknown`, `type`; `recipient` → the code of
`identity`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings

from qyzmet import identity
from qyzmet.cases.laws import Law
from qyzmet.people.actor import Principal

if TYPE_CHECKING:
    from qyzmet.cases.filing.intake import Application

__all__ = ["faults_of", "is_file", "papers_faults", "recipient_faults"]

LANGUAGES = ("kk", "ru", "en")
LONGEST_NAME = 300
DIGEST = re.compile(r"[0-9a-f]{64}")
FILE = {"name", "size", "sha256"}


def faults_of(law: Law, application: Application) -> dict[str, str]:
    """Every fault of an application but those of its form, place → code."""
    known = law.package
    faults = _unknown("variant", application.variant, known.variants)
    faults |= _unknown("parties", application.parties, known.parties)
    faults |= _unknown("signatures", application.signatures, {"applicant", *known.parties})
    channel = known.channels.get(application.channel)
    faults |= papers_faults(
        law, application.documents, at_counter=channel is not None and channel.by is not None
    )
    for party, number in application.parties.items():
        faults |= _number(f"parties.{party}", number)
    if application.recipient is not None:
        faults |= recipient_faults(application.recipient)
    if application.language not in LANGUAGES:
        faults["language"] = "choice"
    if application.prepared and not DIGEST.fullmatch(application.prepared):
        faults["prepared"] = "type"
    return faults


def papers_faults(law: Law, documents: Mapping[str, Any], *, at_counter: bool = False) -> dict[str, str]:
    """Documents the law does not ask for, and what is no list of files (at a counter: and papers)."""
    wrong = {
        f"documents.{key}": "type"
        for key, files in documents.items()
        if not (
            isinstance(files, list) and all(is_file(each) or (at_counter and _shown(each)) for each in files)
        )
    }
    return wrong | _unknown("documents", documents, law.package.documents)


def recipient_faults(recipient: Principal) -> dict[str, str]:
    """Whom an official takes an application in for: a real number of its kind, and a name."""
    faults = _number("recipient", recipient.number, recipient.kind)
    if not 0 < len(recipient.name.strip()) <= LONGEST_NAME:
        faults["recipient.name"] = "required" if len(recipient.name) <= LONGEST_NAME else "max"
    return faults


def is_file(value: Any) -> bool:
    """Whether this names a stored file: {name, size, sha256}."""
    if not isinstance(value, Mapping) or not value.keys() >= FILE:
        return False
    name, size, digest = value["name"], value["size"], value["sha256"]
    return (
        isinstance(name, str)
        and 0 < len(name) <= LONGEST_NAME
        and type(size) is int
        and size >= 0
        and isinstance(digest, str)
        and DIGEST.fullmatch(digest) is not None
    )


def _shown(value: Any) -> bool:
    """An original that was shown and handed back: the inspector's word, without a file."""
    return isinstance(value, Mapping) and value.get("paper") is True and isinstance(value.get("name"), str)


def _unknown(part: str, given: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    return {f"{part}.{key}": "unknown" for key in set(given) - set(known)}


def _number(place: str, number: str, kind: str = "") -> dict[str, str]:
    """A number as it is stored: no spaces, and the check digit holds."""
    company = kind == "legal-entity" or (not kind and identity.looks_like(number) == "bin")
    read = identity.read_bin if company else identity.read_iin
    try:
        read(number, test_ids=not settings.PRODUCTION)
    except identity.IdentityError as problem:
        return {place: problem.code}
    return {} if len(number) == 12 else {place: "type"}
