"""The official words in Kazakh, Russian and English, each with the clauses it is taken from.

    load_glossary()["hearing"].name.kk   # 'тыңдау'

`regulations/glossary.yaml` is the source; `docs/glossary.md` is `as_markdown` of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from qyzmet.regulation.datafile import LAW, law_file
from qyzmet.regulation.model import Cite, Model, Text

__all__ = ["Section", "Slip", "Term", "Variants", "as_markdown", "load_glossary", "load_sections", "slips"]

_HEAD = """\
# Glossary

The words of the product and of the acts, in Kazakh, Russian and English, with the clauses they come from.
Pages, documents and code use them in this spelling. Printed from `src/qyzmet/regulations/glossary.yaml` by
`qyzmet glossary > docs/glossary.md`; change the source, not this page.
"""


class Variants(Model):
    """Words that stand for a term elsewhere and not here, by language; `*` is the rest of a word."""

    kk: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Term(Model):
    """One word: its name in three languages, what it means, its source, and the words it is `not` told by."""

    name: Text
    meaning: str = ""
    cite: Cite
    not_: Variants = Variants()


class Slip(NamedTuple):
    """A term told by another word: the term's id, the variant of the glossary, and what stands there."""

    term: str
    variant: str
    found: str


class Section(Model):
    """Terms that belong together."""

    name: Text
    terms: dict[str, Term]


def load_glossary() -> Mapping[str, Term]:
    """All terms by id."""
    return {key: term for section in load_sections() for key, term in section.terms.items()}


@lru_cache(maxsize=2)
def load_sections(path: Path = LAW / "glossary.yaml") -> tuple[Section, ...]:
    """The terms in the order of the page. Raises LawDataError."""
    file = law_file(path)
    sections = tuple(file.part(Section, "sections", n) for n in range(len(file.said.get("sections", ()))))
    seen: set[str] = set()
    for number, section in enumerate(sections):
        for key in section.terms:
            if key in seen:
                message = f"the term '{key}' stands in two sections; keep one"
                raise file.fault(message, "sections", number, "terms", key)
            seen.add(key)
    return sections


def slips(words: str, language: str) -> Iterator[Slip]:
    """Where words of one language tell a term otherwise than the glossary does."""
    for key, variant, pattern in _patterns(language):
        found = pattern.search(words)
        if found is not None:
            yield Slip(key, variant, found.group(0))


@lru_cache(maxsize=3)
def _patterns(language: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (key, variant, _pattern(variant))
        for key, term in load_glossary().items()
        for variant in getattr(term.not_, language)
    )


def _pattern(variant: str) -> re.Pattern[str]:
    """Whole words, with any ending where a `*` stands."""
    words = r"\s+".join(re.escape(each).replace(r"\*", r"[\w-]*") for each in variant.split())
    return re.compile(rf"(?<![\w-]){words}(?![\w-])", re.IGNORECASE)


def as_markdown(sections: tuple[Section, ...]) -> str:
    """The page of all terms: a table for each section."""
    parts = [_HEAD]
    for section in sections:
        parts.append(f"\n## {section.name.en}\n\n*{section.name.kk} · {section.name.ru}*\n\n")
        parts.append("| қазақша | русский | English | meaning | source |\n|---|---|---|---|---|\n")
        parts += [_row(term) for term in section.terms.values()]
    return "".join(parts)


def _row(term: Term) -> str:
    return f"| {term.name.kk} | {term.name.ru} | **{term.name.en}** | {term.meaning} | {term.cite} |\n"
