"""Consents taken with a filing: which were given, and which were withdrawn since.

A field of type `consent` whose id is `data-consent`, or which rests on the Law on personal data, consents to
processing and can be withdrawn; any other (the data are true, the developer owns the shares) is a
declaration that was made and stays made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from qyzmet.cases import rows
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, Entry, Payload
from qyzmet.regulation.model import Field

__all__ = ["WITHDRAWN", "Consent", "consents", "given_to_data", "is_of_data"]

WITHDRAWN = "consent.withdrawn"
DATA_CONSENT = "data-consent"
LAW = "Law on personal data"


class Consent(NamedTuple):
    """A consent given: `field` is its id in the form, `name` the words that were agreed to, by language."""

    field: str
    name: dict[str, str]
    clause: str
    given_at: datetime
    withdrawn_at: datetime | None
    may_withdraw: bool


def consents(case: Case, law: Law, form: Mapping[str, Any]) -> list[Consent]:
    """Every consent the form of a case holds, in the order of the form."""
    withdrawn = _withdrawn(case)
    asked = [each for section in law.package.form.values() for each in section.fields.items()]
    return [
        Consent(
            key, field.name.model_dump(include={"kk", "ru", "en"}), field.cite or "", case.received_at,
            withdrawn.get(key), is_of_data(key, field) and key not in withdrawn,
        )
        for key, field in asked
        if field.type == "consent" and form.get(key)
    ]  # fmt: skip


def given_to_data(found: Iterable[Consent]) -> Consent | None:
    """The consent to processing that was given and stands, if there is one."""
    return next((each for each in found if each.may_withdraw), None)


def is_of_data(key: str, field: Field) -> bool:
    """Whether a field of type `consent` consents to the processing of personal data."""
    return key == DATA_CONSENT or LAW in (field.cite or "")


def _withdrawn(case: Case) -> dict[str, datetime]:
    found = rows.select(Entry, "WHERE stream = %s AND act = %s ORDER BY seq", [case.stream, WITHDRAWN])
    said = {p.seq: p.data for p in rows.select(Payload, "WHERE stream = %s", [case.stream])} if found else {}
    return {json.loads(text)["field"]: e.occurred_at for e in found if (text := said.get(e.seq))}
