"""Finding a service by words: three languages, any case and order, Kazakh letters or the nearest Russian.

    rate(package, "субсидиялар мал")    # how well it answers; 0 where one of the words is nowhere
    close(package, "зымыран субсидия")  # how many of the words it has

A word fits another by its beginning, since Kazakh and Russian words end in many ways.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile

from qyzmet import identity
from qyzmet.pages.words import say, table
from qyzmet.regulation.model import Package

__all__ = ["close", "fits", "rate"]

LANGUAGES = ("kk", "ru", "en")
SHORT, STEM, ENDING = 3, 4, 3
"""A word of up to `SHORT` letters is whole but for an ending; two words of one stem share at least `STEM`."""
NAMED, TOLD = 2, 1
"""A word of the name or of the package's own search words weighs more than one of the summary."""
MOST_WORDS = 12


def rate(package: Package, words: str) -> int:
    """How well a service answers the words; 0 where one of them is nowhere."""
    weights = [_weight(package, word) for word in _asked(words)]
    return sum(weights) if all(weights) else 0


def close(package: Package, words: str) -> int:
    """How many of the words a service has."""
    return sum(1 for word in _asked(words) if _weight(package, word))


def fits(asked: str, word: str) -> bool:
    """Whether a word asked for (`субсидиялар`) and one standing there (`субсидия`) are one; both folded."""
    if word.startswith(asked):
        return len(asked) > SHORT or len(word) <= len(asked) + ENDING
    if asked.startswith(word) and len(word) > 1 and len(asked) - len(word) <= min(ENDING, len(word)):
        return True
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(asked, word, strict=False)))
    return same >= max(STEM, len(asked) - ENDING)


def _asked(words: str) -> list[str]:
    return identity.folded(words).split()[:MOST_WORDS]


def _weight(package: Package, asked: str) -> int:
    named, told = _standing(package.service, _named(package), _told(package))
    if any(fits(asked, word) for word in named):
        return NAMED
    return TOLD if any(fits(asked, word) for word in told) else 0


@lru_cache(maxsize=256)
def _standing(service: str, named: str, told: str) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(identity.folded(f"{service} {named}").split()), frozenset(identity.folded(told).split())


def _named(package: Package) -> str:
    names = [package.name.in_language(language) for language in LANGUAGES]
    return " ".join([*names, *package.words])


def _told(package: Package) -> str:
    """Summary, body and life events; an event only a deployment's package knows has no words here."""
    texts = [package.provider, *([package.summary] if package.summary else [])]
    told = [text.in_language(language) for text in texts for language in LANGUAGES]
    known = [event for event in package.life_events if f"events.{event}" in table()]
    return " ".join([*told, *(say(f"events.{event}", language) for event in known for language in LANGUAGES)])
