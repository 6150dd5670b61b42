"""A strict reader of YAML that remembers the line and column of every key and value.

Takes mappings, lists and scalars. Plain scalars are `true`/`false`, whole numbers, decimals (exact), dates
(`2019-04-25`), nothing at all, or words; `yes`, `on`, `12:30`, `0o7`, `1_000`, `007` and `1e3` are words.
Refuses, each with its place: a key twice, anchors, aliases, tags, merge keys, several documents, tabs as
indentation, files over 2 MB, nesting over 40.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from qyzmet.regulation.findings import Finding, Place, error

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "Branch",
    "Items",
    "Leaf",
    "Node",
    "SourceError",
    "read_file",
    "read_text",
]

MAX_BYTES = 2_000_000
MAX_DEPTH = 40

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(slots=True)
class Leaf:
    """A scalar. `quoted` says whether its text starts one column after `place`."""

    place: Place
    value: Any
    quoted: bool = False


@dataclass(slots=True)
class Branch:
    """A mapping: each key with its own place."""

    place: Place
    keys: dict[str, Place] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)


@dataclass(slots=True)
class Items:
    """A list."""

    place: Place
    values: list[Node] = field(default_factory=list)


Node = Leaf | Branch | Items


class SourceError(Exception):
    """The file cannot be read as this YAML; `finding` says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def read_file(path: Path) -> tuple[Node, list[Finding]]:
    """The root node and what can be said without giving up. Raises SourceError, or OSError."""
    name = str(path)
    with path.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise _stop(
            Place(name, 1, 1), "too-big", "the file is over 2 MB; a regulation is far smaller, so split it"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise _stop(
            Place(name, line, 1), "encoding", "this line is not UTF-8; save the file as UTF-8"
        ) from None
    return read_text(text, name)


def read_text(text: str, name: str) -> tuple[Node, list[Finding]]:
    """As `read_file`, for text in hand; `name` is the path its places carry."""
    try:
        return _Reader(text, name).document()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
        raise _stop(place, "yaml", _plain_words(problem, text, place)) from None
    except yaml.reader.ReaderError as problem:
        lines = text[: problem.position].split("\n") if isinstance(problem.position, int) else [""]
        place = Place(name, len(lines), len(lines[-1]) + 1)
        raise _stop(place, "yaml", "a character here cannot stand in a YAML file; remove it") from None


def _plain_words(problem: yaml.MarkedYAMLError, text: str, place: Place) -> str:
    said = str(problem.problem or problem.context or "it is not YAML")
    lines = text.splitlines()
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    if line[place.col - 1 : place.col] == "\t":
        return "a tab stands here; indent with spaces"
    if "did not find expected" in said or "could not find expected ':'" in said:
        return f"the line does not fit the ones above it ({said}); check indentation, quotes and colons"
    return f"this is not YAML ({said}); check indentation, quotes and colons"


def _stop(place: Place, code: str, message: str) -> SourceError:
    return SourceError(error(place, code, message))


class _Reader:
    """Turns the events of the YAML parser into nodes, refusing what the language does not have."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.findings: list[Finding] = []
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=_Loader))

    def document(self) -> tuple[Node, list[Finding]]:
        next(self.events)
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            raise _stop(
                Place(self.name, 1, 1), "empty", "the file is empty; write what belongs in it, or remove it"
            )
        if start.version or start.tags:
            raise _stop(self._place(start), "yaml", "`%` lines are not used here; remove them")
        root = self._node(next(self.events), 1)
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _stop(self._place(after), "yaml", "a second document starts here; keep one to a file")
        return root, self.findings

    def _place(self, event: Any) -> Place:
        return Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def _node(self, event: Any, depth: int) -> Node:
        place = self._place(event)
        self._refuse_marks(event, place)
        if isinstance(event, yaml.AliasEvent):
            return Leaf(place, None)
        if isinstance(event, yaml.ScalarEvent):
            return self._leaf(event, place)
        if depth > MAX_DEPTH:
            raise _stop(
                place, "too-deep", f"nesting goes deeper than {MAX_DEPTH}; a regulation needs far less"
            )
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(place, depth)
        return self._branch(place, depth)

    def _refuse_marks(self, event: Any, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._say(place, "alias", f"`*{event.anchor}` is an alias; write the value out")
            return
        if event.anchor:
            self._say(place, "anchor", f"`&{event.anchor}` is an anchor; remove it and write the value out")
        if event.tag:
            shown = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self._say(place, "tag", f"`{shown}` is a tag; remove it, a value has its natural type here")

    def _say(self, place: Place, code: str, message: str) -> None:
        self.findings.append(error(place, code, message))

    def _items(self, place: Place, depth: int) -> Items:
        items = Items(place)
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.values.append(self._node(event, depth + 1))
        return items

    def _branch(self, place: Place, depth: int) -> Branch:
        branch = Branch(place)
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key, at = self._key(event)
            value = self._node(next(self.events), depth + 1)
            if key == "<<":
                continue
            if key in branch.keys:
                first = branch.keys[key]
                message = f"`{key}` stands here a second time (first on line {first.line}); keep one"
                self._say(at, "duplicate-key", message)
                continue
            branch.keys[key], branch.values[key] = at, value
        return branch

    def _key(self, event: Any) -> tuple[str, Place]:
        place = self._place(event)
        self._refuse_marks(event, place)
        if not isinstance(event, yaml.ScalarEvent):
            raise _stop(place, "key", "a key must be a word, not a list or a mapping")
        if event.value == "<<" and event.implicit[0]:
            self._say(place, "merge-key", "`<<` merges mappings, which is not used here; use `extends`")
        return str(event.value), place

    def _leaf(self, event: Any, place: Place) -> Leaf:
        if not event.implicit[0] and event.style:
            return Leaf(place, str(event.value), quoted=event.style in {"'", '"'})
        text = str(event.value)
        if text in _WORDS:
            return Leaf(place, _WORDS[text])
        if _WHOLE.fullmatch(text):
            return Leaf(place, int(text))
        if _DECIMAL.fullmatch(text):
            return Leaf(place, Decimal(text))
        if _DATE.fullmatch(text):
            return Leaf(place, self._date(text, place))
        return Leaf(place, text)

    def _date(self, text: str, place: Place) -> date | str:
        try:
            return date.fromisoformat(text)
        except ValueError:
            message = f"there is no day {text}; correct it, or put it in quotes if it is not a date"
            self._say(place, "date", message)
            return text
