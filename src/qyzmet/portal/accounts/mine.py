"""Pages of one's own account: in whatever role one acts, and before any is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

__all__ = ["mine"]

View = Callable[..., HttpResponseBase]


def mine(view: View) -> View:
    """A page for somebody who has signed in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect(f"/sign-in?next={quote(request.get_full_path())}")
        return view(request, *args, **kwargs)

    return guarded
