"""Addresses that only take what is posted, and what becomes of one that is opened.

@posted_to("/office/cases/{ref}")    # opened, read again or asked in any other way, it leads to that page
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import ResolverMatch

__all__ = ["page_of", "posted_to"]

View = Callable[..., HttpResponseBase]


class SeeOther(HttpResponseRedirect):
    """Whatever the method was, the page is now read."""

    status_code = 303


def posted_to(page: str) -> Callable[[View], View]:
    """A view for POST alone; `page` is the address it belongs to, filled from the address of the view.

    A page drawn in answer to a POST keeps the address of the act; `request.belongs_to` is the one its other
    forms come back to.
    """

    def taking(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            own = _filled(page, kwargs)
            if request.method != "POST":
                return SeeOther(own)
            request.belongs_to = own  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.page = page  # type: ignore[attr-defined]
        return guarded

    return taking


def page_of(match: ResolverMatch) -> str:
    """The page an address that only takes what is posted belongs to; empty for every other address."""
    page = getattr(match.func, "page", "")
    return _filled(page, match.kwargs) if page else ""


def _filled(page: str, kwargs: Mapping[str, Any]) -> str:
    return page.format(**{name: quote(str(value), safe="") for name, value in kwargs.items()})
