"""Before the first request: the folder, the tables, the published packages, the demo."""

from __future__ import annotations

import contextlib
import fcntl
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from qyzmet.cli import UsageError, main

__all__ = ["data_folder", "keys", "prepare", "sign_ins"]


@contextlib.contextmanager
def data_folder(folder: Path) -> Iterator[None]:
    """Make the folder and hold it for one running system. Raises `UsageError` when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "run.lock").open("a")
    except OSError as problem:
        raise UsageError(
            f"the data folder {folder} cannot be written ({problem.strerror}); name another in QYZMET_DATA"
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"Qyzmet already runs on the data folder {folder}; stop it, or name another in QYZMET_DATA"
            ) from None
        yield


def prepare() -> None:
    """Bring tables, packages and demo up to date; every part finds its own work done the second time."""
    from django.conf import settings
    from django.core.management import call_command

    from qyzmet.config import clock

    try:
        clock.start()
    except clock.ClockRefused as problem:
        raise UsageError(str(problem)) from None
    _migrate()
    if settings.PRODUCTION:
        _refuse_a_demos_database()
        call_command("collectstatic", interactive=False, verbosity=0)
    elif settings.QYZMET_WORLD:
        importlib.import_module("qyzmet.config.demo_keys").prepare(settings.QYZMET_DATA / "demo-keys")
        importlib.import_module("qyzmet.demo.history").begin(clock.now())
    importlib.import_module("qyzmet.cases.words.rewording").give()
    if main(["publish"]) != 0:
        raise UsageError("the packages were not published, for the reasons above; qyzmet check tells more")
    if not settings.PRODUCTION:
        importlib.import_module("qyzmet.demo").load(clock.now())
        importlib.import_module("qyzmet.config.demo_keys").prepare(settings.QYZMET_DATA / "demo-keys")


def sign_ins() -> list[str]:
    """One line for each way into the demo; none in production."""
    from django.conf import settings

    if settings.PRODUCTION:
        return []
    return [str(row) for row in importlib.import_module("qyzmet.demo").sign_ins()]


def keys(page: str) -> list[str]:
    """Where the demo's keys are and where one signs with them; `page` is that of the stand-in."""
    from django.conf import settings

    password = importlib.import_module("qyzmet.demo.authority").PASSWORD
    folder = settings.QYZMET_DATA / "demo-keys" / "people"
    return [f"sign at {page} (NCALayer and eGov Mobile played) or with {folder}/*.p12, password {password}"]


def _refuse_a_demos_database() -> None:
    from qyzmet.people.models import Account

    if Account.objects.filter(is_test=True).exists():
        raise UsageError("the database was used by a demo: give production another DATABASE_URL")


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
