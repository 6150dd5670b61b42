"""What pydantic found, in plain words, at the place in the file where it stands."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from qyzmet.regulation.findings import Finding, error, suggest
from qyzmet.regulation.model import Package
from qyzmet.regulation.places import Key, Path, Places, spoken
from qyzmet.regulation.yaml_source import Branch

__all__ = ["shape_findings"]

_LANGUAGES = {"kk": "Kazakh", "ru": "Russian", "en": "English"}
_TEXT = "people read this in three languages; write {kk: …, ru: …, en: …}"
_ONLY = "`only` is a mapping of facts to words, numbers, true or false (or lists of them), or one expression"
_NAMED: dict[type, str] = {
    str: "words",
    bool: "true or false",
    int: "a number",
    list: "a list",
    dict: "a mapping",
}
_WORDS: dict[str, str] = {
    "list_type": "a list is expected here; write [ … ]",
    "tuple_type": "a list is expected here; write [ … ]",
    "dict_type": "a mapping is expected here; write key: value",
    "bool_type": "only `true` or `false` can stand here",
    "int_type": "a whole number is expected here, without quotes",
    "not_a_number": "a number is expected here, such as 3.2",
    "not_a_moment": "a moment is expected here, such as 2019-06-07T17:55",
    "not_a_day": "a day is expected here, such as 2019-04-25",
    "string_too_long": "this is too long for its place",
    "string_too_short": "this is too short to be a citation; name the clause as in `regulations/acts`",
}


def shape_findings(
    problem: ValidationError, places: Places, root: type[BaseModel] = Package
) -> Iterator[Finding]:
    """One finding per part that is missing, unknown or of the wrong kind; `root` is what was to be read."""
    for details in problem.errors(include_url=False):
        path, branches = _written(details["loc"], places)
        if not _beside_the_point(details, path, branches, places):
            yield _finding(details, path, places, root)


def _written(loc: tuple[Key, ...], places: Places) -> tuple[Path, list[str]]:
    """The path without pydantic's names of union branches, and those names."""
    path = tuple(part for part in loc if isinstance(part, int) or not _is_branch(part))
    return path, [str(part) for part in loc if not isinstance(part, int) and _is_branch(part)]


def _is_branch(part: str) -> bool:
    return part in {"str", "int", "bool", "Dated", "Text"} or any(mark in part for mark in "[(")


def _beside_the_point(details: ErrorDetails, path: Path, branches: list[str], places: Places) -> bool:
    """Of a choice of shapes, only the one the writer was after is worth a word."""
    if not branches or branches == ["[key]"]:
        return False
    if "only" in path:
        return False
    mapping = isinstance(places.node(path), Branch) or details["type"] in {"missing", "extra_forbidden"}
    plain = "str" in branches or any(branch.startswith("literal") for branch in branches)
    return mapping == plain


def _finding(details: ErrorDetails, path: Path, places: Places, root: type[BaseModel]) -> Finding:
    kind = details["type"]
    if kind == "missing":
        return _missing(path, places)
    if kind == "extra_forbidden":
        return _unknown(path, places, root)
    if "only" in path:
        inner = path[: path.index("only") + 1]
        return error(places.key(inner), "only", _ONLY, spoken(inner))
    if "[key]" in details["loc"]:
        message = f"`{details['input']}` cannot be an id; use lower-case Latin letters, digits and dashes"
        return error(places.key(path), "id", message, spoken(path))
    code, message = _value(details, path)
    return error(places.value(path), code, message, spoken(path))


def _missing(path: Path, places: Places) -> Finding:
    parent, key = path[:-1], str(path[-1])
    place, at = places.key(parent), spoken(parent)
    if key in _LANGUAGES:
        return error(place, "missing-translation", f"`{at}` has no {_LANGUAGES[key]} words; add `{key}`", at)
    if key == "cite":
        return error(place, "missing-cite", f"`{at}` has no `cite`; name the clause it rests on", at)
    whole = at if not parent else f"`{at}`"
    return error(place, "missing-key", f"{whole} has no `{key}`; add it", at)


def _unknown(path: Path, places: Places, root: type[BaseModel]) -> Finding:
    key, known = str(path[-1]), sorted(keys_at(path[:-1], root))
    hint = suggest(key, known) or (f"; known here: {', '.join(known)}" if known else "")
    at = spoken(path)
    return error(places.key(path), "unknown-key", f"there is no key `{key}` here{hint}", at)


def _value(details: ErrorDetails, path: Path) -> tuple[str, str]:
    kind, given = details["type"], details["input"]
    if given is None:
        return "empty-value", f"nothing stands at `{spoken(path)}`; write its value, or remove the key"
    if kind == "literal_error":
        return _choice(str(details.get("ctx", {}).get("expected", "")), given)
    if kind == "string_type":
        return "not-words", f"words are expected here, not {_kind(given)}; put it in quotes if it is meant so"
    if kind == "string_pattern_mismatch":
        return _pattern(given, path)
    if kind in {"model_type", "model_attributes_type"}:
        text = str(details.get("ctx", {}).get("class_name", "")) == "Text"
        return ("missing-translation", _TEXT) if text else ("not-a-mapping", _WORDS["dict_type"])
    return "wrong-value", _WORDS.get(
        kind, "this value does not fit here; see the page on the package language"
    )


def _choice(expected: str, given: object) -> tuple[str, str]:
    choices = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
    shown = given if isinstance(given, str) else _kind(given)
    if choices == ["unconfirmed"]:
        return "not-a-choice", "write {on: DAY, basis: WORDS}, or the word `unconfirmed`"
    return "not-a-choice", f"`{shown}` is not one of {', '.join(choices)}{suggest(str(shown), choices)}"


def _pattern(given: object, path: Path) -> tuple[str, str]:
    if path[-1] == "edition":
        return (
            "edition",
            f"`{given}` does not name an edition; write the act's day and number: 2019-04-25-n2-261",
        )
    return "id", f"`{given}` cannot be an id; use lower-case Latin letters, digits and dashes"


def _kind(value: object) -> str:
    return _NAMED.get(type(value), "a day" if hasattr(value, "isoformat") else "a number")


def keys_at(path: Iterable[Key], root: type[BaseModel]) -> set[str]:
    """The keys the language knows at a path of what is read."""
    found: list[Any] = [root]
    for part in path:
        found = [inner for annotation in found for inner in _into(annotation, part)] or found
    return {name for kind in found if _is_model(kind) for name in _keys(kind)}


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _keys(kind: type[BaseModel]) -> Iterator[str]:
    return (field.alias or name for name, field in kind.model_fields.items())


def _into(annotation: Any, part: Key) -> list[Any]:
    """The types a key or an index of a type leads to, unions laid flat."""
    if _is_model(annotation):
        by_key = {f.alias or name: f.annotation for name, f in annotation.model_fields.items()}
        return _flat(by_key[str(part)]) if part in by_key else []
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is dict:
        return _flat(args[1])
    if origin in {tuple, list} and isinstance(part, int):
        return _flat(args[0])
    return []


def _flat(annotation: Any) -> list[Any]:
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _flat(args[0])
    if origin in {typing.Union, types.UnionType}:
        return [inner for arg in args for inner in _flat(arg)]
    return [annotation]
