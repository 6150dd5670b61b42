"""The fee of a service reckoned for whoever asks: payer, area and day, by the package's own bands.

found = reckon(fee, request.GET, today)
found.charge, found.worth.reference, found.faults["hectares"]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from qyzmet import identity
from qyzmet.cases.dates import clocks
from qyzmet.pages.moments import read_day
from qyzmet.pages.words import current_language, say
from qyzmet.regulation.fees import Charge, charge
from qyzmet.regulation.model import Fee, Text
from qyzmet.regulation.parameters import Entry
from qyzmet.regulation.refusals import Refusal

__all__ = ["Reckoned", "reckon"]

LONGEST = 40


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What was asked, and the answer. `unit`, `worth` and `basis`: the fee's unit, its value on that day and
    the clause it rests on; `faults`: by field."""

    payer: str
    hectares: str
    on: str
    charge: Charge | None = None
    unit: Text | None = None
    worth: Entry | None = None
    basis: str = ""
    faults: dict[str, str] = field(default_factory=dict)


def reckon(fee: Fee, asked: Mapping[str, Any], today: date) -> Reckoned:
    """The fee on a day, today unless another is asked for; nothing is reckoned until a payer is chosen."""
    payer, typed = str(asked.get("payer", "")), str(asked.get("hectares", "")).strip()[:LONGEST]
    said = str(asked.get("on", "")).strip()[:LONGEST]
    on = read_day(said) if said else today
    shown = Reckoned(payer, typed, on.isoformat() if on else said)
    if fee.none is not None or (not payer and not typed):
        return shown
    if on is None:
        return _with(shown, on=say("service.day-unread"))
    if payer not in fee.payers:
        return _with(shown, payer=say("service.payer-missing"))
    try:
        area = identity.Area.of_hectares(typed) if typed else None
    except identity.IdentityError as problem:
        return _with(shown, hectares=problem.text(_language()))
    try:
        found = charge(fee, payer, on, clocks.parameters().value, area)
    except Refusal as problem:
        place = "hectares" if problem.code.startswith("fee.area") else "on"
        return _with(shown, **{place: problem.text(_language())})
    return _answered(shown, fee, found, on)


def _answered(shown: Reckoned, fee: Fee, found: Charge | None, on: date) -> Reckoned:
    if fee.unit is None:
        return replace(shown, charge=found)
    unit = clocks.parameters()[fee.unit]
    return replace(shown, charge=found, unit=unit.name, worth=unit.on(on), basis=unit.cite)


def _with(shown: Reckoned, **faults: str) -> Reckoned:
    return replace(shown, faults=faults)


def _language() -> Any:
    return current_language()
