"""Texts, citations, conditions and limits: the words every other part of a package is made of."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Strict, StringConstraints
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

__all__ = [
    "Cite",
    "Dated",
    "Day",
    "Exact",
    "Flag",
    "Ident",
    "Limit",
    "Limits",
    "Model",
    "Only",
    "Text",
    "Whole",
]

Ident = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
"""A stable id of a step, field, document, ground…: lower case, digits, dashes."""

Cite = Annotated[str, StringConstraints(min_length=3, max_length=300)]
"""A clause id of `regulations/acts`, or several joined by '; ', e.g. `A120 §5(1)`. May hold `$variables`."""

Flag = Annotated[bool, Strict()]
"""`true` or `false`, nothing that looks like them."""

Whole = Annotated[int, Strict()]
"""A whole number, not a text of digits."""


def _exact(value: Any) -> Any:
    if isinstance(value, str):
        # A canonical package holds its numbers as text, so that nothing is rounded.
        value = Decimal(value) if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", value) else None
    if type(value) not in {int, Decimal}:
        raise PydanticCustomError("not_a_number", "a number is written 3.2")
    return value


def _day(value: Any) -> Any:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = None
    if type(day) is not date:
        raise PydanticCustomError("not_a_day", "a day is written 2019-04-25")
    return day


Exact = Annotated[Decimal, BeforeValidator(_exact)]
"""A decimal number kept exactly as written."""

Day = Annotated[date, BeforeValidator(_day)]
"""A day, never a number of seconds."""

Scalar = str | Whole | Flag
Only = str | dict[str, Scalar | list[Scalar]]
"""When a thing applies. A mapping of facts to the value or values it holds for (`{channel: portal}`), all of
them at once; or one condition (`"form.area > 5 and case == 'grant'"`), parsed by `regulation.conditions`."""


def _dashed(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Model(BaseModel):
    """Base of all parts: frozen, no unknown keys, keys with dashes."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=_dashed,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )


class Text(Model):
    """Words for people in the three languages. `reviewed: false` marks a translation nobody has confirmed."""

    kk: str
    ru: str
    en: str
    reviewed: Flag = True

    def in_language(self, language: str) -> str:
        """The words in 'kk', 'ru' or 'en'."""
        return str(getattr(self, language))


class Dated(Model):
    """A date of an act's life with what it rests on; `on` is missing where the basis is all we know."""

    on: Day | None = None
    basis: str


class Limit(Model):
    """How long a step, a duty or an event may take.

    Exactly one of `term` (`3 working days`, `20 minutes`, `1 hour`), `pick_up` (name of a parameter that
    gives the times of day) and `not_set` (the clause that sets no limit) is given. `from_` says what it
    counts from: `opening` of the step (default), `registration`, `receipt`, or the id of an earlier step
    (its completion). `before_term_end` instead of a term: the latest moment, counted back from the end of
    the overall term (a hearing's notice). `note` is the act's own wording of it, printed in its tables.
    """

    term: str | None = None
    pick_up: str | None = None
    not_set: Cite | None = None
    before_term_end: str | None = None
    from_: str = "opening"
    only: Only | None = None
    cite: Cite | None = None
    note: Text | None = None


def _as_limits(value: Any) -> Any:
    if isinstance(value, str):
        return [{"term": value}]
    if isinstance(value, dict):
        return [value]
    return value


Limits = Annotated[tuple[Limit, ...], BeforeValidator(_as_limits), Key(default=())]
"""`within`: a term, one limit, or several of which the first whose `only` holds is taken."""
