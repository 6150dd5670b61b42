"""Law data that is not a service package: one YAML file of `regulations/`, with the place of each part of it.

The same YAML as packages (`yaml_source`). Money and coefficients stand in quotes, so that they are told from
counts at a glance.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from qyzmet.regulation.findings import Finding, Place, error
from qyzmet.regulation.model import Model
from qyzmet.regulation.places import Key, Places, plain
from qyzmet.regulation.sharing import SHIPPED
from qyzmet.regulation.wording import shape_findings
from qyzmet.regulation.yaml_source import Branch, SourceError, read_file

__all__ = ["LAW", "LawDataError", "LawFile", "decimal_from", "law_file", "read_law"]

LAW = SHIPPED
"""The folder of the law as data that comes with the product."""

_Part = TypeVar("_Part", bound=Model)


class LawDataError(ValueError):
    """Law data that cannot be used; `findings` say where and why, the text is the first of them."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(str(findings[0]))
        self.findings = findings


class LawFile:
    """One file: `said` is the mapping it holds; what is wrong with a part of it is told at its place."""

    def __init__(self, root: Branch) -> None:
        self.said: dict[str, Any] = plain(root)
        self._places = Places(root)

    def part(self, kind: type[_Part], *at: Key) -> _Part:
        """The part at these keys, read as `kind`. Raises LawDataError with all that is wrong with it."""
        node = self._places.node(at)
        try:
            return kind.model_validate(plain(node))
        except ValidationError as problem:
            raise LawDataError(*shape_findings(problem, Places(node), kind)) from problem

    def fault(self, message: str, *at: Key) -> LawDataError:
        """An error about the part at these keys."""
        return LawDataError(error(self._places.value(at), "law-data", message))


def law_file(path: Path) -> LawFile:
    """Read a file. Raises LawDataError."""
    start = Place(str(path), 1, 1)
    try:
        root, findings = read_file(path)
    except SourceError as problem:
        raise LawDataError(problem.finding) from problem
    except OSError as problem:
        message = f"the file cannot be read ({problem.strerror}); check it and its permissions"
        raise LawDataError(error(start, "unreadable", message)) from problem
    if findings:
        raise LawDataError(*findings)
    if not isinstance(root, Branch):
        raise LawDataError(error(start, "not-a-mapping", "the file is a mapping of keys; write key: value"))
    return LawFile(root)


def read_law(path: Path) -> dict[str, Any]:
    """The mapping in a file. Raises LawDataError."""
    return law_file(path).said


def decimal_from(value: object, fault: Callable[[str], LawDataError]) -> Decimal:
    """A quoted decimal number, exactly as written; `fault` makes the error for its place."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", value):
        return Decimal(value)
    raise fault(f'{value!r} has to be a decimal number in quotes, such as "1.9"')
