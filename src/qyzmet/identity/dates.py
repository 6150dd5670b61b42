"""Dates as Kazakh, Russian and English documents write them (CLDR), judged in Almaty."""

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
