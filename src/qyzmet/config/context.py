"""What every page knows of the deployment."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from qyzmet.config import clock as _clock

__all__ = ["clock"]


def clock(request: HttpRequest) -> dict[str, Any]:
    """`clock.now` (aware, the legal moment) and `clock.moved` (show the banner)."""
    return {"clock": {"now": _clock.now(), "moved": _clock.is_moved()}}
