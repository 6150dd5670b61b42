"""The words a case is found by: its number, its applicant, what the form answers.

    begin(case, law, filing)         # a case comes to be
    begin_with(case, said_by(law, applicant, name, form, parties))  # the same, the work done beforehand
    number(case)                     # it is registered
    keep(case, law, filing)          # what it says has changed, or its words are recomputed
    asked("Омарова АЛТ-2019")        # what somebody types, as the beginnings of stored words

A word is folded (`identity.folded`) and written two Latin letters a sign (`identity.sort_key`): plain
comparison then finds and prefixes alike under any collation of either database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qyzmet import identity
from qyzmet.cases import rows
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, CaseWord, Filing
from qyzmet.regulation.model import Field

__all__ = [
    "APPLICANT", "FORM", "NUMBER", "Words", "after", "asked", "begin", "begin_with", "keep", "number",
    "said_by", "words_of",
]  # fmt: skip

Words = dict[tuple[str, int], None]
"""Words as they are stored, each with the depth it is taken from, in their order."""

NUMBER, APPLICANT, FORM = 0, 1, 2
LETTERS = 30
"""Signs of a word that are kept; a longer one is found by its beginning."""
MOST = 400
"""Words of one case: more than any form asks for, fewer than somebody could paste into it."""
READ = frozenset({
    "text", "long-text", "iin", "bin", "iin-or-bin", "iban", "phone", "email", "address", "cadastral-number",
    "person", "rows",
})  # fmt: skip
"""Kinds of answers a case is looked up by."""

_JOINED = re.compile(r"\w+(?:[-:/.]\w+)+")
_NUMBER = re.compile(r"\d[\d\s]{10,}\d")


def key_of(word: str) -> str:
    """A word, or the beginning of one, as it is stored."""
    return identity.sort_key(word[:LETTERS])


def after(key: str) -> str:
    """The first key behind all that begin with `key`."""
    kept = key.rstrip("z")
    return kept[:-1] + chr(ord(kept[-1]) + 1) if kept else key + "z" * 2 * LETTERS


def asked(text: str) -> tuple[str, ...]:
    """The keys of what somebody looks for; each begins a word of the case.

    A number with its dashes or colons, and a long one typed with spaces, is one word.
    """
    text = _NUMBER.sub(lambda found: re.sub(r"\s", "", found[0]), text)
    found = [word for piece in text.split() for word in (_joined(piece) or identity.folded(piece).split())]
    return tuple(dict.fromkeys(key_of(word) for word in found))[:8]


def words_of(case: Case, law: Law, filing: Filing | None) -> set[tuple[str, int]]:
    """Every word of a case with the depth it is taken from."""
    found = _keys(_named(case))
    if filing is not None and not filing.erased:
        found |= said_by(law, case.applicant, filing.applicant_name, filing.form, filing.parties or {})
    return set(list(found)[:MOST])


def said_by(
    law: Law, applicant: str, name: str, form: Mapping[str, Any], parties: Mapping[str, Any]
) -> Words:
    """The words of what is filed, before there is a case."""
    return _keys(_said(law, applicant, name, form, parties))


def begin(case: Case, law: Law, filing: Filing) -> None:
    """Store the words of a new case."""
    _add(case, words_of(case, law, filing))


def begin_with(case: Case, words: Words) -> None:
    """Store the words of a new case that says this."""
    _add(case, set(list(_keys(_named(case)) | words)[:MOST]))


def number(case: Case) -> None:
    """Add the words of a number that was just given."""
    _add(case, {(key_of(word), NUMBER) for word in _words(case.number or "")})


def keep(case: Case, law: Law, filing: Filing | None) -> int:
    """Bring the stored words of a case up to what it says now; how many were wrong."""
    wanted = words_of(case, law, filing)
    there = rows.select(CaseWord, "WHERE case_id = %s", [case.pk])
    stale = [each.pk for each in there if (each.word, each.depth) not in wanted]
    if stale:
        marks = rows.marks(stale)
        rows.run(f"DELETE FROM cases_caseword WHERE id IN ({marks})", stale)  # noqa: S608
    missing = wanted - {(each.word, each.depth) for each in there}
    _add(case, missing)
    return len(stale) + len(missing)


def _add(case: Case, words: set[tuple[str, int]]) -> None:
    if words:
        marks = ", ".join(["(%s, %s, %s)"] * len(words))
        values = [value for word, depth in sorted(words) for value in (case.pk, word, depth)]
        rows.run(f"INSERT INTO cases_caseword (case_id, word, depth) VALUES {marks}", values)  # noqa: S608


def _keys(texts: Iterable[tuple[int, str]]) -> Words:
    return {(key_of(word), depth): None for depth, text in texts for word in _words(text)}


def _named(case: Case) -> Iterator[tuple[int, str]]:
    yield NUMBER, case.ref
    if case.number:
        yield NUMBER, case.number


def _said(
    law: Law, applicant: str, name: str, form: Mapping[str, Any], parties: Mapping[str, Any]
) -> Iterator[tuple[int, str]]:
    yield APPLICANT, applicant
    yield APPLICANT, name
    fields = {key: each for section in law.package.form.values() for key, each in section.fields.items()}
    for text in _answers(fields, form):
        yield FORM, text
    for number in parties.values():
        yield FORM, str(number)


def _answers(fields: Mapping[str, Field], form: Mapping[str, Any]) -> Iterator[str]:
    for key, value in form.items():
        field = fields.get(key)
        if field is None or field.type not in READ:
            continue
        if isinstance(value, list):
            rows_ = [row for row in value if isinstance(row, Mapping)]
            yield from (text for row in rows_ for text in _answers(field.of or {}, row))
        elif isinstance(value, Mapping):
            yield from (text for text in value.values() if isinstance(text, str))
        elif isinstance(value, str):
            yield value


def _words(text: str) -> Iterator[str]:
    for piece in text.split():
        yield from _joined(piece)
        yield from identity.folded(piece).split()


def _joined(piece: str) -> list[str]:
    """A number with signs inside, as one word: `20:313:010:256`, `АЛТ-2019-000001`."""
    found = _JOINED.fullmatch(piece.strip(".,;()«»\"'№"))
    return [identity.folded(piece).replace(" ", "")] if found and re.search(r"\d", piece) else []
