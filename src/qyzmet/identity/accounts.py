"""Bank accounts of Kazakhstan (IIK, an IBAN of 20 characters) and the BIC of the bank that holds one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from qyzmet.identity.errors import IdentityError, shown

_SHAPE = re.compile(r"KZ[0-9]{2}[0-9]{3}[0-9A-Z]{13}")


def read_account(text: str) -> str:
    """The account as `KZ` and 18 characters, capital, without spaces (ISO 13616, ISO 7064 mod 97-10).

    Raises IdentityError `iban-shape` or `iban-check`.
    """
    account = "".join(text.split()).upper()
    if not _SHAPE.fullmatch(account):
        raise IdentityError("iban-shape", given=shown(text))
    # The letters count as numbers from 10 (A) to 35 (Z), the country and check moved to the end.
    if int("".join(str(int(sign, 36)) for sign in account[4:] + account[:4])) % 97 != 1:
        raise IdentityError("iban-check", given=account)
    return account


def bank_code(account: str) -> str:
    """The three digits of the bank in an account that `read_account` has read."""
    return account[4:7]


def bic_of(account: str) -> str | None:
    """The BIC of the account's bank, or None when banks.yaml does not know the code."""
    return _banks().get(bank_code(account))


def in_groups(account: str) -> str:
    """The account in groups of four, as it is printed."""
    return " ".join(account[place : place + 4] for place in range(0, len(account), 4))


@lru_cache(maxsize=1)
def _banks() -> Mapping[str, str]:
    import yaml

    banks: dict[str, str] = yaml.safe_load(Path(__file__).with_name("banks.yaml").read_text("utf-8"))
    return banks
