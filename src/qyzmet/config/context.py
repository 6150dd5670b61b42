"""What every page knows of the deployment."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from qyzmet.cases.deployment import windows
from qyzmet.config import clock as _clock

__all__ = ["clock", "maintenance"]


def clock(request: HttpRequest) -> dict[str, Any]:
    """`clock.now` (aware, the legal moment), `clock.moved` (by somebody), `clock.movable` (in a demo)."""
    movable = not settings.PRODUCTION
    return {"clock": {"now": _clock.now(), "moved": _clock.is_moved(), "movable": movable}}


def maintenance(request: HttpRequest) -> dict[str, Any]:
    """`maintenance`: the works that are under way or near, for the banner of every page."""
    return {"maintenance": windows.near(_clock.now())}
