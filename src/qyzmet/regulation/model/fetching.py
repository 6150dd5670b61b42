"""What a state database gives instead of the recipient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator

from qyzmet.regulation.model.base import Ident, Model

if TYPE_CHECKING:
    from qyzmet.regulation.model.package import Package

__all__ = ["APPLICANT", "Fetched", "Unless", "fetches"]

APPLICANT = "applicant"


class Fetched(Model):
    """`database`: its id in `state-databases.yaml`. `about`: whom or what it is asked about: the `applicant`,
    or a field of the form with an IIN, a BIN, a cadastral number, or rows with a column of such numbers.
    """

    database: Ident
    about: tuple[str, ...] = (APPLICANT,)


def _as_fetched(value: Any) -> Any:
    return {"database": value} if isinstance(value, str) else value


Unless = Annotated[Fetched | None, BeforeValidator(_as_fetched)]
"""`unless: income` asks about the applicant; `unless: {database: income, about: [applicant, family]}`."""


def fetches(package: Package) -> bool:
    """Whether any of it comes from a state database."""
    fields = (field for section in package.form.values() for field in section.fields.values())
    return any(each.unless for each in package.documents.values()) or any(each.unless for each in fields)
