"""YAML files of the clock, read strictly: a repeated key is refused, never silently the last one wins."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from qyzmet.clock.errors import CalendarInvalid

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_Base):  # type: ignore[misc]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise CalendarInvalid(f"{_place(key_node.start_mark)}: {key!r} stands here twice; keep one")
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def _place(mark: Any) -> str:
    return f"{mark.name}:{mark.line + 1}:{mark.column + 1}"


def read_mapping(path: Path) -> dict[str, Any]:
    """The mapping a file holds. Raises CalendarInvalid with the place when it is not one."""
    try:
        with path.open(encoding="utf-8") as stream:
            content = yaml.load(stream, Loader=_Strict)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as problem:
        raise CalendarInvalid(
            f"{_place(problem.problem_mark)}: {problem.problem}; mend the file"
        ) from problem
    except OSError as problem:
        raise CalendarInvalid(f"{path} cannot be read: {problem.strerror}") from problem
    if not isinstance(content, dict):
        raise CalendarInvalid(f"{path} must hold names with values")
    return content
