"""By number and password: whoever has an account, but in production nobody the demo made."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

__all__ = ["AccountBackend"]


class AccountBackend(ModelBackend):
    """The demo's people share a password everybody knows; a session of theirs counts no more than that."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account may be used here."""
        return super().user_can_authenticate(user) and not (settings.PRODUCTION and user.is_test)
