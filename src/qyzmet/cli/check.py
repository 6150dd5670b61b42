"""`qyzmet check [PATH]`: what is wrong in packages, one line each, with its place.

Exit 0 when there is nothing to mend, 1 on errors and unacknowledged notices, 2 when PATH holds no package.
"""

from __future__ import annotations

import argparse
import sys

from qyzmet.cli import UsageError
from qyzmet.cli._packages import package_paths

__all__ = ["SUMMARY", "configure", "run"]

SUMMARY = "check regulation packages: shape, references, flow, citations, time"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", nargs="?", metavar="PATH", help="a package file or a folder; default: the shipped ones"
    )
    parser.add_argument("--all", action="store_true", help="also list notices the package acknowledges")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of the package language")


def run(args: argparse.Namespace) -> int:
    if args.schema:
        from qyzmet.regulation.schema import schema_text

        sys.stdout.write(schema_text())
        return 0
    from qyzmet.regulation.checker.report import check_files

    try:
        report = check_files(package_paths(args.path))
    except OSError as problem:
        message = (
            f"{problem.filename} cannot be read ({problem.strerror}); check the file and its permissions"
        )
        raise UsageError(message) from problem
    for finding in report.findings:
        if args.all or not finding.acknowledged:
            sys.stdout.write(f"{finding}\n")
    sys.stdout.write(report.summary() + "\n")
    return 1 if report.failed else 0
