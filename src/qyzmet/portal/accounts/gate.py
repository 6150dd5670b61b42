"""In production officials give a second factor: until then they are led to set it up and see nothing else."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from qyzmet.pages import acting

__all__ = ["SecondFactorMiddleware"]

OPEN = ("/account/second-factor", "/sign-out", "/sign-in", "/i18n/", "/health/", "/static/")


class SecondFactorMiddleware:
    """Every page of whoever holds a post, but for the few that lead there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.QYZMET_SECOND_FACTOR and not request.path.startswith(OPEN) and _owes(request):
            return redirect(f"/account/second-factor?next={quote(request.get_full_path())}")
        return self.get_response(request)


def _owes(request: HttpRequest) -> bool:
    if not request.user.is_authenticated or request.user.is_verified():  # type: ignore[attr-defined]
        return False
    return any(each.is_official for each in acting.roles(request))
