"""Every part of a package with its path."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from qyzmet.regulation.places import Path

__all__ = ["parts"]


def parts(part: object, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """Every model inside a model with its path of keys, the model itself first."""
    if isinstance(part, BaseModel):
        yield path, part
        for name, info in type(part).model_fields.items():
            value = getattr(part, name)
            if isinstance(value, BaseModel | dict | tuple) and value:
                yield from parts(value, (*path, info.alias or name))
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from parts(value, (*path, key))
    elif isinstance(part, tuple):
        for index, value in enumerate(part):
            yield from parts(value, (*path, index))
