"""A package as bytes, always the same for the same package, and the two hashes of it.

JSON by the rules of RFC 8785 (keys sorted, no spaces, UTF-8), with two things of its own: a mapping whose
order the law gives (steps, fields, posts…) is `{"~": [[key, value], …]}`, and decimals and days are text,
exact. Keys that say the default are left out, so that the language can grow without changing old hashes. What
a package was put together from (`extends`, `drop`, `vars`) is not part of it any more.

`law_hash` is over all but the words; `texts_hash` over the words: names, help, notes, templates.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel

from qyzmet.regulation.model import Package, Text

__all__ = ["from_bytes", "law_hash", "texts_hash", "to_bytes"]

Side = Literal["all", "law", "texts"]

_PUT_TOGETHER = {"extends", "drop", "vars"}
_WORDS = {"template", "words"}
_ORDERED = "~"
_NOTHING = object()


def to_bytes(package: Package) -> bytes:
    """The canonical bytes of a resolved package."""
    return _bytes(package, "all")


def from_bytes(content: bytes) -> Package:
    """The package the bytes were made from. Raises ValueError when they are no package."""
    return Package.model_validate(_decoded(json.loads(content)))


def law_hash(package: Package) -> str:
    """SHA-256, in hex, of steps, limits, grounds, documents, clauses: all but the words."""
    return hashlib.sha256(_bytes(package, "law")).hexdigest()


def texts_hash(package: Package) -> str:
    """SHA-256, in hex, of the words."""
    return hashlib.sha256(_bytes(package, "texts")).hexdigest()


def _bytes(package: Package, side: Side) -> bytes:
    encoded = _encoded(package, side)
    return json.dumps(encoded, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _encoded(value: object, side: Side) -> Any:
    """The value as JSON has it; `_NOTHING` where this side of the package has nothing to say."""
    if isinstance(value, BaseModel):
        return _model(value, side)
    if isinstance(value, dict):
        pairs = [(key, _encoded(inner, side)) for key, inner in value.items()]
        if side == "texts" and all(inner is _NOTHING for _, inner in pairs):
            return _NOTHING
        return {_ORDERED: [[key, None if inner is _NOTHING else inner] for key, inner in pairs]}
    if isinstance(value, tuple | list):
        items = [_encoded(inner, side) for inner in value]
        if side == "texts" and all(inner is _NOTHING for inner in items):
            return _NOTHING
        return [None if inner is _NOTHING else inner for inner in items]
    return _NOTHING if side == "texts" else _scalar(value)


def _scalar(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def _model(part: BaseModel, side: Side) -> Any:
    if isinstance(part, Text) and side == "law":
        return _NOTHING
    inner: Side = "all" if isinstance(part, Text) else side
    encoded: dict[str, object] = {}
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if (value == info.default and type(value) is type(info.default)) or name in _PUT_TOGETHER:
            continue
        if name in _WORDS and side != "all":
            written = _NOTHING if side == "law" else _encoded(value, "all")
        else:
            written = _encoded(value, inner)
        if written is not _NOTHING:
            encoded[info.alias or name] = written
    return encoded if encoded or side != "texts" else _NOTHING


def _decoded(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {_ORDERED}:
            return {key: _decoded(inner) for key, inner in value[_ORDERED]}
        return {key: _decoded(inner) for key, inner in value.items()}
    return [_decoded(inner) for inner in value] if isinstance(value, list) else value
