"""Django made ready for a command; what the deployment got wrong becomes the command's one sentence."""

from __future__ import annotations

import os
from datetime import datetime

from qyzmet.cli import UsageError

__all__ = ["legal_now", "ready"]


def ready() -> None:
    """Set Django up."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qyzmet.config.settings")
    django.setup()


def legal_now() -> datetime:
    """The legal moment, aware, UTC, after `ready()`. Raises `UsageError` when the clock is refused."""
    from qyzmet.config import clock

    try:
        return clock.now()
    except clock.ClockRefused as problem:
        raise UsageError(str(problem)) from None
