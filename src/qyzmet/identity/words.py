"""Numbers and sums in words, Kazakh and Russian, as contracts and decisions write them.

Kazakh takes the financial form with `бір` before a hundred and a thousand, leaving no room to add a word.
Tiyn stay in figures, two digits, after the tenge.
"""

from __future__ import annotations

from typing import Literal

from qyzmet.identity.errors import IdentityError
from qyzmet.identity.money import Money

Language = Literal["kk", "ru"]
Gender = Literal["masculine", "feminine", "neuter"]

_LIMIT = 10**18
_KK_ONES = ("", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
_KK_TENS = ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")
_KK_SCALES = ("", "мың", "миллион", "миллиард", "триллион", "квадриллион")

_RU_ONES = ("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")
_RU_TEENS = (
    "десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать",
    "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать",
)  # fmt: skip
_RU_TENS = (
    "", "", "двадцать", "тридцать", "сорок",
    "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто",
)  # fmt: skip
_RU_HUNDREDS = (
    "", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот",
)  # fmt: skip
_RU_SCALES = (
    ("тысяча", "тысячи", "тысяч"),
    ("миллион", "миллиона", "миллионов"),
    ("миллиард", "миллиарда", "миллиардов"),
    ("триллион", "триллиона", "триллионов"),
    ("квадриллион", "квадриллиона", "квадриллионов"),
)
_RU_GENDERED = {"feminine": {1: "одна", 2: "две"}, "neuter": {1: "одно"}, "masculine": {}}


def in_words(number: int, language: Language, gender: Gender = "masculine") -> str:
    """A whole number in words; `gender` is that of the Russian noun counted. Below 10¹⁸ by size."""
    if abs(number) >= _LIMIT:
        raise IdentityError("words-size", given=str(number)[:40])
    if number < 0:
        return "минус " + in_words(-number, language, gender)
    if number == 0:
        return "нөл" if language == "kk" else "ноль"
    groups = _groups(number)
    said = [
        _kk_group(group, scale) if language == "kk" else _ru_group(group, scale, gender)
        for scale, group in reversed(list(enumerate(groups)))
        if group
    ]
    return " ".join(said)


def money_in_words(amount: Money, language: Language) -> str:
    """`бір мың екі жүз теңге 50 тиын`, `одна тысяча двести тенге 50 тиынов`."""
    tenge, tiyn = divmod(abs(amount.tiyn), 100)
    minus = "минус " if amount.tiyn < 0 else ""
    if language == "kk":
        return f"{minus}{in_words(tenge, 'kk')} теңге {tiyn:02d} тиын"
    return f"{minus}{in_words(tenge, 'ru')} тенге {tiyn:02d} {plural(tiyn, 'тиын', 'тиына', 'тиынов')}"


def plural(count: int, one: str, few: str, many: str) -> str:
    """The form of a Russian noun after a whole number: 1 день, 2 дня, 5 дней, 11 дней, 21 день."""
    tens, ones = abs(count) % 100, abs(count) % 10
    if ones == 1 and tens != 11:
        return one
    return few if 2 <= ones <= 4 and not 12 <= tens <= 14 else many


def _groups(number: int) -> list[int]:
    groups = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    return groups


def _kk_group(group: int, scale: int) -> str:
    hundreds, rest = divmod(group, 100)
    words = [_KK_ONES[hundreds], "жүз"] if hundreds else []
    words += [_KK_TENS[rest // 10], _KK_ONES[rest % 10], _KK_SCALES[scale]]
    return " ".join(word for word in words if word)


def _ru_group(group: int, scale: int, gender: Gender) -> str:
    noun_gender: Gender = gender if scale == 0 else "feminine" if scale == 1 else "masculine"
    hundreds, rest = divmod(group, 100)
    words = [_RU_HUNDREDS[hundreds]]
    if 10 <= rest <= 19:
        words.append(_RU_TEENS[rest - 10])
    else:
        words += [_RU_TENS[rest // 10], _RU_GENDERED[noun_gender].get(rest % 10, _RU_ONES[rest % 10])]
    if scale:
        words.append(plural(group, *_RU_SCALES[scale - 1]))
    return " ".join(word for word in words if word)
