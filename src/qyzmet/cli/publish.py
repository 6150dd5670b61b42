"""`qyzmet publish [PATH]`: put checked packages into the database, from where cases run.

An edition is published once. A change of it is a revision: `--dry-run` says what it would change for how many
open cases, `--revise` with a reason and an approver carries it out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qyzmet.cli import UsageError, _django
from qyzmet.cli._packages import package_paths

if TYPE_CHECKING:
    from datetime import datetime

    from qyzmet.cases.revising import Report
    from qyzmet.regulation.model import Package

__all__ = ["SUMMARY", "configure", "run"]

SUMMARY = "publish packages, or revise a published edition"
_KINDS = {"texts": "a change of words", "repair": "a repair of law"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", nargs="?", metavar="PATH", help="a package or a folder; default: the shipped ones"
    )
    parser.add_argument(
        "--revise", action="store_true", help="publish changes of published editions as revisions"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be published or revised")
    parser.add_argument(
        "--staff", action="store_true", help="in a demo: put invented officials in the posts nobody holds"
    )
    parser.add_argument("--reason", default="", help="why a revision is made")
    parser.add_argument("--approver", default="", metavar="IIN", help="who approved a repair of law")


def run(args: argparse.Namespace) -> int:
    """Check, then publish in the order of the files; exit 2 when a package is not fit to be published."""
    approver = _approver(args.approver)
    packages = _checked(package_paths(args.path), args.path or "")
    _django.ready()
    now = _django.legal_now()
    done = [_one(package, args, approver, now) for package in packages]
    if args.staff and not args.dry_run:
        _staff(packages, now)
    sys.stdout.write(f"{len(done)} editions, {sum(done)} changed\n")
    return 0


def _staff(packages: list[Package], now: datetime) -> None:
    from qyzmet import demo
    from qyzmet.demo.staffing import staff

    try:
        for each in staff(packages, now):
            sys.stdout.write(f"  {each.post:<28} {each.number}  {each.name}, {each.organisation}\n")
    except demo.DemoRefused as refusal:
        raise UsageError(str(refusal)) from None
    sys.stdout.write(f"  the password of everybody in the demo is {demo.PASSWORD}\n")


def _checked(paths: list[Path], given: str) -> list[Package]:
    """The packages to publish. Raises UsageError when the check has something to say."""
    from qyzmet.cli._sound import demand_clean
    from qyzmet.regulation.loader import load_package

    demand_clean(paths, given)
    loaded = [load_package(path).package for path in paths]
    return [package for package in loaded if package is not None and not package.abstract]


def _one(package: Package, args: argparse.Namespace, approver: str, now: datetime) -> bool:
    """Publish or revise one edition; whether anything changed."""
    from qyzmet.cases import acts, revising
    from qyzmet.cases.models import Edition
    from qyzmet.cases.refusals import ActRefused
    from qyzmet.people.actor import SYSTEM

    name = f"{package.service}/{package.edition}"
    published = (
        Edition.objects.filter(service=package.service, edition=package.edition).order_by("-revision").first()
    )
    try:
        if published is None:
            if not args.dry_run:
                acts.publish_edition(SYSTEM, package, now=now)
            sys.stdout.write(f"{name}: {'would be ' if args.dry_run else ''}published\n")
            return True
        if published.hash == revising.digest(package):
            return False
        report = revising.report(published, package)
        sys.stdout.write(f"{name}: {_KINDS[report.kind]} for {_counted(report.cases)}: {_told(report)}\n")
        if args.dry_run:
            return True
        if not args.revise:
            raise UsageError(
                f"{name} is published and the file differs; look with --dry-run, then publish it with"
                " --revise --reason WHY --approver IIN"
            )
        acts.revise_edition(SYSTEM, package, reason=args.reason, approver=approver, now=now)
    except ActRefused as refusal:
        raise UsageError(f"{name}: {refusal.text['en']}") from None
    return True


def _approver(given: str) -> str:
    """The IIN of who approved the revision, or nothing. Raises UsageError for anything else."""
    from qyzmet.identity import IdentityError, read_iin

    try:
        return str(read_iin(given)) if given else ""
    except IdentityError as problem:
        raise UsageError(f"--approver: {problem}") from None


def _counted(cases: int) -> str:
    return f"{cases or 'no'} open {'case' if cases == 1 else 'cases'}"


def _told(report: Report) -> str:
    steps = ", ".join(f"{step} ({count})" for step, count in report.steps.items())
    lost = ", ".join(report.lost)
    parts = [f"limits change at {steps}" if steps else "no open limit changes"]
    if report.term:
        parts.append("the overall term changes")
    if lost:
        parts.append(f"open cases stand on steps it lacks: {lost}")
    return "; ".join(parts)
