"""Who is signed in where: the sessions of one account."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from qyzmet.people.models import Account

__all__ = ["count", "end"]


def count(account: Account) -> int:
    """How many sessions the account has."""
    return len(_of(account))


def end(account: Account) -> int:
    """End every session of the account; how many there were."""
    keys = _of(account)
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _of(account: Account) -> list[str]:
    """A session says whose it is only within what it keeps, so each one is read."""
    own = str(account.pk)
    rows = Session.objects.iterator(chunk_size=500)
    return [row.session_key for row in rows if row.get_decoded().get(SESSION_KEY) == own]
