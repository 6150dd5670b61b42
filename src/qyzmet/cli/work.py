"""`qyzmet work`: deliver what acts left to be done."""

from __future__ import annotations

import argparse
import sys

from qyzmet.cli import _django, _rounds

SUMMARY = "deliver documents, letters and messages that acts left to be done"
PAUSE = 0.5


def configure(parser: argparse.ArgumentParser) -> None:
    """Go on until stopped, or `--once` until nothing is due."""
    parser.add_argument("--once", action="store_true", help="stop when nothing more is due now")


def run(args: argparse.Namespace) -> int:
    """Deliver in rounds."""
    _django.ready()
    from qyzmet.cases.delivery.outbox import deliver_due

    if not args.once:
        return _rounds.until_stopped(lambda: deliver_due(_django.legal_now()), pause=PAUSE, at_once=True)
    tried = 0
    while count := deliver_due(_django.legal_now()):
        tried += count
    sys.stdout.write(f"{tried} deliveries tried, nothing more is due\n")
    return 0
