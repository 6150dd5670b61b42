"""`qyzmet stand-ins`: where they listen, what the others are told, and that production has none."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from websockets.sync.client import connect

from qyzmet.cli import _stand_ins
from qyzmet.config.egov import read_egov


def test_they_listen_on_the_usual_ports_or_on_free_ones() -> None:
    with socket.socket() as taken:
        taken.bind((_stand_ins.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert _stand_ins.free(port) != port
    assert _stand_ins.free(port) == port


def test_the_deployments_own_ncalayer_is_left_alone() -> None:
    assert _stand_ins.choose({"QYZMET_NCALAYER": "wss://127.0.0.1:13579"}).socket is None
    assert _stand_ins.choose({"QYZMET_NCALAYER": "ws://192.0.2.7:13579"}).socket is None
    assert _stand_ins.choose({"QYZMET_NCALAYER": "ws://localhost:14000"}).socket == 14000


def test_the_deployments_own_mail_server_is_left_alone() -> None:
    assert _stand_ins.choose({"QYZMET_SMTP": "smtp://mail.example.kz"}).mail is None
    assert _stand_ins.choose({}).mail is not None


def test_the_other_processes_find_them_by_the_environment() -> None:
    env = {"QYZMET_TSA": "http://tsa.example/"}
    _stand_ins.tell(_stand_ins.Places(page=13999, socket=13998, mail=13997), env)
    assert env == {
        "QYZMET_STAND_IN": "http://127.0.0.1:13999/",
        "QYZMET_NCALAYER": "ws://127.0.0.1:13998",
        "QYZMET_OCSP": "http://127.0.0.1:13999/ocsp",
        "QYZMET_CRL": "http://127.0.0.1:13999/crl/gost.crl http://127.0.0.1:13999/crl/rsa.crl",
        "QYZMET_SMTP": "smtp+plain://127.0.0.1:13997",
        "QYZMET_TSA": "http://tsa.example/",
        "QYZMET_STATE_DATA": "http://127.0.0.1:13999/shep",
    }


def test_signing_in_by_egov_stays_off_until_a_client_is_named() -> None:
    off: dict[str, str] = {}
    _stand_ins.tell(_stand_ins.Places(page=13999, socket=None), off)
    assert not read_egov(production=False, env=off).offered
    env = {"QYZMET_EGOV_CLIENT": "demo", "QYZMET_EGOV_SECRET": "demo"}
    _stand_ins.tell(_stand_ins.Places(page=13999, socket=None), env)
    asked = read_egov(production=False, env=env)
    assert asked.offered
    assert asked.authorize == "http://127.0.0.1:13999/egov"
    assert {urlsplit(each).port for each in (asked.token, asked.person)} == {13999}


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "QYZMET_DATA": str(folder), "QYZMET_CLOCK": "2019-06-03T10:00", **more}


def test_they_answer_until_they_are_stopped(tmp_path: Path) -> None:
    page, layer, mail = (str(_stand_ins.free(0)) for _ in range(3))
    program = subprocess.Popen(
        [sys.executable, "-m", "qyzmet", "stand-ins", "--page", page, "--ncalayer", layer, "--mail", mail],
        env=environment(tmp_path), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None
    said = program.stdout.readline()
    assert (
        said
        == f"stand-ins answer at http://127.0.0.1:{page}/ ws://127.0.0.1:{layer} smtp+plain://127.0.0.1:{mail}\n"
    )
    with urllib.request.urlopen(f"http://127.0.0.1:{page}/control", timeout=60) as answer:
        assert json.load(answer)["waiting"] == []
    with connect(f"ws://127.0.0.1:{layer}") as connection:
        assert "version" in json.loads(connection.recv())["result"]
    with urllib.request.urlopen(f"http://127.0.0.1:{page}/crl/gost.crl", timeout=60) as answer:
        assert answer.read(1) == b"\x30"
    program.send_signal(signal.SIGTERM)
    assert program.wait(30) == 0


def refused(folder: Path, *args: str, **env: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "qyzmet", "stand-ins", *args],
        env=environment(folder, **env), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((_stand_ins.HOST, 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert "the stand-ins cannot listen" in refused(tmp_path, "--page", port, "--ncalayer", "0")


def test_production_has_none(tmp_path: Path) -> None:
    env = {
        "QYZMET_ENV": "production",
        "QYZMET_SECRET_KEY": "x" * 60,
        "QYZMET_HOSTS": "qyzmet.example",
        "QYZMET_CLOCK": "",
    }
    assert "production has no stand-ins" in refused(tmp_path, **env)
