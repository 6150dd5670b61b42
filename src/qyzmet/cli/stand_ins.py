"""`qyzmet stand-ins`: in place of NCALayer, a phone, the national authority and a mail server."""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
import threading

from qyzmet.cli import UsageError, _django, _stand_ins

SUMMARY = "play NCALayer, eGov Mobile, the certification authority and a mail server for a demo"


def configure(parser: argparse.ArgumentParser) -> None:
    """The ports; by default those programs' own, or free ones."""
    parser.add_argument("--page", type=_port, help="port of the pages, by default 13580")
    parser.add_argument(
        "--ncalayer", type=_port, help="port of NCALayer, by default 13579; 0: do not play it"
    )
    parser.add_argument("--mail", type=_port, help="port of the mail server, by default 13525; 0: none")
    parser.add_argument("--quiet", action="store_true", help="say nothing where they answer")


def run(args: argparse.Namespace) -> int:
    """Answer until stopped."""
    _django.ready()
    from django.conf import settings

    if settings.PRODUCTION:
        raise UsageError("production has no stand-ins: people sign with NCALayer and eGov Mobile")
    chosen = _stand_ins.choose()
    page = chosen.page if args.page is None else args.page
    port = chosen.socket if args.ncalayer is None else args.ncalayer
    mail = chosen.mail if args.mail is None else args.mail
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        running = importlib.import_module("qyzmet.demo.standins.running")
        with running.stand_ins(page, port or None, mail or None) as found:
            if not args.quiet:
                said = found.addresses
                places = " ".join(filter(None, (said.page, said.ncalayer, said.mail)))
                sys.stdout.write(f"stand-ins answer at {places}\n")
                sys.stdout.flush()
            running.write_keystores()
            stop.wait()
    except OSError as problem:
        raise UsageError(f"the stand-ins cannot listen ({problem.strerror}); give other ports") from None
    return 0


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port, a number up to 65535")
    return int(text)
