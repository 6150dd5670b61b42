"""Model fields that are ours."""

from __future__ import annotations

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["Json"]


class Json(models.JSONField):
    """JSON without a CHECK in the schema.

    SQLite opened with an untrusted schema refuses JSON_VALID in one, and the value is made by our own
    encoder.
    """

    def db_check(self, connection: BaseDatabaseWrapper) -> None:
        """No constraint."""
        return
