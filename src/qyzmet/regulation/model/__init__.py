"""The package language as types: what a regulation may say, and nothing else.

One module per part of a package: `base` (texts, citations, conditions, limits), `form` (fields, documents,
parties), `steps` (steps, moves, exits, grounds), `package` (the whole, its life and its sheet). Every model
refuses unknown keys; keys are written with dashes in YAML. Meaning beyond shape is the checker's affair.
"""

from qyzmet.regulation.model.base import Cite, Dated, Limit, Model, Only, Text
from qyzmet.regulation.model.form import Channel, Document, Field, Organisation, Party, Post, Section
from qyzmet.regulation.model.package import (
    Attach,
    Duty,
    Fee,
    FeeBand,
    FeePayer,
    InForce,
    Known,
    Life,
    Need,
    Note,
    Package,
    Table,
    TermRule,
)
from qyzmet.regulation.model.steps import (
    Exit,
    Ground,
    Issued,
    Move,
    Signing,
    Step,
    StepKind,
    SuspensionGround,
    Votes,
)

__all__ = [
    "Attach",
    "Channel",
    "Cite",
    "Dated",
    "Document",
    "Duty",
    "Exit",
    "Fee",
    "FeeBand",
    "FeePayer",
    "Field",
    "Ground",
    "InForce",
    "Issued",
    "Known",
    "Life",
    "Limit",
    "Model",
    "Move",
    "Need",
    "Note",
    "Only",
    "Organisation",
    "Package",
    "Party",
    "Post",
    "Section",
    "Signing",
    "Step",
    "StepKind",
    "SuspensionGround",
    "Table",
    "TermRule",
    "Text",
    "Votes",
]
