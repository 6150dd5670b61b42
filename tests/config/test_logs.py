"""The technical log: JSON on the error stream, or in a file, with plain warnings for who reads the screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qyzmet.cli import UsageError, run

SAYING = """
import django
django.setup()
import structlog
log = structlog.get_logger("qyzmet.run")
log.info("tick.done", sealed=1)
log.warning("child.died", child="web", code=1)
try:
    1 / 0
except ZeroDivisionError:
    log.exception("round.failed")
"""
ANSWERING = """
import logging
import django
django.setup()
def answered(level, status, name="django.request"):
    logging.getLogger(name).log(level, "%s %s", status, name, extra={"status_code": status})
answered(logging.WARNING, 422)
answered(logging.WARNING, 409)
answered(logging.ERROR, 400, "django.security.DisallowedHost")
answered(logging.ERROR, 500)
logging.getLogger("axes").warning("locked out")
"""
EVENTS = ["tick.done", "child.died", "round.failed"]


def said(tmp_path: Path, saying: str = SAYING, **env: str) -> list[str]:
    """The lines on the error stream."""
    known = {k: v for k, v in os.environ.items() if k not in {"QYZMET_LOG", "DATABASE_URL"}}
    known |= {"DJANGO_SETTINGS_MODULE": "qyzmet.config.settings", "QYZMET_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", saying], env=known | env, capture_output=True, text=True, check=True
    )
    return done.stderr.splitlines()


def events(lines: list[str]) -> list[str]:
    return [json.loads(line)["event"] for line in lines]


def test_without_a_file_it_is_json_on_the_error_stream(tmp_path: Path) -> None:
    assert events(said(tmp_path)) == EVENTS


def test_with_a_file_the_screen_has_only_warnings_in_plain_lines(tmp_path: Path) -> None:
    file = tmp_path / "qyzmet.log"
    assert said(tmp_path, QYZMET_LOG=str(file)) == [
        "qyzmet: child.died child=web code=1", "qyzmet: round.failed"
    ]  # fmt: skip
    lines = file.read_text(encoding="utf-8").splitlines()
    assert events(lines) == EVENTS
    assert "ZeroDivisionError" in json.loads(lines[-1])["exception"]


def test_what_a_visitor_did_wrong_stands_in_the_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "qyzmet.log"
    assert said(tmp_path, ANSWERING, QYZMET_LOG=str(file)) == ["qyzmet: 500 django.request"]
    assert len(file.read_text(encoding="utf-8").splitlines()) == 5


@pytest.mark.parametrize(("mode", "file"), [("demo", "qyzmet.log"), ("production", None)])
def test_a_demos_run_keeps_the_screen_for_people(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: str, file: str | None
) -> None:
    monkeypatch.setenv("QYZMET_ENV", mode)
    monkeypatch.setenv("QYZMET_DATA", str(tmp_path))
    monkeypatch.setenv("QYZMET_LOG", "")
    monkeypatch.delenv("QYZMET_LOG")
    run._log_to_a_file()
    assert os.environ.get("QYZMET_LOG") == (str(tmp_path / file) if file else None)


def test_the_file_is_there_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "qyzmet.log"
    monkeypatch.setenv("QYZMET_LOG", str(file))
    run._open_the_log()
    assert file.read_bytes() == b""
    file.write_bytes(b"earlier\n")
    run._open_the_log()
    assert file.read_bytes() == b"earlier\n"


def test_a_log_that_cannot_be_opened_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QYZMET_LOG", str(tmp_path / "nowhere" / "qyzmet.log"))
    with pytest.raises(UsageError, match="name another file in QYZMET_LOG"):
        run._open_the_log()
