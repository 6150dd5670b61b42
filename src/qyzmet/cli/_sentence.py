"""What a deployment got wrong, as a sentence instead of a traceback. Imported only when something failed."""

from __future__ import annotations

import sys

from qyzmet.clock import ClockError
from qyzmet.regulation.datafile import LawDataError

__all__ = ["sentence"]


def sentence(problem: Exception) -> str | None:
    """The sentence for whoever runs the command; None for what is a fault of the program."""
    if isinstance(problem, ClockError | LawDataError):
        return str(problem)
    if "django" in sys.modules and (said := _of_the_database(problem)):
        return said
    return None


def _of_the_database(problem: Exception) -> str:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import InterfaceError, OperationalError, ProgrammingError

    if isinstance(problem, ImproperlyConfigured):
        return str(problem)
    if not isinstance(problem, OperationalError | InterfaceError | ProgrammingError):
        return ""
    reason = str(problem).strip().partition("\n")[0]
    if "no such table" in reason or "does not exist" in reason:
        return (
            f"the database is not made ready ({reason}); qyzmet run does that, or check DATABASE_URL and"
            " QYZMET_DATA"
        )
    return f"the database does not answer ({reason}); check DATABASE_URL and QYZMET_DATA"
