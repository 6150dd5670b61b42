"""Words, dates and money in templates, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template

from qyzmet import identity
from qyzmet.clock import local
from qyzmet.pages.words import UnknownWords, current_language
from qyzmet.pages.words import say as _say
from qyzmet.regulation.clause_words import clause_in_words

register = template.Library()


@register.simple_tag
def say(key: str, **values: Any) -> str:
    """`{% say "tasks.late" count=3 %}`: a text of the table."""
    return _say(key, **values)


@register.simple_tag
def say_for(key: str, which: str, **values: Any) -> str:
    """`{% say_for "service.state" x %}` is `service.state-<x>`; `say_for "verify" x` is `verify.<x>`."""
    return _say(f"{key}-{which}" if "." in key else f"{key}.{which}", **values)


@register.simple_tag
def life_event(event: str) -> str:
    """A life event's name; one only a deployment's package knows keeps its id."""
    try:
        return _say(f"events.{event}")
    except UnknownWords:
        return event


@register.filter
def words(text: Any) -> str:
    """A package's text (or a mapping of languages) in the language of the page."""
    language = current_language()
    if text is None:
        return ""
    if isinstance(text, dict):
        return str(text.get(language) or text.get("kk") or "")
    return str(getattr(text, language, text))


@register.filter
def clause(cite: str | None) -> str:
    """A citation in words, `10-тармақтың 6) тармақшасы`; the id itself stands in the `title` beside it."""
    return clause_in_words(str(cite), current_language()) if cite else ""


@register.filter
def text_here(row: Any) -> str:
    """The text of a row that keeps it as `text_kk`, `text_ru`, `text_en`."""
    return str(getattr(row, f"text_{current_language()}"))


@register.filter
def day(value: date | datetime | None) -> str:
    """`2024 ж. 10 мамыр`, as CLDR writes it."""
    return identity.written_date(value, _language()) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """`10 мам.` for tables and strips."""
    return identity.written_short_day(value, _language()) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A day and its time on the Almaty clock."""
    return identity.written_moment(value, _language()) if value else ""


@register.filter
def time_of_day(value: datetime | None) -> str:
    return f"{local(value):%H:%M}" if value else ""


@register.filter
def money(value: Decimal | int | None) -> str:
    """`1 234 567,50 ₸` with no-break spaces, in every language; `value` in tenge."""
    return "" if value is None else str(identity.Money.of_tenge(value))


@register.filter
def plain(value: Decimal) -> str:
    """A number with all its digits and no zeros at the end."""
    return identity.written(Decimal(f"{value.normalize():f}"))


@register.filter
def filesize(size: int) -> str:
    """`1,2 МБ`, `340 КБ`; in English `1.2 MB`."""
    if size >= 1024 * 1024:
        mega = f"{size / 1024 / 1024:.1f}"
        return _say("forms.megabytes", size=mega if current_language() == "en" else mega.replace(".", ","))
    return _say("forms.kilobytes", size=max(1, round(size / 1024)))


@register.filter
def at(mapping: Any, key: str) -> Any:
    """The value of a mapping under a key the template has in a variable."""
    return mapping.get(key) if mapping else None


def _language() -> Any:
    return current_language()
