"""`qyzmet tick`: what time alone brings about, once or every few seconds."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from qyzmet.cli import UsageError, _django, _given, _rounds

SUMMARY = "register, time out, warn, mark and seal what is due"


def configure(parser: argparse.ArgumentParser) -> None:
    """Once, or `--every` so many seconds; `--at` moves a demo's clock there first."""
    parser.add_argument("--every", type=_given.seconds, metavar="SECONDS", help="go on until stopped")
    parser.add_argument(
        "--at", type=_given.moment, metavar="2019-06-03T10:00", help="move the demo's clock there first"
    )


def run(args: argparse.Namespace) -> int:
    """Sweep; print what was done when it is done once."""
    _django.ready()
    from qyzmet.cases.sweep import sweep

    if args.at is not None:
        _move(args.at)
    if args.every is not None:
        return _rounds.until_stopped(
            lambda: sum(sweep(_django.legal_now()).values()), pause=args.every, at_once=False
        )
    done = sweep(_django.legal_now())
    sys.stdout.write(", ".join(f"{count} {name}" for name, count in done.items()) + "\n")
    return 0


def _move(moment: datetime) -> None:
    from qyzmet.config import clock

    try:
        clock.move_to(moment)
    except clock.ClockRefused as problem:
        raise UsageError(str(problem)) from None
