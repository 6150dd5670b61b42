"""Every citation the product makes: in packages, in other law data, and in source text.

In source text (`.py`, `.typ`, `.html`) a citation is what follows the word `Cites:`, several joined by '; ',
on as many lines as it needs:

    Cites: A120 §5(2); A120 §8(2);
        A120 §9(3); the step's own clause.

A part that begins with `the` is words and no citation: it stands where the clause is another one each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qyzmet.regulation.acts import split_cite
from qyzmet.regulation.datafile import LAW, read_law
from qyzmet.regulation.loader import load_tree
from qyzmet.regulation.model import Model, Package

__all__ = ["Citation", "citations", "cites_in_package", "cites_in_text"]

PRODUCT = LAW.parent
_IN_TEXT = re.compile(r"\bCites:\s+((?:[^;\n\"<]+;\s+)*[^;\n\"<]+)")
_CITING_FIELDS = ("cite", "not_set", "hearing_not_required", "signed", "none")
_MARKS = re.compile(r"[\s.]*(?:-->|#\}|\*/)?$")
_DATA = ("regulations", "clock")
_SOURCES = frozenset({".py", ".typ", ".html"})


@dataclass(frozen=True, slots=True)
class Citation:
    """One clause or run of clauses cited, and the file that does it, relative to the product's folder."""

    cite: str
    path: str


def citations(root: Path = PRODUCT) -> Iterator[Citation]:
    """All citations below the product's folder. A package that cannot be read makes none (`qyzmet check`)."""
    yield from _in_packages(root)
    yield from _in_data(root)
    yield from _in_sources(root)


def cites_in_package(part: Package | Model) -> Iterator[str]:
    """Every citation of a package or of one of its parts, joined ones as they stand."""
    for field in type(part).model_fields:
        value = getattr(part, field)
        if field in _CITING_FIELDS and isinstance(value, str):
            yield value
        else:
            yield from _nested(value)


def cites_in_text(text: str) -> Iterator[str]:
    """What follows `Cites:` in source text, without the full stop or end of comment after it."""
    for found in _IN_TEXT.finditer(text):
        for cite in split_cite(" ".join(found[1].split())):
            if not cite.startswith("the "):
                yield _MARKS.sub("", cite)


def _nested(value: Any) -> Iterator[str]:
    if isinstance(value, Model):
        yield from cites_in_package(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _nested(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _nested(part)


def _in_packages(root: Path) -> Iterator[Citation]:
    for loaded in load_tree(root / "regulations").values():
        if loaded.package is not None and not loaded.abstract:
            for cite in cites_in_package(loaded.package):
                yield from _split(cite, loaded.path, root)


def _in_data(root: Path) -> Iterator[Citation]:
    for folder in _DATA:
        for path in sorted((root / folder).rglob("*.yaml")):
            if path.name not in {"service.yaml", "cases.yaml"}:
                for cite in _under_cite(_without_clauses(read_law(path))):
                    yield from _split(cite, path, root)


def _without_clauses(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in {"clauses", "acts"}}


def _under_cite(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "cite" and isinstance(value, str):
                yield value
            else:
                yield from _under_cite(value)
    elif isinstance(data, list):
        for value in data:
            yield from _under_cite(value)


def _in_sources(root: Path) -> Iterator[Citation]:
    for path in sorted(root.rglob("*")):
        if path.suffix in _SOURCES and path.name != Path(__file__).name:
            for cite in cites_in_text(path.read_text(encoding="utf-8")):
                yield Citation(cite, path.relative_to(root).as_posix())


def _split(cite: str, path: Path, root: Path) -> Iterator[Citation]:
    for part in split_cite(cite):
        yield Citation(part, path.relative_to(root).as_posix())
