"""`qyzmet run`: all that one machine needs (web, worker, ticker), with the demo in it."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from qyzmet.cli import UsageError, _django, _given, _prepare, _stand_ins
from qyzmet.cli._supervisor import Child, Supervisor
from qyzmet.config.folder import data_folder

SUMMARY = "start web, worker and ticker, with the demo"
WAIT_FOR_WEB = 60.0


def configure(parser: argparse.ArgumentParser) -> None:
    """The port, the address, the number of web processes and the ticker's pace."""
    port = os.environ.get("QYZMET_PORT") or "8000"
    bind = os.environ.get("QYZMET_BIND") or "127.0.0.1"
    parser.add_argument("--port", default=port, help="by default QYZMET_PORT, or 8000")
    parser.add_argument("--bind", default=bind, help="by default QYZMET_BIND, or 127.0.0.1")
    workers = min(os.cpu_count() or 1, 4)
    parser.add_argument("--workers", type=_given.count, default=workers, help="web processes")
    parser.add_argument("--every", type=_given.seconds, default=5.0, help="seconds between two ticks")


def run(args: argparse.Namespace) -> int:
    """Prepare the data, start the processes, print the way in, and watch until asked to stop."""
    port = _port(args.port, args.bind)
    _log_to_a_file()
    _django.ready()
    from django.conf import settings

    try:
        with _prepare.data_folder(settings.QYZMET_DATA):
            _open_the_log()
            _prepare.prepare()
            places = None if settings.PRODUCTION else _stand_ins.choose()
            supervisor = Supervisor(_children(args, port, places))
            supervisor.start()
            supervisor.watch(on_round=_Greeting(f"http://{args.bind}:{port}", places))
    except KeyboardInterrupt:
        return 130
    return 0


def _log_to_a_file() -> None:
    """A demo's screen is for people; production logs to the error stream, for whoever collects it."""
    if os.environ.get("QYZMET_ENV", "demo") == "demo":
        os.environ.setdefault("QYZMET_LOG", str(data_folder() / "qyzmet.log"))


def _open_the_log() -> None:
    """Whoever is told of the file finds it, though nothing has been written yet."""
    file = os.environ.get("QYZMET_LOG")
    if not file:
        return
    try:
        with Path(file).open("a"):
            pass
    except OSError as problem:
        raise UsageError(
            f"the log {file} cannot be opened ({problem.strerror}); name another file in QYZMET_LOG"
        ) from None


def _port(text: str, bind: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise UsageError(f"the port is {text!r}; QYZMET_PORT takes a number from 1 to 65535")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, int(text)))
        except OSError as problem:
            raise UsageError(
                f"port {text} of {bind} cannot be opened ({problem.strerror}); stop what uses it,"
                " or choose another in QYZMET_PORT"
            ) from None
    return int(text)


def _children(args: argparse.Namespace, port: int, places: _stand_ins.Places | None) -> list[Child]:
    """Web, worker and ticker; in a demo its stand-ins, which the others find by the environment."""
    python = sys.executable
    web = [python, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    web += ["--host", args.bind, "--port", str(port), "--workers", str(args.workers)]
    web += ["--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "10"]
    others = [
        Child("web", [*web, "qyzmet.config.wsgi:application"]),
        Child("worker", [python, "-m", "qyzmet", "work"]),
        Child("ticker", [python, "-m", "qyzmet", "tick", "--every", str(args.every)]),
    ]
    if places is None:
        return others
    _stand_ins.tell(places)
    ports = ["--page", str(places.page), "--ncalayer", str(places.socket or 0)]
    ports += ["--mail", str(places.mail or 0)]
    return [Child("stand-ins", [python, "-m", "qyzmet", "stand-ins", "--quiet", *ports]), *others]


class _Greeting:
    """Prints the address and the ways in once, as soon as the web answers."""

    def __init__(self, address: str, places: _stand_ins.Places | None) -> None:
        self.address, self.places = address, places
        self.done = False
        self.give_up = time.monotonic() + WAIT_FOR_WEB

    def __call__(self) -> None:
        if self.done:
            return
        self.done = _answers(self.address)
        if self.done:
            lines = [
                f"Qyzmet answers at {self.address}",
                *_prepare.sign_ins(),
                *self._keys(),
                *_log(),
                "Ctrl-C stops it.",
            ]
            sys.stdout.write("\n".join(lines) + "\n")
            sys.stdout.flush()
        elif time.monotonic() > self.give_up:
            self.done = True
            sys.stderr.write(
                f"qyzmet: {self.address} does not answer yet; the lines above or the log may say why\n"
            )

    def _keys(self) -> list[str]:
        if self.places is None:
            return []
        mail = [f"read its letters at {self.places.address}mailbox"] if self.places.mail else []
        return [*_prepare.keys(self.places.address), *mail]


def _log() -> list[str]:
    file = os.environ.get("QYZMET_LOG")
    return [f"the technical log is in {file}"] if file else []


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/ready", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except urllib.error.HTTPError as problem:
        return problem.code < 500
    except OSError:
        return False
