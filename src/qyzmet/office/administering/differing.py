"""What differs between two states of a package, in words: the part, what it said, what it says.

Both are read as plain data and walked together; a part is named by the words the package itself has for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from qyzmet.pages.words import LANGUAGES, current_language, say, table
from qyzmet.regulation.model import Package

__all__ = ["Difference", "differences"]

SHOWN = 200
LONGEST = 300
Path = tuple[str, ...]


class Difference(NamedTuple):
    """`where` in words, `old` and `new` as texts; `kind`: added, removed, changed."""

    where: str
    kind: str
    old: str
    new: str


def differences(before: Package, after: Package) -> list[Difference]:
    """Every part that differs, in the order of the package, at most `SHOWN`."""
    old, new = (each.model_dump(mode="json", by_alias=True, exclude_none=True) for each in (before, after))
    found = []
    for path, was, now in _walk(old, new, ()):
        found.append(_said(path, was, now, (new, old)))
        if len(found) == SHOWN:
            break
    return found


MISSING = object()


def _walk(old: Any, new: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping) and not _is_text(old) and not _is_text(new):
        for key in [*new, *(key for key in old if key not in new)]:
            yield from _walk(old.get(key, MISSING), new.get(key, MISSING), (*path, str(key)))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True), 1):
            yield from _walk(one, other, (*path, str(number)))
    else:
        yield path, old, new


def _is_text(part: Mapping[str, Any]) -> bool:
    return set(LANGUAGES) <= set(part) <= {*LANGUAGES, "reviewed"}


def _said(path: Path, old: Any, new: Any, wholes: tuple[Any, Any]) -> Difference:
    kind = "added" if old is MISSING else "removed" if new is MISSING else "changed"
    text = isinstance(old, Mapping) and isinstance(new, Mapping) and _is_text(old) and _is_text(new)
    return Difference(_where(path, wholes), kind, *(_texts(old, new) if text else (_value(old), _value(new))))


def _texts(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, str]:
    """The languages in which a text differs."""
    other = [language for language in LANGUAGES if old[language] != new[language]]
    if not other:
        return tuple(say(f"admin-packages.reviewed-{each.get('reviewed', True)}") for each in (old, new))  # type: ignore[return-value]
    return tuple(_cut("; ".join(f"{lang}: {each[lang]}" for lang in other)) for each in (old, new))  # type: ignore[return-value]


def _value(part: Any) -> str:
    if part is MISSING:
        return ""
    if isinstance(part, Mapping):
        name = part if _is_text(part) else part.get("name")
        if isinstance(name, Mapping):
            return str(name.get(current_language(), ""))
        return _cut("; ".join(f"{_word(str(key))}: {_value(each)}" for key, each in part.items()))
    if isinstance(part, list):
        return _cut(", ".join(_value(each) for each in part))
    if isinstance(part, bool):
        return say("frame.yes" if part else "frame.no")
    return _cut(str(part))


def _where(path: Path, wholes: tuple[Any, Any]) -> str:
    """The words of the sections, the names of what stands in them."""
    parts: list[str] = []
    nodes: tuple[Any, ...] = wholes
    for key in path:
        nodes = tuple(_below(node, key) for node in nodes)
        name = next(
            (n["name"] for n in nodes if isinstance(n, Mapping) and isinstance(n.get("name"), Mapping)), None
        )
        spoken = name.get(current_language()) if name and _is_text(name) else None
        parts.append(f"«{spoken}»" if spoken else _word(key))
    return " › ".join(parts)


def _below(node: Any, key: str) -> Any:
    if isinstance(node, Mapping):
        return node.get(key)
    if isinstance(node, list) and key.isdecimal() and 0 < int(key) <= len(node):
        return node[int(key) - 1]
    return None


def _word(key: str) -> str:
    full = f"admin-packages.part-{key}"
    return say(full) if full in table() else key


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
