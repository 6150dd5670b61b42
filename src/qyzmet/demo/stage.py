"""A database for the length of one command: its own folder, never the deployment's, gone afterwards.

Import it before Django's settings; they are read from the environment once.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["throw_away"]

DEPLOYMENT = ("DATABASE_URL", "QYZMET_CLOCK", "QYZMET_SEALS", "QYZMET_SECRET_KEY", "QYZMET_DEBUG")
IN_A_HURRY = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
"""Nothing here has to survive the machine, or even the command."""


@contextmanager
def throw_away() -> Iterator[None]:
    """Django on an empty, migrated SQLite database in a folder of its own, whatever the environment says."""
    with tempfile.TemporaryDirectory(prefix="qyzmet-") as folder:
        for name in DEPLOYMENT:
            os.environ.pop(name, None)
        os.environ |= {
            "QYZMET_DATA": folder,
            "QYZMET_ENV": "demo",
            "DJANGO_SETTINGS_MODULE": "qyzmet.config.settings",
        }
        import django
        from django.conf import settings

        settings.DATABASES["default"]["OPTIONS"]["init_command"] = IN_A_HURRY
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        settings.LOGGING["loggers"]["qyzmet"]["level"] = "ERROR"
        django.setup()
        from django.db import connection

        _migrate()
        try:
            yield
        finally:
            connection.close()


def _migrate() -> None:
    """Only our own tables, and those they lean on."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("qyzmet.")}
    executor = MigrationExecutor(connection)
    executor.migrate([leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] in ours])
