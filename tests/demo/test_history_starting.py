"""The history of a fresh data folder is played whole or not at all, and once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

BEGIN = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from datetime import datetime
from qyzmet.clock import ALMATY
from qyzmet.config import demo_keys
from qyzmet.demo.history import starting
from django.conf import settings
demo_keys.prepare(settings.QYZMET_DATA / "demo-keys")
starting.EVERY = 0
print(starting.begin(datetime(2019, 6, 3, 10, tzinfo=ALMATY), cases=6).cases)
"""


def started(data: Path) -> subprocess.Popen[str]:
    known = ("DATABASE_URL", "QYZMET_CLOCK", "QYZMET_SEALS")
    env = {name: value for name, value in os.environ.items() if name not in known}
    env |= {"QYZMET_DATA": str(data), "DJANGO_SETTINGS_MODULE": "qyzmet.config.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def cases(data: Path) -> int:
    with sqlite3.connect(data / "qyzmet.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM cases_case").fetchone()[0])


def verified(data: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "QYZMET_DATA": str(data), "DATABASE_URL": "", "QYZMET_CLOCK": ""}
    asked = [sys.executable, "-m", "qyzmet", "journal", "verify"]
    return subprocess.run(asked, env=env, capture_output=True, text=True, check=False)


@pytest.mark.full
@pytest.mark.once
def test_killed_in_the_middle_it_leaves_nothing_and_is_played_anew(tmp_path: Path) -> None:
    first = started(tmp_path)
    assert first.stderr is not None
    # Deep in the second month: seals lie in their folder, and no transaction has ended.
    for line in first.stderr:
        if line.startswith("qyzmet: ") and ".05.2019" in line:
            break
    first.send_signal(signal.SIGKILL)
    first.wait()
    first.stderr.close()
    assert cases(tmp_path) == 0
    assert list((tmp_path / "seals").glob("*.seal"))
    second = started(tmp_path)
    said, _ = second.communicate()
    assert said.strip() == "6"
    assert cases(tmp_path) == 6
    done = verified(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    third = started(tmp_path)
    assert third.communicate()[0].strip() == "0"
    assert cases(tmp_path) == 6
