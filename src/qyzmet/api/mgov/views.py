"""Both services. The phone has no session: the token of the QR code lets it see, the token of API №1 lets it
sign.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from qyzmet import evidence
from qyzmet.api.mgov.offering import documents_of, secret_of, told
from qyzmet.api.mgov.taking import signatures_in, take
from qyzmet.api.problems import Problem, answer, problem
from qyzmet.config import clock
from qyzmet.config.requests import drain

__all__ = ["documents", "request"]

log = structlog.get_logger("qyzmet.mgov")
View = Callable[[HttpRequest, Any], HttpResponse]


def for_phones(*methods: str) -> Callable[[View], Callable[[HttpRequest, str], HttpResponse]]:
    """A view of an open request; everything that is wrong becomes a problem document."""

    def made(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
        @csrf_exempt
        @never_cache
        @wraps(view)
        def called(request: HttpRequest, token: str) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise problem("method-not-allowed")
                return view(request, _open(token))
            except Problem as found:
                drain(request)
                response = answer(found)
                if found.status == 401:
                    response["WWW-Authenticate"] = "Bearer"
                if found.status == 405:
                    response["Allow"] = ", ".join(methods)
                return response

        return called

    return made


@for_phones("GET", "HEAD")
def request(request: HttpRequest, row: Any) -> HttpResponse:
    """API №1."""
    return JsonResponse(told(row))


@for_phones("GET", "HEAD", "PUT")
def documents(request: HttpRequest, row: Any) -> HttpResponse:
    """API №2."""
    _, _, given = request.headers.get("Authorization", "").partition("Bearer ")
    if not constant_time_compare(given.strip(), secret_of(row)):
        raise problem("not-authorised")
    if request.method != "PUT":
        return JsonResponse(documents_of(row))
    take(row, signatures_in(row, _body(request)), clock.now())
    log.info("mgov.received", purpose=row.purpose, items=len(row.items))
    return JsonResponse({"code": "200", "message": "success"})


def _open(token: str) -> Any:
    if not settings.QYZMET_MGOV:
        raise problem("request-unknown")
    row = evidence.find_by_phone(token, clock.now())
    if row is None:
        ended = evidence.SigningRequest.objects.filter(phone_token=token).exists()
        raise problem("request-ended" if ended else "request-unknown")
    if len(row.received) == len(row.items):
        raise problem("already-received")
    return row


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig as wrong:
        raise problem("too-large") from wrong
