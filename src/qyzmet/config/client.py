"""From where a request comes, so that wrong passwords are counted by place."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

__all__ = ["address"]


def address(request: HttpRequest) -> str:
    """The address of the other end; behind the deployment's own proxy, the one that proxy saw.

    The proxy adds what it saw at the end of X-Forwarded-For; whatever stands before is only said.
    """
    peer = str(request.META.get("REMOTE_ADDR") or "")
    if not settings.QYZMET_BEHIND_PROXY:
        return peer
    seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(seen))
    except ValueError:
        return peer
