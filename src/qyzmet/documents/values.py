"""A recorded value as it is printed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from qyzmet.clock import Language
from qyzmet.identity import Money, money_in_words, read_decimal, written, written_date, written_moment
from qyzmet.regulation.model import Field

__all__ = ["shown"]

YES_NO = {"kk": ("Иә", "Жоқ"), "ru": ("Да", "Нет"), "en": ("Yes", "No")}


def shown(field: Field, value: Any, language: Language) -> str:
    """Money in digits and words, dates in words, choices by name, rows joined; anything else as it is."""
    if field.type == "money":
        amount = Money.of_tenge(Decimal(str(value)))
        # Digits and words, as the acts want amounts written (O109 an.5).
        return str(amount) if language == "en" else f"{amount} ({money_in_words(amount, language)})"
    if field.type == "moment":
        return written_moment(datetime.fromisoformat(str(value)), language)
    if field.type == "date":
        return written_date(date.fromisoformat(str(value)), language)
    if field.type in {"yes-no", "consent"}:
        return YES_NO[language][0 if value else 1]
    if field.type in {"choice", "choices"} and field.choices:
        picked = value if isinstance(value, list) else [value]
        return ", ".join(
            field.choices[p].in_language(language) if p in field.choices else str(p) for p in picked
        )
    if field.type == "number" and language != "en":
        return written(read_decimal(str(value)))
    if field.type == "rows" and field.of:
        return "; ".join(
            ", ".join(shown(field.of[k], v, language) for k, v in row.items() if k in field.of and v)
            for row in value
        )
    return str(value)
