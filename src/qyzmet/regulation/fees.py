"""What a service costs: the fee of a package for a payer, an area and the unit's value on the day of filing.

A band holds up to and including its `up-to`; its coefficient multiplies the payer's base. Amounts are exact:
`amount` is unit x base x coefficient as it comes out, `charged` is that in whole tenge by the package's
rounding, which is applied once, at the very end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal

from qyzmet.identity import Area
from qyzmet.regulation.model import Fee, FeePayer, Text
from qyzmet.regulation.refusals import Refusal

__all__ = ["Charge", "FeeRefused", "charge"]

_MODES = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "down": ROUND_DOWN, "up": ROUND_UP}
_EXACT = Context(prec=60)


class FeeRefused(Refusal):
    """The fee cannot be told for what was given."""


@dataclass(frozen=True, slots=True)
class Charge:
    """A fee with all it was computed from. `unit_value` and `amount` in tenge, `charged` in whole tenge."""

    payer: str
    on: date
    unit: str
    unit_value: Decimal
    base: Decimal
    coefficient: Decimal
    area: Area | None
    amount: Decimal
    charged: int
    cite: str


def charge(
    fee: Fee, payer: str, on: date, unit_value: Callable[[str, date], Decimal], area: Area | None = None
) -> Charge | None:
    """The fee of `payer` for a filing of day `on`; none where the service is free.

    `unit_value(name, day)` gives the worth of the fee's unit (`Parameters.value`); its refusal passes on.
    Payers without bands need no `area`, but one that is given has to be more than zero for them too.
    """
    if fee.none is not None:
        return None
    if payer not in fee.payers:
        raise _unknown_payer(payer, fee)
    tariff = fee.payers[payer]
    coefficient = _coefficient(tariff, area)
    unit = fee.unit or "tenge"
    worth = Decimal(1) if fee.unit is None else unit_value(unit, on)
    amount = _EXACT.multiply(_EXACT.multiply(worth, tariff.base), coefficient)
    whole = amount
    if fee.rounding is not None:
        steps = _EXACT.divide(amount, fee.rounding.to).to_integral_value(_MODES[fee.rounding.mode])
        whole = steps * fee.rounding.to
    cite = f"{fee.cite}; {tariff.cite}" if fee.cite else tariff.cite
    return Charge(payer, on, unit, worth, tariff.base, coefficient, area, amount, int(whole), cite)


def _coefficient(tariff: FeePayer, area: Area | None) -> Decimal:
    if area is not None and area.cm2 == 0:
        raise FeeRefused(
            "fee.area-zero",
            Text(
                kk="Учаскенің ауданы нөлден артық болуы керек; ауданды гектармен көрсетіңіз.",
                ru="Площадь участка должна быть больше нуля; укажите её в гектарах.",
                en="The area of a plot has to be more than zero; give it in hectares.",
            ),
        )
    if not tariff.bands:
        return Decimal(1)
    if area is None:
        raise FeeRefused(
            "fee.area-missing",
            Text(
                kk=f"{tariff.name.kk}: төлем учаскенің ауданына байланысты; ауданды гектармен көрсетіңіз.",
                ru=f"{tariff.name.ru}: плата зависит от площади участка; укажите площадь в гектарах.",
                en=f"{tariff.name.en}: the fee depends on the area of the plot; give it in hectares.",
            ),
        )
    return next(b.coefficient for b in tariff.bands if b.up_to is None or area.hectares <= b.up_to)


def _unknown_payer(payer: str, fee: Fee) -> FeeRefused:
    known = ", ".join(fee.payers)
    return FeeRefused(
        "fee.payer-unknown",
        Text(
            kk=f"«{payer}» деген төлеуші жоқ; мыналардың бірін таңдаңыз: {known}.",
            ru=f"Плательщика «{payer}» нет; выберите одного из них: {known}.",
            en=f"There is no payer '{payer}'; choose one of {known}.",
        ),
    )
