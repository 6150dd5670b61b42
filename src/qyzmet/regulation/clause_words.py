"""A citation as people read it: the act's name and the place in it, in Kazakh, Russian or English.

    clause_in_words("A120 §10(6)", "ru")   # 'Постановление … № 1/20, пункт 10, подпункт 6)'

The words stand in `clause_words.yaml`. An act it does not name keeps its id. A text that is no citation by
the grammar of `regulations/acts` (an order of a body, a sentence) comes back as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from qyzmet.clock import Language
from qyzmet.regulation.acts import split_cite
from qyzmet.regulation.datafile import law_file
from qyzmet.regulation.model import Model, Text

__all__ = ["ClauseWords", "Place", "clause_in_words", "clause_words"]

_NUMBER = r"\d+(?:-\d+)*[a-z]?(?:–\d+[a-z]?)?"
_BRACKETS = re.compile(rf"\(({_NUMBER})\)")
_COUNTED = re.compile(rf" ?(?P<number>{_NUMBER})(?P<brackets>(?:\({_NUMBER}\))*)(?= |$)")
_OWN_ID = re.compile(r"[A-Z][A-Z0-9/-]*(?= |$)")
# The letter of an item the act itself does not number is the product's own.
_LETTERS = str.maketrans("abc", "абв")

Bracket = Literal["sub-item", "point", "part"]


class Place(Text):
    """A numbered place, `{n}` its number; `kk_of` is the genitive that stands before what is within it."""

    kk_of: str | None = None


class ClauseWords(Model):
    """What `clause_words.yaml` holds; the file says what each part is."""

    acts: dict[str, Text]
    articles: dict[str, Bracket]
    brackets: dict[Bracket, Place]
    numbered: dict[str, Place]
    opening: dict[str, Place]
    plain: dict[str, Text]
    dropped: tuple[str, ...]

    def words(self) -> tuple[str, ...]:
        """Every word of the grammar, a longer one before its own beginning."""
        return tuple(
            sorted({*self.numbered, *self.plain, *self.dropped}, key=lambda word: (-len(word), word))
        )


@cache
def clause_words() -> ClauseWords:
    """The words that come with the product."""
    return law_file(Path(__file__).with_suffix(".yaml")).part(ClauseWords)


@lru_cache(maxsize=4096)
def clause_in_words(cite: str, language: Language) -> str:
    """One citation or several joined by '; ': an act is named once while it stays the same, a place once."""
    said: list[str] = []
    told: set[tuple[str, str]] = set()
    before = ""
    for part in split_cite(cite):
        act = _act_of(part)
        places = _places(part, act, language)
        if places is None:
            said.append(part)
            before = ""
            continue
        place = ", ".join(places)
        if (act, place) not in told:
            name = [] if act == before and places else [_name(act, language)]
            said.append(", ".join([*name, *places]))
            told.add((act, place))
            before = act
    return "; ".join(said)


def _act_of(part: str) -> str:
    """The longest beginning that has a name, or the id an act of a deployment has; empty where neither is."""
    named = [act for act in clause_words().acts if part == act or part.startswith((f"{act} ", f"{act}("))]
    own = _OWN_ID.match(part)
    return max(named, key=len) if named else own[0] if own else ""


def _name(act: str, language: Language) -> str:
    known = clause_words().acts.get(act)
    return known.in_language(language) if known else act


def _places(part: str, act: str, language: Language) -> list[str] | None:
    """What stands after the act, piece by piece; None where a word of it is not in the grammar."""
    if not act:
        return None
    rest, first = part[len(act) :].strip(), True
    said: list[str] = []
    while rest:
        read = _read(rest, part, language, first=first)
        if read is None:
            return None
        piece, rest = read
        said += [piece] if piece else []
        first = False
    return said


def _read(rest: str, part: str, language: Language, *, first: bool) -> tuple[str, str] | None:
    """The first piece of `rest` in words, empty where it is dropped, and what is left after it."""
    known = clause_words()
    for word in known.words():
        if not rest.startswith(word):
            continue
        tail = rest[len(word) :]
        counted = _COUNTED.match(tail)
        if counted and (place := (known.opening if first else {}).get(word) or known.numbered.get(word)):
            return _numbered(place, counted, _bracket(word, part), language), tail[counted.end() :].strip()
        left = tail[counted.end() :] if counted else tail
        if left and not left.startswith(" "):
            continue
        if word in known.plain:
            return known.plain[word].in_language(language), left.strip()
        if word in known.dropped:
            return "", left.strip()
    return None


def _bracket(word: str, part: str) -> Bracket:
    """What the first bracket means: the parts of an article are named differently from law to law."""
    if word != "art.":
        return "sub-item"
    kinds: Mapping[str, Bracket] = clause_words().articles
    return next((kind for start, kind in kinds.items() if part.startswith(start)), "point")


def _numbered(place: Place, counted: re.Match[str], first: Bracket, language: Language) -> str:
    """`10(6)` as '10-тармақтың 6) тармақшасы', 'пункт 10, подпункт 6)' or 'point 10(6)'."""
    words = clause_words().brackets
    chain = [(place, counted["number"])]
    for number in _BRACKETS.findall(counted["brackets"]):
        chain.append((words[first if len(chain) == 1 else "sub-item"], number))
    if language == "kk":
        inner = [(each.kk_of or each.kk, number) for each, number in chain[:-1]]
        pieces = [*inner, (chain[-1][0].kk, chain[-1][1])]
        return " ".join(form.format(n=number.translate(_LETTERS)) for form, number in pieces)
    if language == "ru":
        return ", ".join(each.ru.format(n=number.translate(_LETTERS)) for each, number in chain)
    return "".join(each.en.format(n=number) for each, number in chain)
