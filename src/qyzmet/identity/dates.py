"""Dates as Kazakh, Russian and English documents write them (CLDR), judged in Almaty.

`written_…` stands by itself: under a heading, after a colon, in a table. `said_…` stands inside a sentence.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from qyzmet.clock import local

Language = Literal["kk", "ru", "en"]
Style = Literal["short", "medium", "long", "full"]

# `en` alone is American in CLDR: month first.
_LOCALES = {"kk": "kk", "ru": "ru", "en": "en_GB"}


def written_date(day: date, language: Language, style: Style = "long") -> str:
    """`2026 ж. 21 қараша`, `21 ноября 2026 г.`, `21 November 2026`; a moment is taken on its Almaty day."""
    from babel.dates import format_date

    plain = local(day).date() if isinstance(day, datetime) else day
    return format_date(plain, style, locale=_LOCALES[language])


def written_moment(moment: datetime, language: Language, style: Style = "long") -> str:
    """The date and the time of day in Almaty: `2026 ж. 21 қараша, 10:00`."""
    return f"{written_date(moment, language, style)}, {local(moment):%H:%M}"


def said_date(day: date, language: Language) -> str:
    """A date inside a sentence. In Kazakh in digits, `21.11.2026`: in words it would need the ending the
    sentence asks for (21 қарашада, 21 қарашаға дейін)."""
    plain = local(day).date() if isinstance(day, datetime) else day
    return f"{plain:%d.%m.%Y}" if language == "kk" else written_date(plain, language)


def said_moment(moment: datetime, language: Language) -> str:
    """A moment inside a sentence: `21.11.2026 10:00`, `21 ноября 2026 г., 10:00`."""
    between = " " if language == "kk" else ", "
    return f"{said_date(moment, language)}{between}{local(moment):%H:%M}"


def written_short_day(day: date, language: Language) -> str:
    """`21 қар.`, `21 нояб.`, `21 Nov`: a day without its year, for strips and narrow columns."""
    from babel.dates import format_skeleton

    plain = local(day).date() if isinstance(day, datetime) else day
    return format_skeleton("MMMd", plain, locale=_LOCALES[language])
