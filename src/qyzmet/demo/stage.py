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
    """Django on an empty SQLite database in a folder of its own, whatever the environment says."""
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

        _tables()
        try:
            yield
        finally:
            connection.close()


def _tables() -> None:
    """As the models have them, not walking through the migrations, which takes seconds; and the guards."""
    from django.apps import apps
    from django.db import connection

    from qyzmet.cases.journal import guards

    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    guards.install(connection)
