"""`qyzmet words`: work out anew the words cases are found by, and say how many were not as they should be."""

from __future__ import annotations

import argparse
import sys

from qyzmet.cli import _django

SUMMARY = "recompute the words cases are searched by"


def configure(parser: argparse.ArgumentParser) -> None:
    """Nothing to say: it may run at any time, beside whatever else goes on."""


def run(args: argparse.Namespace) -> int:
    """Print how many cases were read and how many words were wrong."""
    _django.ready()
    from qyzmet.cases.words.rewording import reword

    done = reword()
    sys.stdout.write(f"{done.cases} cases read, {done.wrong} words were missing or stale and are right now\n")
    return 0
