"""Sessions in the database, as Django keeps them; the query every page asks is put together once."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session

from qyzmet.people.one_row import OneRow

__all__ = ["SessionStore"]

_SESSIONS = OneRow(Session, "session_key")


class SessionStore(InDatabase):
    """Its name is Django's too: it is a part of what a session's data is signed with."""

    def _get_session_from_db(self) -> Session | None:
        found = _SESSIONS.get(self.session_key)
        if found is not None and self.get_expiry_age(expiry=found.expire_date) >= 0:
            return found
        self._session_key = None
        return None
