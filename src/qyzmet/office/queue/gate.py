"""Who comes to the pages of the hall: an official whose post takes applications in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache

from qyzmet.cases.accounts import intake_post
from qyzmet.cases.refusals import ActRefused
from qyzmet.office.desk import actor_of, official, page
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import current_language

__all__ = ["counter", "draw", "fault", "number"]

View = Callable[..., HttpResponseBase]


def counter(view: View) -> View:
    """A page of the hall; 403 for every other post."""

    @never_cache
    @official
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not intake_post(actor_of(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def draw(
    request: HttpRequest, template: str, section: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the hall; `section` is the entry of its own menu."""
    return page(request, f"queue/{template}", {"section": section, **context}, at="queue", status=status)


def fault(problem: ActRefused, field: str) -> Fault:
    """A refusal beside the field it is about, or else beside `field`."""
    return Fault(str(problem.hint.get("field", field)), problem.text[current_language()])


def number(text: str, most: int = 9) -> int:
    """A whole number somebody typed or a link brought; 0 for what is none."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= most else 0
