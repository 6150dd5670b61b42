"""YAML files of the clock, read strictly: a repeated key is refused, never silently the last one wins."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path
from typing import Any

from qyzmet.clock.errors import CalendarInvalid


@lru_cache(maxsize=1)
def _strict() -> Any:
    """The loader; made when a file is first read, so that time can be told without YAML installed."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Strict(base):  # type: ignore[misc]
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
            seen: set[Hashable] = set()
            for key_node, _ in node.value:
                key = self.construct_object(key_node, deep=True)
                if key in seen:
                    place = _place(key_node.start_mark)
                    raise CalendarInvalid(f"{place}: {key!r} stands here twice; keep one")
                seen.add(key)
            mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
            return mapping

    return Strict


def _place(mark: Any) -> str:
    return f"{mark.name}:{mark.line + 1}:{mark.column + 1}"


def read_mapping(path: Path) -> dict[str, Any]:
    """The mapping a file holds. Raises CalendarInvalid with the place when it is not one."""
    import yaml

    try:
        with path.open(encoding="utf-8") as stream:
            content = yaml.load(stream, Loader=_strict())  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as problem:
        raise CalendarInvalid(
            f"{_place(problem.problem_mark)}: {problem.problem}; mend the file"
        ) from problem
    except OSError as problem:
        raise CalendarInvalid(f"{path} cannot be read: {problem.strerror}") from problem
    if not isinstance(content, dict):
        raise CalendarInvalid(f"{path} must hold names with values")
    return content
