"""Error pages: what happened, why, and what to do; also where the database is what failed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

__all__ = ["bad_request", "locked_out", "not_found", "permission_denied", "server_error"]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
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
    """The page is too old, or came from elsewhere."""
    return render(request, "portal/error.html", {"kind": "stale"}, status=403)
