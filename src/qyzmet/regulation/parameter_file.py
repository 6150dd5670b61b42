"""The files of parameters: `regulations/parameters/*.yaml` and a deployment's own of the same shape.

A file maps names to parameters. `type` says what a value is: `decimal` (in quotes), `count`, `times` (of
day), `term` ("3 working days"), `day`, or `rows`, whose columns named in `decimals` are decimals. A value
holds from its day until the next one's, or to its own `to`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from qyzmet.regulation.datafile import LawDataError, LawFile, decimal_from, law_file
from qyzmet.regulation.model import Cite, Model, Text
from qyzmet.regulation.model.base import Day

__all__ = ["Entry", "Parameter", "Value", "read_parameters"]

Value = Decimal | int | str | date | tuple[time, ...] | tuple[Mapping[str, Any], ...]
"""What a parameter may hold; which of them, its `type` says."""
_FACE = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


class Entry(Model):
    """One value with the day it holds from, its reference, and the day someone last checked it.

    `sample` is a figure that only shows how the parameter works: a deployment has to give its own.
    """

    from_: Day
    to: Day | None = None
    value: Any
    reference: str
    checked: Day
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


def read_parameters(folder: Path, below: Mapping[str, Parameter] | None = None) -> dict[str, Parameter]:
    """The parameters of a folder. Raises LawDataError with file, line and what is wrong.

    `below` are those they are to be laid over: the type of a parameter stays what it is there.
    """
    found: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*.yaml")):
        file = law_file(path)
        for name in file.said:
            if name in found:
                raise file.fault(f"the parameter '{name}' stands in another file too; keep one", name)
            found[name] = _parameter(file, name)
            type_below = below[name].type if below and name in below else found[name].type
            if found[name].type != type_below:
                message = f"'{name}' is given as {found[name].type}; it has to be {type_below}"
                raise file.fault(message, name, "type")
    return found


def _parameter(file: LawFile, name: str) -> Parameter:
    parameter = file.part(Parameter, name)
    days = [entry.from_ for entry in parameter.values]
    if not days or days != sorted(set(days)):
        message = "the values have to stand in the order of their days, each day once"
        raise file.fault(message, name, "values")
    values = [
        entry.model_copy(update={"value": _typed(entry.value, parameter, _fault(file, name, number))})
        for number, entry in enumerate(parameter.values)
    ]
    return parameter.model_copy(update={"values": tuple(values)})


_Fault = Callable[[str], LawDataError]


def _fault(file: LawFile, name: str, number: int) -> _Fault:
    return lambda message: file.fault(message, name, "values", number, "value")


def _typed(value: Any, parameter: Parameter, fault: _Fault) -> Value:
    match parameter.type, value:
        case "decimal", _:
            return decimal_from(value, fault)
        case "count", int() if not isinstance(value, bool) and value >= 0:
            return value
        case "term", str() if re.fullmatch(r"[1-9][0-9]* (working day|hour|minute)s?", value):
            return value
        case "day", date():
            return value
        case "times", [_, *_] if all(isinstance(t, str) and _FACE.fullmatch(t) for t in value):
            return tuple(time.fromisoformat(moment) for moment in value)
        case "rows", [_, *_] if all(isinstance(row, dict) for row in value):
            return tuple(_row(row, parameter, fault) for row in value)
    raise fault(f"{value!r} is no value of type '{parameter.type}'; write it as that type is written")


def _row(row: dict[str, Any], parameter: Parameter, fault: _Fault) -> dict[str, Any]:
    return {
        key: decimal_from(cell, fault) if key in parameter.decimals else cell for key, cell in row.items()
    }
