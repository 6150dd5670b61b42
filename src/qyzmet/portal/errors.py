"""Error pages: what happened, why, and what to do; also where the database is what failed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from qyzmet.config import requests
from qyzmet.pages.signing import views as signatures
from qyzmet.portal import keeping

__all__ = ["bad_request", "locked_out", "not_found", "permission_denied", "server_error"]

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not to be read (400), or too much of it (413), when it is taken off the line before it is refused."""
    if isinstance(exception, TOO_MUCH):
        requests.drain(request)
        return render(request, "portal/error.html", {"kind": "large"}, status=413)
    return render(request, "portal/error.html", {"kind": "bad"}, status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/error.html", {"kind": "denied"}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/error.html", {"kind": "missing"}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Made without session or database, since one of them may be the reason."""
    return HttpResponse(render_to_string("portal/error_bare.html"), status=500)


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords for this number from this place (the pause is a quarter of an hour)."""
    return render(request, "portal/error.html", {"kind": "locked"}, status=429)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page is too old, or came from elsewhere.

    What was typed is kept where pages keep it, and so is a signature: signing in in another tab after the
    session ended makes this one too old.
    """
    match = request.resolver_match
    if match is not None and match.url_name == "sign" and request.method == "POST":
        signatures.keep(request, match.kwargs["token"])
        return redirect("sign", match.kwargs["token"])
    if keeping.is_kept(match) and request.method == "POST":
        return keeping.ask_again(request)
    return render(request, "portal/error.html", {"kind": "stale"}, status=403)
