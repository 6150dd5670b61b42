"""Law data that is not a service package: reading one YAML file of `regulations/` strictly and fast.

The same subset of YAML as packages: duplicate keys, unknown tags and the surprises of YAML 1.1 are refused
(`yes`, `on` and `12:30` are plain words). Money and coefficients stand in quotes, since a binary float
cannot hold them.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

__all__ = ["LAW", "LawDataError", "decimal_from", "read_law"]

LAW = Path(__file__).resolve().parent.parent / "regulations"
"""The folder of the law as data that comes with the product."""

_WORDS = {
    "tag:yaml.org,2002:bool": (re.compile(r"^(?:true|false)$"), "tf"),
    "tag:yaml.org,2002:int": (re.compile(r"^-?(?:0|[1-9][0-9]*)$"), "-0123456789"),
    "tag:yaml.org,2002:null": (re.compile(r"^(?:null|)$"), ["n", ""]),
    "tag:yaml.org,2002:timestamp": (re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), "0123456789"),
}


class LawDataError(ValueError):
    """A file of law data that cannot be used; the text is one sentence naming file and place."""


class _Strict(yaml.CSafeLoader):
    """libyaml's safe loader with fewer implicit types and no second value for a key."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        if len(mapping) != len(node.value):
            keys = [key.value for key, _ in node.value]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise yaml.MarkedYAMLError(
                problem=f"the key {twice!r} stands twice", problem_mark=node.start_mark
            )
        return mapping


for _tag, (_pattern, _first) in _WORDS.items():
    _Strict.add_implicit_resolver(_tag, _pattern, list(_first))


def read_law(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file; `LawDataError` names file, line and what is wrong."""
    try:
        found = yaml.load(path.read_bytes(), _Strict)  # noqa: S506  a subclass of the safe loader
    except OSError as problem:
        raise LawDataError(f"{path}: the file cannot be read ({problem.strerror}).") from problem
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise LawDataError(f"{place}: {problem.problem}.") from problem
    except (ValueError, yaml.YAMLError) as problem:
        raise LawDataError(f"{path}: {problem}.") from problem
    if not isinstance(found, dict):
        raise LawDataError(f"{path}: the file has to be a mapping of keys to values.")
    return found


def decimal_from(value: object, where: str) -> Decimal:
    """A quoted decimal number, exactly as written."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        try:
            return Decimal(value)
        except InvalidOperation as problem:
            raise LawDataError(f"{where}: {value!r} is too long to be a number.") from problem
    raise LawDataError(f'{where}: {value!r} has to be a decimal number in quotes, such as "1.9".')
