"""A database of its own for a measurement: migrated, with the demo's people and the packages, removed at exit."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache

__all__ = ["NOW", "ready"]

NOW = datetime(2019, 6, 3, 5, 0, tzinfo=UTC)
"""Monday 3 June 2019, 10:00 in Almaty: the moment everything is measured at."""


@cache
def ready() -> str:
    """Set Django up on a throw-away SQLite database and load the demo into it; the folder's path."""
    folder = tempfile.mkdtemp(prefix="qyzmet-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {
        "QYZMET_DATA": folder,
        "DJANGO_SETTINGS_MODULE": "qyzmet.config.settings",
        "QYZMET_CLOCK": "",
    }
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    from qyzmet import demo
    from qyzmet.cases import acts
    from qyzmet.people.actor import SYSTEM
    from qyzmet.regulation.loader import load_tree

    call_command("migrate", interactive=False, verbosity=0)
    demo.load(NOW)
    for loaded in load_tree().values():
        if loaded.package is not None and not loaded.package.abstract:
            acts.publish_edition(SYSTEM, loaded.package, now=NOW)
    return folder
