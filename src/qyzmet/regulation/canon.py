"""A package as bytes: what is published, hashed and run.

The bytes are JSON without spaces, in UTF-8, every key in the order the package has it: the order of steps,
outcomes and fields is part of the law. Defaults and empty values are left out, so that a new optional key of
the language changes no hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from qyzmet.regulation.model import Package

__all__ = ["from_bytes", "hash_of", "law_hash", "texts_hash", "to_bytes"]

TEXT = {"kk", "ru", "en"}
TEXT_KEYS = {"template", "words", "life-events"}
"""Keys besides texts that people only read: a change of them is no change of the law."""


def to_bytes(package: Package) -> bytes:
    """The canonical bytes of a resolved package."""
    return _bytes(_plain(package))


def from_bytes(data: bytes) -> Package:
    """The package those bytes are of. Raises pydantic's ValidationError for bytes of another language."""
    return Package.model_validate_json(data)


def hash_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def law_hash(package: Package) -> str:
    """The hash of what binds: steps, limits, grounds, documents, clauses; no texts."""
    return hash_of(_bytes(_law(_plain(package))))


def texts_hash(package: Package) -> str:
    """The hash of what people read: names, help, templates, each with its place."""
    return hash_of(_bytes(dict(_texts(_plain(package), ""))))


def _plain(package: Package) -> dict[str, Any]:
    return package.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() >= TEXT


def _law(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _law(v) for k, v in value.items() if not _is_text(v) and k not in TEXT_KEYS}
    if isinstance(value, list):
        return [_law(v) for v in value if not _is_text(v)]
    return value


def _texts(value: Any, place: str) -> list[tuple[str, Any]]:
    if _is_text(value):
        return [(place, value)]
    items: list[tuple[str, Any]] = []
    if isinstance(value, Mapping):
        items = [(f"{place}/{k}", v) for k, v in value.items()]
    elif isinstance(value, list):
        items = [(f"{place}/{i}", v) for i, v in enumerate(value)]
    found: list[tuple[str, Any]] = []
    for key, each in items:
        found += [(key, each)] if key.rpartition("/")[2] in TEXT_KEYS else _texts(each, key)
    return found
