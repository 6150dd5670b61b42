"""Keys stored beside a name so that both databases find and sort Kazakh alike.

SQLite compares Cyrillic only letter for letter and puts Ә after Я; PostgreSQL depends on its collation.
"""

from __future__ import annotations

import re
import unicodedata

_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_ORDER = " 0123456789abcdefghijklmnopqrstuvwxyz" + _ALPHABET
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

# A person without a Kazakh keyboard types the nearest Russian letter.
_NEAREST = str.maketrans("әғқңөұүһіё", "агкноуухие")
# A Latin letter of the same look inside a Cyrillic word.
_LOOKALIKE = str.maketrans("aeopcyxkmthi", "аеорсухкмтһі")
_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def folded(text: str) -> str:
    """Lower case, words and digits only, Kazakh letters as the nearest Russian: `Қазақ ұлы` → `казак улы`.

    Fold both the stored name and what is searched for; then plain comparison finds it.
    """
    return " ".join(_cyrillic(word).translate(_NEAREST) for word in _words(text))


def sort_key(text: str) -> str:
    """A key of small Latin letters whose plain order is the Kazakh alphabet's: А Ә Б … У Ұ Ү … Ы І Ь Э Ю Я.

    Two letters a sign, so any collation of either database sorts it alike: spaces, digits, Latin, Cyrillic,
    others.
    """
    return " ".join(_cyrillic(word) for word in _words(text)).translate(_CODES)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("_", " "))


def _cyrillic(word: str) -> str:
    return word.translate(_LOOKALIKE) if _CYRILLIC.search(word) else word


def _code(sign: str) -> str:
    place = _ORDER.find(sign)
    if place >= 0:
        return _LETTERS[place // 26] + _LETTERS[place % 26]
    number, letters = ord(sign), ""
    for _ in range(5):
        number, rest = divmod(number, 26)
        letters = _LETTERS[rest] + letters
    return "z" + letters


class _Codes(dict[int, str]):
    """The codes of the usual signs; that of another is worked out, and not kept."""

    def __missing__(self, number: int) -> str:
        return _code(chr(number))


_CODES = _Codes({ord(sign): _code(sign) for sign in _ORDER})
