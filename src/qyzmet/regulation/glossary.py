"""The official words in Kazakh, Russian and English, each with the clauses it is taken from.

    load_glossary()["hearing"].name.kk   # 'тыңдау'

`regulations/glossary.yaml` is the source; `docs/glossary.md` is `as_markdown` of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from qyzmet.regulation.datafile import LAW, law_file
from qyzmet.regulation.model import Cite, Model, Text

__all__ = ["Section", "Term", "as_markdown", "load_glossary", "load_sections"]

_HEAD = """\
# Glossary

The words of the product and of the acts, in Kazakh, Russian and English, with the clauses they come from.
Pages, documents and code use them in this spelling. Printed from `src/qyzmet/regulations/glossary.yaml` by
`qyzmet glossary > docs/glossary.md`; change the source, not this page.
"""


class Term(Model):
    """One word: its name in three languages, what it means, and its source."""

    name: Text
    meaning: str = ""
    cite: Cite


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
