"""How many of the texts people read have been reviewed, by file and language (`reviews.yaml`).

    counted()["office/texts/tasks.yaml"].reviewed["kk"]
    total(counted(), "kk")  # (reviewed, all)

A review is of words, not of a file: when they change it no longer holds. A text that says of itself
`reviewed: false` is unreviewed whatever a line says of its file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from qyzmet.pages.every_text import Said, every_text
from qyzmet.pages.words import LANGUAGES

__all__ = ["FILE", "Counted", "Review", "counted", "digest_of", "reviews", "total"]

FILE = Path(__file__).with_name("reviews.yaml")


@dataclass(frozen=True, slots=True)
class Review:
    """Somebody has read the words of one language in one file."""

    file: str
    language: str
    by: str
    on: date
    digest: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A file: its texts by language, how many of them are reviewed, and by whom."""

    file: str
    texts: dict[str, int]
    reviewed: dict[str, int]
    doubted: int
    by: dict[str, str]


def reviews(path: Path = FILE) -> tuple[Review, ...]:
    """The register of reviews. Raises TypeError, KeyError for a line that is not one."""
    said = yaml.safe_load(path.read_text(encoding="utf-8"))["reviews"]
    return tuple(_review(line) for line in said)


def _review(line: Mapping[str, Any]) -> Review:
    return Review(str(line["file"]), str(line["language"]), str(line["by"]), line["on"], str(line["digest"]))


def digest_of(texts: Iterable[Said], language: str) -> str:
    """Tells changed words from those that were read: 16 hex digits over all of one language, by place."""
    said = "\n".join(f"{each.key}\0{each.words.get(language, '')}" for each in texts)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def counted(found: tuple[Review, ...] | None = None) -> dict[str, Counted]:
    """Every file with texts, in order."""
    by_file: dict[str, list[Said]] = {}
    for each in _all():
        by_file.setdefault(each.file, []).append(each)
    known = {(each.file, each.language): each for each in (reviews() if found is None else found)}
    return {file: _counted(file, texts, known) for file, texts in by_file.items()}


def total(files: Mapping[str, Counted], language: str) -> tuple[int, int]:
    """How many texts of a language are reviewed, and how many there are."""
    return (
        sum(each.reviewed[language] for each in files.values()),
        sum(each.texts[language] for each in files.values()),
    )


@cache
def _all() -> tuple[Said, ...]:
    return tuple(every_text())


def _counted(file: str, texts: list[Said], known: Mapping[tuple[str, str], Review]) -> Counted:
    count, reviewed, by = {}, {}, {}
    for language in LANGUAGES:
        there = [each for each in texts if language in each.words]
        review = known.get((file, language))
        holds = review is not None and review.digest == digest_of(texts, language)
        count[language] = len(there)
        reviewed[language] = sum(not each.doubted for each in there) if holds else 0
        if holds and review is not None:
            by[language] = f"{review.by}, {review.on.isoformat()}"
    return Counted(file, count, reviewed, sum(each.doubted for each in texts), by)
