"""Counting attempts, so that nobody tries numbers or codes one after another.

    if not attempts.may("status", place, now): ...   # counted whether or not it is answered
    if attempts.spent("verify", place, now): ...      # only asked; what is wrong is counted by `may`

What is counted is the same for what exists and for what does not: a limit tells a stranger nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from qyzmet.people.models import Attempt

__all__ = ["LIMITS", "may", "spent"]

HOUR = timedelta(hours=1)
LIMITS: dict[str, tuple[int, timedelta]] = {
    "register": (10, HOUR),
    "letter": (3, HOUR),
    "letter-place": (20, HOUR),
    "code": (10, timedelta(minutes=15)),
    "password": (10, timedelta(minutes=15)),
    "signature": (20, HOUR),
    "status": (20, timedelta(minutes=15)),
    "status-number": (20, timedelta(minutes=15)),
    "authority": (30, HOUR),
    "contact": (60, timedelta(minutes=15)),
    "contact-number": (10, timedelta(minutes=15)),
    "verify": (20, timedelta(minutes=15)),
}
"""Kind → how often within which time."""


def may(kind: str, whom: str, now: datetime) -> bool:
    """Count one attempt of `whom` (an address, a number, an account); whether it is within the limit."""
    most, within = LIMITS[kind]
    mine = Attempt.objects.filter(kind=kind, whom=_hidden(kind, whom))
    mine.filter(at__lte=now - within).delete()
    # first: many at once see each other
    made = Attempt.objects.create(kind=kind, whom=_hidden(kind, whom), at=now)
    if mine.filter(pk__lte=made.pk).count() <= most:
        return True
    made.delete()
    return False


def spent(kind: str, whom: str, now: datetime) -> bool:
    """Whether `whom` has no attempt left, without counting one."""
    most, within = LIMITS[kind]
    mine = Attempt.objects.filter(kind=kind, whom=_hidden(kind, whom), at__gt=now - within)
    return mine.count() >= most


def _hidden(kind: str, whom: str) -> str:
    return salted_hmac(f"attempt:{kind}", whom, algorithm="sha256").hexdigest()
