"""The link in a letter by which a forgotten password is set anew: it works once, and for an hour.

It is kept nowhere. It is signed, and holds a digest of what its use changes: the password, the address the
letter went to and the last sign-in. So it ends with the first of these that changes.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from qyzmet.people.models import Account

__all__ = ["LASTS", "link_for", "whose"]

LASTS = timedelta(hours=1)
SALT = "people.links"


def link_for(account: Account, now: datetime) -> str:
    """The end of the address, for the letter."""
    return signing.dumps([account.pk, now.isoformat(), _state(account)], salt=SALT)


def whose(link: str, now: datetime) -> Account | None:
    """The account of a link that may still be used; None for any other."""
    try:
        pk, made, state = signing.loads(link, salt=SALT)
        made_at = datetime.fromisoformat(made)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if not made_at <= now < made_at + LASTS:
        return None
    account = Account.objects.filter(pk=pk, is_active=True).first()
    return account if account and constant_time_compare(state, _state(account)) else None


def _state(account: Account) -> str:
    last = account.last_login.isoformat() if account.last_login else ""
    said = "\n".join((account.password, account.email, last))
    return salted_hmac(SALT, said, algorithm="sha256").hexdigest()
