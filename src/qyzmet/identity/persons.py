"""IIN of a person and BIN of an organisation: twelve digits with a check digit, and nothing more is judged.

Birth date and sex are never read from an IIN: Government decree No 853 of 26 August 2013 untied them from
its digits.
"""

from __future__ import annotations

from typing import Literal

from qyzmet.identity.errors import IdentityError, shown

# The test certificates of the national authority carry numbers whose check digit is wrong on purpose.
TEST_IINS = frozenset({"123456789011", "123456789012"})
TEST_BINS = frozenset({"123456789021", "012345678912"})

_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def read_iin(text: str, *, test_ids: bool = False) -> str:
    """The 12 digits of an IIN, spaces taken out. `test_ids` lets the national test numbers pass.

    Raises IdentityError `iin-length` or `iin-check`.
    """
    return _read(text, "iin", TEST_IINS if test_ids else frozenset())


def read_bin(text: str, *, test_ids: bool = False) -> str:
    """The 12 digits of a BIN, as `read_iin`. Raises IdentityError `bin-length` or `bin-check`."""
    return _read(text, "bin", TEST_BINS if test_ids else frozenset())


def is_iin(text: str, *, test_ids: bool = False) -> bool:
    """Whether the text is an IIN by length and check digit."""
    return check_digit_holds(text) or (test_ids and text in TEST_IINS)


def is_bin(text: str, *, test_ids: bool = False) -> bool:
    """Whether the text is a BIN by length and check digit."""
    return check_digit_holds(text) or (test_ids and text in TEST_BINS)


def check_digit_holds(number: str) -> bool:
    """The rule IIN and BIN share; a number whose two sums both give 10 is never issued."""
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        return False
    digits = [int(digit) for digit in number]
    rest = _rest(digits, _FIRST)
    if rest == 10:
        rest = _rest(digits, _SECOND)
    return rest < 10 and rest == digits[11]


def looks_like(number: str) -> Literal["iin", "bin"]:
    """A guess from the fifth digit (a BIN has 4, 5 or 6 there): a hint in a form, never a decision."""
    return "bin" if number[4:5] in {"4", "5", "6"} else "iin"


def _rest(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11


def _read(text: str, kind: str, allowed: frozenset[str]) -> str:
    number = "".join(text.split())
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        raise IdentityError(f"{kind}-length", given=shown(text))
    if not check_digit_holds(number) and number not in allowed:
        raise IdentityError(f"{kind}-check", given=number)
    return number
