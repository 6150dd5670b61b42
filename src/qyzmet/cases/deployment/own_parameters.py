"""The deployment's own values of parameters as text: one more laid over those that are there.

From the day of the deployment's first value its own alone hold, so the product's later ones are written
beside it.
"""

from __future__ import annotations

import tempfile
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from qyzmet.cases.dates import clocks
from qyzmet.cases.refusals import refused
from qyzmet.regulation.datafile import LAW, LawDataError
from qyzmet.regulation.parameter_file import Entry, read_parameters

__all__ = ["OWN", "file_of", "holds", "plain", "with_value"]

OWN = "administrator.yaml"


def file_of(name: str) -> Path:
    """The own file that holds a parameter, or the one it will be written to."""
    folder = clocks.own_parameters()
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
        if name in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}):
            return path
    return folder / OWN


def holds(name: str) -> bool:
    """Whether the deployment has values of its own."""
    path = file_of(name)
    return path.is_file() and name in (yaml.safe_load(path.read_text(encoding="utf-8")) or {})


def with_value(name: str, entry: dict[str, Any]) -> tuple[Any, str]:
    """The value that held on the day before this one is laid over it, and the whole file with it.

    Raises ActRefused `parameter-faulty` where the file would not be one.
    """
    path = file_of(name)
    here = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.is_file() else {}
    parameter = clocks.parameters()[name]
    own = here.get(name, {}).get("values", [])
    first = min([each["from"] for each in own] + [entry["from"]])
    kept = [
        _written(each) for each in parameter.values if each.from_ >= first and each.from_ != entry["from"]
    ]
    values = sorted([*kept, entry], key=lambda each: each["from"])
    head = here.get(name) or _head(parameter)
    text = yaml.safe_dump({**here, name: {**head, "values": values}}, allow_unicode=True, sort_keys=False)
    _check(path, text)
    former = parameter.on(entry["from"])
    return (plain(former.value) if former else None), text


def _head(parameter: Any) -> dict[str, Any]:
    said = {"name": parameter.name.model_dump(include={"kk", "ru", "en"}), "type": parameter.type}
    if parameter.decimals:
        said["decimals"] = list(parameter.decimals)
    if parameter.unit is not None:
        said["unit"] = parameter.unit.model_dump(include={"kk", "ru", "en"})
    return {**said, "cite": parameter.cite}


def _written(entry: Entry) -> dict[str, Any]:
    until = {"to": entry.to} if entry.to else {}
    return {"from": entry.from_, **until, "value": plain(entry.value), "reference": entry.reference,
            "checked": entry.checked, "status": entry.status}  # fmt: skip


def plain(value: Any) -> Any:
    """A value as the files write it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return value


def _check(path: Path, text: str) -> None:
    """Read the file as it would be, over the product's parameters."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / path.name
        draft.write_text(text, encoding="utf-8")
        try:
            read_parameters(Path(folder), read_parameters(LAW / "parameters"))
        except LawDataError as problem:
            raise refused(
                "parameter-faulty", why=problem.findings[0].message, hint={"field": "value"}
            ) from problem
