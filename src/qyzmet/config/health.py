"""Is the process alive, and can it serve: for a supervisor or a balancer."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

__all__ = ["live", "ready"]


def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return HttpResponse("live\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        return HttpResponse(f"the database does not answer: {type(problem).__name__}\n", "text/plain", 503)
    return HttpResponse("ready\n", content_type="text/plain")
