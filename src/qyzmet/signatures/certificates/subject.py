"""Whom a certificate names, in the national profile.

CN is surname and first name, GIVENNAME the patronymic, SERIALNUMBER `IIN` and twelve digits, OU `BIN` and
twelve digits, O the organisation. Authorities other than the national one put the numbers elsewhere, so
they are found by prefix wherever they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_NUMBER = re.compile(r"(IIN|BIN)(\d{12})")


@dataclass(frozen=True, slots=True)
class Subject:
    """Empty text where the certificate says nothing. `doubt` when it carries two different IIN or BIN."""

    iin: str = ""
    bin: str = ""
    name: str = ""
    organisation: str = ""
    doubt: bool = False


def read_subject(name: Any) -> Subject:
    """The subject from a parsed X.500 name."""
    values: dict[str, list[str]] = {}
    for rdn in name.chosen:
        for pair in rdn:
            values.setdefault(str(pair["type"].native), []).append(str(pair["value"].native))
    numbers: dict[str, set[str]] = {"IIN": set(), "BIN": set()}
    for group in values.values():
        for value in group:
            if found := _NUMBER.fullmatch(value.strip()):
                numbers[found[1]].add(found[2])
    return Subject(
        iin=min(numbers["IIN"], default=""),
        bin=min(numbers["BIN"], default=""),
        name=_full_name(values),
        organisation=" ".join(values.get("organization_name", [])),
        doubt=any(len(found) > 1 for found in numbers.values()),
    )


def _full_name(values: dict[str, list[str]]) -> str:
    common = " ".join(values.get("common_name", []))
    patronymic = " ".join(values.get("given_name", []))
    # Only where a surname stands beside it is GIVENNAME the patronymic of the national profile.
    if "surname" in values and patronymic and patronymic not in common.split():
        return f"{common} {patronymic}"
    return common
