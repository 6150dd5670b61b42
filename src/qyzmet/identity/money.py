"""Money in tenge: exact, kept as an integer of tiyn (1 tenge = 100 tiyn)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from qyzmet.identity.decimals import NBSP, read_decimal, written
from qyzmet.identity.errors import IdentityError

LARGEST_TIYN = 2**63 - 1  # what an integer column of both databases holds


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount; `tiyn` may be negative (a correction). Compare, add and subtract as numbers."""

    tiyn: int

    def __post_init__(self) -> None:
        if abs(self.tiyn) > LARGEST_TIYN:
            raise IdentityError("money-size", given=written(self.tenge))

    @classmethod
    def of_tenge(cls, amount: Decimal | int | str) -> Money:
        """From tenge; text is read as people type it. Raises IdentityError when it is finer than a tiyn."""
        number = read_decimal(amount) if isinstance(amount, str) else Decimal(amount)
        if not number.is_finite():
            raise IdentityError("number-unreadable", given=str(number))
        with localcontext(prec=80):
            tiyn = number * 100
        if tiyn != tiyn.to_integral_value():
            raise IdentityError("money-fraction", given=written(number))
        return cls(int(tiyn))

    @property
    def tenge(self) -> Decimal:
        """The amount in tenge, with two decimal digits."""
        return Decimal(self.tiyn).scaleb(-2)

    def times(self, factor: Decimal | int) -> Money:
        """The amount multiplied, rounded half up to the tiyn."""
        with localcontext(prec=80):
            return Money(int((self.tiyn * Decimal(factor)).to_integral_value(ROUND_HALF_UP)))

    def __add__(self, other: Money) -> Money:
        return Money(self.tiyn + other.tiyn)

    def __sub__(self, other: Money) -> Money:
        return Money(self.tiyn - other.tiyn)

    def __neg__(self) -> Money:
        return Money(-self.tiyn)

    def __str__(self) -> str:
        """`1 234 567,50 ₸` with no-break spaces."""
        return f"{written(self.tenge, 2)}{NBSP}₸"
