"""`qyzmet run` refuses, in one sentence, what it cannot start on."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def refused(tmp_path: Path, **env: str) -> str:
    """The one sentence of a start that does not come about."""
    done = subprocess.run(
        [sys.executable, "-m", "qyzmet", "run"],
        env={
            **os.environ,
            "QYZMET_DATA": str(tmp_path / "data"),
            "QYZMET_PORT": "0",
            "QYZMET_CLOCK": "",
            **env,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    return done.stderr


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"port {port} of 127.0.0.1 cannot be opened" in refused(tmp_path, QYZMET_PORT=port)


@pytest.mark.parametrize("port", ["0", "65536", "eight thousand", "-1"])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    assert "a number from 1 to 65535" in refused(tmp_path, QYZMET_PORT=port)


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = refused(tmp_path, QYZMET_PORT=free_port(), QYZMET_DATA=str(tmp_path / "file" / "data"))
    assert "cannot be written (Not a directory)" in said


def test_a_data_folder_somebody_runs_on(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with (tmp_path / "data" / "run.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "Qyzmet already runs on the data folder" in refused(tmp_path, QYZMET_PORT=free_port())


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    said = refused(tmp_path, QYZMET_PORT=free_port(), DATABASE_URL="postgres://clerk@127.0.0.1:1/service")
    assert "the database does not answer" in said


def test_a_clock_set_to_no_moment(tmp_path: Path) -> None:
    assert "not a moment" in refused(tmp_path, QYZMET_PORT=free_port(), QYZMET_CLOCK="Monday")


def test_production_without_a_key(tmp_path: Path) -> None:
    assert "set QYZMET_SECRET_KEY" in refused(tmp_path, QYZMET_PORT=free_port(), QYZMET_ENV="production")
