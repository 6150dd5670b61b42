"""Parameters: values the law or a deployment sets for a time, each with what it rests on.

    parameters = load_parameters()                       # or load_parameters(deployment_folder)
    parameters.value("mci", date(2012, 8, 1))            # Decimal("1618")
    parameters.entry("mci", date(2012, 8, 1)).status     # "unconfirmed"

Their files are described in `parameter_file`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from qyzmet.regulation.datafile import LAW
from qyzmet.regulation.model import Text
from qyzmet.regulation.parameter_file import Entry, Parameter, Value, read_parameters
from qyzmet.regulation.refusals import Refusal

__all__ = ["Entry", "NoValue", "Parameter", "Parameters", "Value", "load_parameters"]


class NoValue(Refusal):
    """The parameter has no value on the day, or there is no such parameter."""


class Parameters(Mapping[str, Parameter]):
    """Parameters by name."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._all = dict(parameters)

    def __getitem__(self, name: str) -> Parameter:
        return self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def value(self, name: str, on: date) -> Any:
        """The value that holds on a day (see `Value`); `NoValue` when none does."""
        return self.entry(name, on).value

    def entry(self, name: str, on: date) -> Entry:
        """The value that holds on a day with its reference and status; `NoValue` when none does."""
        if name not in self._all:
            raise _unknown(name, self._all)
        entry = self._all[name].on(on)
        if entry is None:
            raise _no_value(name, self._all[name], on)
        return entry

    def overlaid(self, deployment: Parameters) -> Parameters:
        """These with a deployment's own laid over them.

        From the day of the deployment's first value of a parameter its values alone hold; before it, ours do.
        They are of the same type: `read_parameters` sees to it.
        """
        together = dict(self._all)
        for name, own in deployment.items():
            below = together.get(name)
            if below is None:
                together[name] = own
                continue
            kept = tuple(entry for entry in below.values if entry.from_ < own.values[0].from_)
            together[name] = own.model_copy(update={"values": (*kept, *own.values)})
        return Parameters(together)


def load_parameters(deployment: Path | None = None) -> Parameters:
    """The product's parameters, with those of a deployment's folder laid over them."""
    ours = Parameters(read_parameters(LAW / "parameters"))
    return ours.overlaid(Parameters(read_parameters(deployment, ours))) if deployment else ours


def _unknown(name: str, known: Mapping[str, Parameter]) -> NoValue:
    near = next(iter(get_close_matches(name, known, n=1)), "")
    hint = (
        (f"; мүмкін, «{near}»", f"; возможно, «{near}»", f"; did you mean '{near}'") if near else ("", "", "")
    )
    return NoValue(
        "parameter.unknown",
        Text(
            kk=f"«{name}» деген параметр жоқ{hint[0]}.",
            ru=f"Параметра «{name}» нет{hint[1]}.",
            en=f"There is no parameter '{name}'{hint[2]}.",
        ),
    )


def _no_value(name: str, parameter: Parameter, on: date) -> NoValue:
    first, last = parameter.values[0].from_, parameter.values[-1].to
    day, from_day = f"{on:%d.%m.%Y}", f"{first:%d.%m.%Y}"
    to_day = f"{last:%d.%m.%Y}" if last else None
    span = Text(
        kk=f"мәндері {from_day} күнінен бастап {f'{to_day} күніне дейін ' if to_day else ''}белгілі",
        ru=f"значения известны с {from_day}{f' по {to_day}' if to_day else ''}",
        en=f"values are known from {first}{f' to {last}' if last else ''}",
    )
    said = parameter.name
    return NoValue(
        "parameter.no-value",
        Text(
            kk=f"{said.kk}: {day} күнгі мәні жоқ, {span.kk}; осындай күнді таңдаңыз немесе"
            " параметрді толықтырыңыз.",
            ru=f"{said.ru}: на {day} значения нет, {span.ru}; выберите такой день или дополните параметр.",
            en=f"{said.en}: no value for {on}, {span.en}; choose such a day, or add to the parameter"
            f" '{name}'.",
        ),
    )
