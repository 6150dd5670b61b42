"""The package: a service (or a piece of general law) in one edition."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, StringConstraints

from qyzmet.regulation.model.base import Cite, Dated, Day, Exact, Flag, Ident, Model, Only, Text
from qyzmet.regulation.model.form import Channel, Document, Organisation, Party, Post, RecipientKind, Section
from qyzmet.regulation.model.steps import Exit, Ground, Issued, Step, SuspensionGround

__all__ = [
    "Attach",
    "Drop",
    "Duty",
    "Fee",
    "FeeBand",
    "FeePayer",
    "Fulfilment",
    "InForce",
    "Known",
    "Life",
    "Need",
    "Note",
    "Package",
    "Rounding",
    "Row",
    "Source",
    "Table",
    "TableGroup",
    "TermRule",
    "Variant",
]

Unconfirmed = Literal["unconfirmed"]
Edition = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}(-[a-z0-9]+)+$")]
"""The day the act (or its edition) was adopted and its number: `2019-04-25-n2-261`."""


class InForce(Model):
    from_: Dated | Unconfirmed
    to: Dated | Unconfirmed | None = None


class Life(Model):
    """The dates of an edition, each with its basis."""

    adopted: Dated
    registered: Dated | Unconfirmed
    published: Dated | Unconfirmed
    in_force: InForce


class Source(Model):
    """An act the package rests on; `borrowed` says which part stands in for one not in hand, and why."""

    act: str
    borrowed: str | None = None
    why: str | None = None


def _as_source(value: Any) -> Any:
    return {"act": value} if isinstance(value, str) else value


class Variant(Model):
    name: Text
    only: Only | None = None
    cite: Cite


class TermRule(Model):
    """The overall term; of several the first whose `only` holds. It runs from registration or receipt."""

    within: str
    from_: Literal["registration", "receipt"] = "registration"
    only: Only | None = None
    cite: Cite


class FeeBand(Model):
    up_to: Exact | None = None
    coefficient: Exact


class FeePayer(Model):
    """`base` is in units of the fee; `measure` (hectares) picks the band, whose coefficient multiplies it."""

    name: Text
    base: Exact
    measure: Literal["hectares"] | None = None
    bands: tuple[FeeBand, ...] = ()
    cite: Cite


class Rounding(Model):
    to: Exact
    mode: Literal["half-up", "half-even", "down", "up"]
    when: Literal["charged"]
    cite: Cite | None = None


class Fee(Model):
    """`none` with the clause that makes the service free, or payers with their bands.

    `payer` and `measure` are the facts (`form.payer`) that hold the kind of payer and the measure.
    """

    none: Cite | None = None
    unit: Ident | None = None
    cite: Cite | None = None
    payer: str | None = None
    measure: str | None = None
    rounding: Rounding | None = None
    payers: dict[Ident, FeePayer] = {}


class Fulfilment(Model):
    service: Ident
    exit: Ident | None = None
    variant: dict[str, str] = {}


class Duty(Model):
    """A clock bound to a person or organisation, outside any case: who must do what by when.

    `from_` is what starts it: `exit:<id>`, `step:<id>`, `form:<field>` (a date the filing itself states,
    judged on arrival) or `event:<id>` (recorded outside any case). `late` says what a late fulfilment means.
    """

    name: Text
    who: Ident
    within: str
    from_: str
    fulfilled_by: Fulfilment | None = None
    late: Literal["accepted-and-counted", "refused"] = "accepted-and-counted"
    only: Only | None = None
    cite: Cite


class Attach(Model):
    """For general law: where it hooks in and for decisions of which days.

    `before-refusal`: its steps run before a refusal exit is entered; `after-result`: it can be started as a
    case of its own about another case.
    """

    stage: Literal["before-refusal", "after-result"]
    decided_from: Day
    decided_to: Day | None = None
    cite: Cite


class Known(Model):
    """A checker's notice the act itself causes, acknowledged with its clause.

    `at` is the place as the checker prints it.
    """

    notice: str
    at: str | None = None
    why: Text
    cite: Cite


class Note(Model):
    """Something the catalogue page says about the act (a drafting slip and how it is read)."""

    text: Text
    cite: Cite


class Need(Model):
    """A case of another service that must have ended in `exit` before this one can be filed.

    `party` is the side of that case this one's applicant was: the company for which a developer got a permit.
    """

    service: Ident
    exit: Ident
    party: Ident = "applicant"
    variant: dict[str, str] = {}
    only: Only | None = None
    cite: Cite


class Row(Model):
    """A printed row: the steps it stands for and, where it groups several, its own words."""

    steps: tuple[Ident, ...]
    does: Text | None = None
    makes: Text | None = None
    within: Text | None = None


class TableGroup(Model):
    name: Text
    rows: tuple[Row, ...]


class Table(Model):
    """A step table the act prints. Without groups every step on the path is a row (M262 table 1)."""

    name: Text
    channel: Ident | None = None
    variant: dict[str, str] = {}
    exit: Ident | None = None
    groups: tuple[TableGroup, ...] = ()
    cite: Cite


class Drop(Model):
    """Removes an inherited part (`documents.project-part`) with the clause that leaves it out."""

    path: str
    cite: Cite


class Package(Model):
    """A service in one edition, or a piece of general law (`attach`), or a base of others (`abstract`)."""

    service: Ident
    edition: Edition
    abstract: Flag = False
    extends: str | None = None
    vars: dict[str, str | Text] = {}
    drop: tuple[Drop, ...] = ()
    sources: tuple[Annotated[Source, BeforeValidator(_as_source)], ...]
    life: Life
    name: Text
    summary: Text | None = None
    life_events: tuple[Ident, ...] = ()
    words: tuple[str, ...] = ()
    attach: Attach | None = None
    provider: Text
    recipients: tuple[RecipientKind, ...]
    recipients_note: Text | None = None
    organisations: dict[Ident, Organisation]
    posts: dict[Ident, Post]
    channels: dict[Ident, Channel]
    variants: dict[Ident, dict[Ident, Variant]] = {}
    parties: dict[Ident, Party]
    form_of_service: Text
    result: Text
    term: Annotated[tuple[TermRule, ...], BeforeValidator(lambda v: [v] if isinstance(v, dict) else v)]
    fee: Fee
    form: dict[Ident, Section] = {}
    documents: dict[Ident, Document] = {}
    grounds: dict[Ident, Ground] = {}
    suspensions: dict[Ident, SuspensionGround] = {}
    issued: dict[Ident, Issued] = {}
    steps: dict[Ident, Step]
    exits: dict[Ident, Exit]
    duties: dict[Ident, Duty] = {}
    needs: tuple[Need, ...] = ()
    hooks: tuple[Ident, ...] = ()
    tables: dict[Ident, Table] = {}
    schedule_note: Text | None = None
    other: Text
    notes: tuple[Note, ...] = ()
    known: tuple[Known, ...] = ()
