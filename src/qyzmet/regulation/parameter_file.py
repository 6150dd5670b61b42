"""The files of parameters: `regulations/parameters/*.yaml` and a deployment's own of the same shape.

A file maps names to parameters. `type` says what a value is: `decimal` (in quotes), `count`, `times` (of
day), `term` ("3 working days"), `day`, or `rows`, whose columns named in `decimals` are decimals. A value
holds from its day until the next one's, or to its own `to`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from qyzmet.regulation.datafile import LawDataError, decimal_from, read_law
from qyzmet.regulation.model import Cite, Model, Text

__all__ = ["Entry", "Parameter", "Value", "read_parameters"]

Value = Decimal | int | str | date | tuple[time, ...] | tuple[Mapping[str, Any], ...]
"""What a parameter may hold; which of them, its `type` says."""


class Entry(Model):
    """One value with the day it holds from, its reference, and the day someone last checked it.

    `sample` is a figure that only shows how the parameter works: a deployment has to give its own.
    """

    from_: date
    to: date | None = None
    value: Any
    reference: str
    checked: date
    status: Literal["confirmed", "unconfirmed", "sample"]


class Parameter(Model):
    """A named value over time, in the order of days."""

    name: Text
    type: Literal["decimal", "count", "times", "term", "day", "rows"]
    decimals: tuple[str, ...] = ()
    unit: Text | None = None
    cite: Cite
    values: tuple[Entry, ...]

    def on(self, day: date) -> Entry | None:
        """The value that holds on the day, or none."""
        place = bisect_right([entry.from_ for entry in self.values], day) - 1
        entry = self.values[place] if place >= 0 else None
        return None if entry is None or (entry.to is not None and day > entry.to) else entry


def read_parameters(folder: Path) -> dict[str, Parameter]:
    """The parameters of a folder; `LawDataError` names file, parameter and what is wrong."""
    found: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, raw in read_law(path).items():
            if name in found:
                raise LawDataError(f"{path}: the parameter '{name}' stands in another file too.")
            found[name] = _parameter(raw, f"{path}: {name}")
    return found


def _parameter(raw: Any, where: str) -> Parameter:
    try:
        parameter = Parameter.model_validate(raw)
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LawDataError(f"{where}: {place or 'the parameter'}: {first['msg']}.") from problem
    days = [entry.from_ for entry in parameter.values]
    if not days or days != sorted(set(days)):
        raise LawDataError(f"{where}: the values have to stand in the order of their days, each day once.")
    values = tuple(
        entry.model_copy(update={"value": _typed(entry.value, parameter, f"{where} from {entry.from_}")})
        for entry in parameter.values
    )
    return parameter.model_copy(update={"values": values})


def _typed(value: Any, parameter: Parameter, where: str) -> Value:
    match parameter.type, value:
        case "decimal", _:
            return decimal_from(value, where)
        case "count", int() if not isinstance(value, bool) and value >= 0:
            return value
        case "term", str() if re.fullmatch(r"[1-9][0-9]* (working day|hour|minute)s?", value):
            return value
        case "day", date():
            return value
        case "times", [_, *_] if all(isinstance(t, str) and re.fullmatch(r"\d\d:\d\d", t) for t in value):
            return tuple(time.fromisoformat(moment) for moment in value)
        case "rows", [_, *_] if all(isinstance(row, dict) for row in value):
            return tuple(_row(row, parameter, where) for row in value)
    raise LawDataError(f"{where}: {value!r} is no value of type '{parameter.type}'.")


def _row(row: dict[str, Any], parameter: Parameter, where: str) -> dict[str, Any]:
    return {
        key: decimal_from(cell, where) if key in parameter.decimals else cell for key, cell in row.items()
    }
