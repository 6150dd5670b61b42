"""By number and password: whoever has an account, but in production nobody the demo made."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from qyzmet.people.models import Account
from qyzmet.people.one_row import OneRow

__all__ = ["AccountBackend"]

_ACCOUNTS = OneRow(Account, "id")


class AccountBackend(ModelBackend):
    """The demo's people share a password everybody knows; a session of theirs counts no more than that."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account may be used here."""
        return super().user_can_authenticate(user) and not (settings.PRODUCTION and user.is_test)

    def get_user(self, user_id: Any) -> Account | None:
        """The account a session is of, if it may still be used."""
        found = _ACCOUNTS.get(user_id)
        return found if found is not None and self.user_can_authenticate(found) else None
