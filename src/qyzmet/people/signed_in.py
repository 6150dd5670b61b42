"""Who is signed in where: the sessions of one account."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session

from qyzmet.people.models import Account, SignIn

__all__ = ["count", "end", "end_one", "listed", "moved", "noted"]


def noted(account: Account, session_key: str, *, now: datetime, place: str, agent: str) -> SignIn:
    """Remember a session that has just begun; what is over of the account's is forgotten."""
    gone = set(_keys(account)) - set(_alive(account))
    SignIn.objects.filter(session_key__in=gone - {session_key}).delete()
    said = {"account": account, "since": now, "place": place[:45], "agent": agent[:200]}
    row, _ = SignIn.objects.update_or_create(session_key=session_key, defaults=said)
    return row


def moved(old: str, new: str) -> None:
    """A session goes on under another key, as after a change of password."""
    SignIn.objects.filter(session_key=old).update(session_key=new)


def listed(account: Account) -> list[SignIn]:
    """The account's sessions, the newest first."""
    return list(SignIn.objects.filter(account=account, session_key__in=_alive(account)).order_by("-id"))


def count(account: Account) -> int:
    """How many sessions the account has."""
    return len(_alive(account))


def end(account: Account, *, but: str = "") -> int:
    """End every session of the account, but for the one with the key `but`; how many there were."""
    keys = [key for key in _alive(account) if key != but]
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(account=account).exclude(session_key=but).delete()
    return len(keys)


def end_one(account: Account, pk: int) -> bool:
    """End one session, if it is this account's; whether there was one."""
    row = SignIn.objects.filter(account=account, pk=pk).first()
    if row is None:
        return False
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()
    return True


def _keys(account: Account) -> list[str]:
    return list(SignIn.objects.filter(account=account).values_list("session_key", flat=True))


def _alive(account: Account) -> list[str]:
    found = Session.objects.filter(session_key__in=_keys(account))
    return list(found.values_list("session_key", flat=True))
