"""Cells of a table of figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from qyzmet import clock

register = template.Library()


@register.filter
def is_number(value: Any) -> bool:
    """Whether a cell is written at the right."""
    return isinstance(value, int | float)


@register.filter
def shown(value: Any) -> str:
    """A cell: a moment as `30.09.2024 18:30`, a number with its decimal comma, nothing as a dash."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return f"{clock.local(value):%d.%m.%Y %H:%M}"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)


@register.filter
def unlocalized(value: float) -> str:
    """A length in a drawing, with a point whatever the language."""
    return f"{value:g}"
