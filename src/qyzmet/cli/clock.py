"""`qyzmet clock`: what time the law thinks it is, and in a demo, moving it."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from qyzmet.cli import UsageError, _django, _given
from qyzmet.clock import local

SUMMARY = "show the legal clock; in a demo, move it forward"


def configure(parser: argparse.ArgumentParser) -> None:
    """Nothing to show the clock; `--to`, `--by` or `--next` to move it."""
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--to", type=_given.moment, metavar="2019-06-03T10:00", help="a moment of Almaty, or with offset"
    )
    way.add_argument("--by", type=_given.minutes, metavar="MINUTES", help="so many minutes on")
    way.add_argument("--next", action="store_true", help="the next moment something falls due")


def run(args: argparse.Namespace) -> int:
    """Move if asked, then print the moment; every process on the data folder follows."""
    _django.ready()
    from qyzmet.config import clock

    target = _target(args, _django.legal_now())
    try:
        if target is not None:
            clock.move_to(target)
        moved = clock.is_moved()
    except clock.ClockRefused as problem:
        raise UsageError(str(problem)) from None
    moment = local(_django.legal_now())
    sys.stdout.write(f"{moment:%Y-%m-%dT%H:%M:%S%z} {'moved' if moved else 'real'}\n")
    return 0


def _target(args: argparse.Namespace, now: datetime) -> datetime | None:
    if args.to is not None or args.by is not None:
        moment: datetime = args.to or now + args.by
        return moment
    if not args.next:
        return None
    from qyzmet.config.next_due import next_due

    found = next_due(now)
    if found is None:
        raise UsageError("nothing falls due after this moment, so there is nowhere to move; use --to or --by")
    return found
