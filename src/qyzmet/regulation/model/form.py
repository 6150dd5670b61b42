"""What is asked of the recipient and who they deal with: fields, documents, parties, channels, posts."""

from __future__ import annotations

from typing import Literal

from qyzmet.regulation.model.base import Cite, Exact, Flag, Ident, Limit, Model, Only, Text, Whole
from qyzmet.regulation.model.fetching import Unless

__all__ = ["Channel", "Document", "Field", "FieldType", "Organisation", "Party", "Post", "Section"]

FieldType = Literal[
    "text",
    "long-text",
    "number",
    "yes-no",
    "choice",
    "choices",
    "date",
    "moment",
    "money",
    "area",
    "iin",
    "bin",
    "iin-or-bin",
    "iban",
    "phone",
    "email",
    "address",
    "cadastral-number",
    "person",
    "rows",
    "file",
    "consent",
]
RecipientKind = Literal["individual", "legal-entity"]


class Field(Model):
    """One thing a form asks or a step records.

    `of` gives the columns of `rows`; `choices` the options of `choice(s)`; `min`/`max` bound a number, money
    (tenge), area (m²) or count of rows; `unless` names the state database that gives it instead.
    """

    type: FieldType
    name: Text
    help: Text | None = None
    required: Flag = True
    only: Only | None = None
    choices: dict[Ident, Text] | None = None
    of: dict[Ident, Field] | None = None
    min: Exact | None = None
    max: Exact | None = None
    unless: Unless = None
    personal: Flag = False
    cite: Cite | None = None


class Section(Model):
    """One page of questions."""

    name: Text
    help: Text | None = None
    only: Only | None = None
    fields: dict[Ident, Field]


class Document(Model):
    """A paper or file the recipient gives. `original: shown` is shown for checking and handed back."""

    name: Text
    help: Text | None = None
    only: Only | None = None
    required: Flag = True
    unless: Unless = None
    original: Literal["kept", "shown"] | None = None
    copies: Whole = 1
    cite: Cite


class Party(Model):
    """A side of the application. The `applicant` files; `signs` makes a co-signed draft wait for this side.

    `identified_by` is the form field with its IIN or BIN (the applicant's own comes from the account).
    """

    name: Text
    kinds: tuple[RecipientKind, ...]
    signs: Flag = False
    identified_by: str | None = None
    only: Only | None = None
    cite: Cite


class Channel(Model):
    """A way in. `hours` names the door's office hours; `by` is the post that keys the application in at a
    counter, none where the recipient files directly. `name` is for a way in the product has no words for.

    `signed` is the clause by which what is filed this way is signed with a key of the national authority;
    `software` says that companies file from their own information systems, whose own key may sign.

    `waiting` is how long one may stand in the queue of a counter, `serving` how long one may be served there;
    where no `serving` is said, the limits of the counter's own steps are those of the service given there.
    """

    name: Text | None = None
    hours: Ident
    by: Ident | None = None
    visit: Flag = False
    signed: Cite | None = None
    software: Flag = False
    waiting: Limit | None = None
    serving: Limit | None = None
    cite: Cite


class Organisation(Model):
    """A role an organisation plays in the service (`provider`, `centre`…); `kind` picks real ones."""

    name: Text
    kind: Ident
    hours: Ident
    cite: Cite


class Post(Model):
    """An official's post in one of the roles; `unlisted` when the act's own list of units leaves it out."""

    name: Text
    org: Ident
    unlisted: Flag = False
    cite: Cite
