"""`qyzmet retention`: whose personal data are past the period they are kept for."""

from __future__ import annotations

import argparse
import sys

from qyzmet.cli import _django

SUMMARY = "list the ended cases whose personal data are due for erasure"


def configure(parser: argparse.ArgumentParser) -> None:
    """Nothing to say; the ticker erases them where QYZMET_ERASE is yes."""


def run(args: argparse.Namespace) -> int:
    """Print a reference a line; nothing is erased."""
    _django.ready()
    from django.conf import settings

    from qyzmet.cases.retention import due

    found = due(_django.legal_now())
    how = "the ticker erases them" if settings.QYZMET_ERASE else "QYZMET_ERASE=yes lets the ticker erase them"
    sys.stdout.write("".join(f"{ref}\n" for ref in found) + f"{len(found)} cases due; {how}\n")
    return 0
