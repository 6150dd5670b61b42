"""Every text people read, in one list: pages, letters, refusals, printed documents, names of the law.

    for said in every_text(): said.file, said.key, said.words["kk"]

A text is a mapping with `kk`, `ru` and `en` in any YAML file of the product; each plural form and each
paragraph of it stands by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from qyzmet.pages.words import LANGUAGES

__all__ = ["HOUSE", "Said", "every_text", "files_of_texts"]

HOUSE = Path(__file__).parents[1]
NO_TEXTS = {"cases.yaml"}
"""Examples a lawyer reads are checked as tests, not read by the public."""
VARIANTS = "not"
"""The glossary's words that nobody is to read."""


class Said(NamedTuple):
    """One text. `file` is relative to the house; `key` its path inside; `doubted` when it says of itself that
    nobody has confirmed the translation. `form` is set where a language writes it by plural: `other` has the
    words of every language, another form those of the languages that have it."""

    file: str
    key: str
    words: dict[str, str]
    doubted: bool
    form: str = ""


def files_of_texts() -> list[Path]:
    """The YAML files of the product that hold texts, in order."""
    return [path for path in sorted(HOUSE.rglob("*.yaml")) if path.name not in NO_TEXTS and texts_of(path)]


def every_text() -> Iterator[Said]:
    """All of them, by file and place."""
    for path in files_of_texts():
        yield from texts_of(path)


@cache
def texts_of(path: Path) -> tuple[Said, ...]:
    """The texts of one file, in order."""
    name = str(path.relative_to(HOUSE)) if path.is_relative_to(HOUSE) else path.name
    said = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    return tuple(_texts(name, (), said))


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _texts(file: str, at: tuple[str, ...], node: Any) -> Iterator[Said]:
    if isinstance(node, Mapping):
        if set(LANGUAGES) <= set(node):
            yield from _said(file, at, node)
            return
        for key, each in node.items():
            if key == VARIANTS:
                continue
            yield from _texts(file, (*at, str(key)), each)
    elif isinstance(node, list):
        for place, each in enumerate(node):
            yield from _texts(file, (*at, str(place)), each)


def _said(file: str, at: tuple[str, ...], node: Mapping[str, Any]) -> Iterator[Said]:
    """One text, or one for each paragraph; and of one with plurals one for each form."""
    doubted, key = node.get("reviewed") is False, ".".join(at)
    if any(isinstance(node[language], Mapping) for language in LANGUAGES):
        for form, words in _forms(node).items():
            yield Said(file, key, words, doubted, form)
    elif any(isinstance(node[language], list) for language in LANGUAGES):
        for place in range(max(len(node[language]) for language in LANGUAGES)):
            words = {x: str(node[x][place]) for x in LANGUAGES if place < len(node[x])}
            yield Said(file, f"{key}.{place}", words, doubted)
    else:
        # Words that YAML takes for true or false are no words: they come out empty, and a test says so.
        yield Said(
            file,
            key,
            {x: node[x] if isinstance(node[x], str) else _number(node[x]) for x in LANGUAGES},
            doubted,
        )


def _forms(node: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    forms: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        said = node[language] if isinstance(node[language], Mapping) else {"other": node[language]}
        for form, words in said.items():
            forms.setdefault(str(form), {})[language] = str(words)
    return forms


def _number(words: Any) -> str:
    """A bare number is a word too; nothing else is."""
    return str(words) if isinstance(words, int | float) and not isinstance(words, bool) else ""
