"""The templates and functions a package can name, told apart from slips without importing their rooms.

A deployment with functions of its own lists them in `functions.yaml` beside its packages:

    functions: [samruk.note_stall]
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qyzmet.regulation.datafile import law_file
from qyzmet.regulation.model import Model

__all__ = ["FILE", "Names", "known_names", "own_functions"]

FILE = "functions.yaml"


class Names(Model):
    """`templates`: files of `documents/templates`. `functions`: as `register` gave them their names."""

    templates: tuple[str, ...]
    functions: tuple[str, ...]


class _Own(Model):
    functions: tuple[str, ...]


@cache
def known_names() -> Names:
    """The names that come with the product."""
    return law_file(Path(__file__).with_name("known_names.yaml")).part(Names)


def own_functions(path: Path) -> tuple[str, ...]:
    """The functions a deployment adds. Raises LawDataError when the file cannot be read as that."""
    return law_file(path).part(_Own).functions
