"""Areas: exact, kept as an integer of square centimetres (1 m² = 10 000, 1 ha = 100 000 000)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal

from qyzmet.identity.decimals import NBSP, read_decimal, written
from qyzmet.identity.errors import IdentityError

CM2_IN_M2 = 10_000
CM2_IN_HECTARE = 100_000_000
_COUNTRY_CM2 = 272_490_200 * CM2_IN_HECTARE

_UNITS = {"kk": ("га", "м²"), "ru": ("га", "м²"), "en": ("ha", "m²")}


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """An area of zero or more. Compare and add as numbers."""

    cm2: int

    def __post_init__(self) -> None:
        _refuse_size(self.cm2, self.m2)

    @classmethod
    def of_hectares(cls, amount: Decimal | int | str) -> Area:
        """From hectares; text is read as people type it. IdentityError when negative, absurd, too fine."""
        return cls(_whole(amount, CM2_IN_HECTARE))

    @classmethod
    def of_m2(cls, amount: Decimal | int | str) -> Area:
        """From square metres, as `of_hectares`."""
        return cls(_whole(amount, CM2_IN_M2))

    @property
    def hectares(self) -> Decimal:
        """Exact hectares, without trailing zeros."""
        return _exact(self.cm2, 8)

    @property
    def m2(self) -> Decimal:
        """Exact square metres, without trailing zeros."""
        return _exact(self.cm2, 4)

    def in_hectares(self, language: Literal["kk", "ru", "en"] = "kk") -> str:
        """`120 га`, `0,06 га`."""
        return f"{written(self.hectares)}{NBSP}{_UNITS[language][0]}"

    def in_m2(self, language: Literal["kk", "ru", "en"] = "kk") -> str:
        """`64,5 м²`."""
        return f"{written(self.m2)}{NBSP}{_UNITS[language][1]}"

    def __add__(self, other: Area) -> Area:
        return Area(self.cm2 + other.cm2)


def _exact(cm2: int, places: int) -> Decimal:
    with localcontext(prec=80):
        number = Decimal(cm2).scaleb(-places).normalize()
        return number if int(number.as_tuple().exponent) <= 0 else number.quantize(Decimal(1))


def _refuse_size(cm2: Decimal | int, given: Decimal) -> None:
    """`given` is the same area in the unit it came in, so that the sentence repeats what was written."""
    if cm2 < 0:
        raise IdentityError("area-negative", given=written(given))
    if cm2 > _COUNTRY_CM2:
        raise IdentityError("area-size", given=written(given))


def _whole(amount: Decimal | int | str, unit: int) -> int:
    number = read_decimal(amount) if isinstance(amount, str) else Decimal(amount)
    if not number.is_finite():
        raise IdentityError("number-unreadable", given=str(number))
    with localcontext(prec=80):
        cm2 = number * unit
    _refuse_size(cm2, number)
    if cm2 != cm2.to_integral_value():
        raise IdentityError("area-fraction", given=written(number))
    return int(cm2)
