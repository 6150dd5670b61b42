"""`qyzmet calendar`: lay a calendar act over the calendar in use and judge open deadlines again."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qyzmet.cli import UsageError, _django

if TYPE_CHECKING:
    from qyzmet.cases.dates.recompute import Moved
    from qyzmet.clock import DayRule

SUMMARY = "apply a calendar act: days off, make-up days, and the deadlines they move"
SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """`apply FILE`: `name` and `days` as in the product's calendars."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="apply")
    apply = parts.add_parser("apply", help="lay the days of a file over the calendar")
    apply.add_argument("file", type=Path, help="a YAML file with days, as in the calendars of the product")
    apply.add_argument("--name", help="the act's own title; by default the basis of its first day")
    apply.add_argument("--dry-run", action="store_true", help="only say what would move")


def run(args: argparse.Namespace) -> int:
    """Apply the act, wait until every process knows it, then recompute; a run cut off is taken up."""
    from qyzmet import clock

    try:
        rules = clock.read_rules(args.file)
    except (clock.ClockError, OSError) as problem:
        raise UsageError(f"{args.file} cannot be read as a calendar act: {problem}") from None
    if not rules:
        raise UsageError(f"{args.file} changes no day; list the days the act changes under days")
    _django.ready()
    return _preview(rules) if args.dry_run else _apply(args.name or rules[0].basis, rules)


def _preview(rules: Sequence[DayRule]) -> int:
    from qyzmet import clock
    from qyzmet.cases.dates import recompute

    try:
        moved = recompute.preview(rules, _django.legal_now())
    except clock.ClockError as problem:
        raise UsageError(str(problem)) from None
    lines = [_line(each) for each in moved[:SHOWN]]
    if len(moved) > SHOWN:
        lines.append(f"… and {len(moved) - SHOWN} more")
    lines.append(f"{len(moved)} open deadlines would move; nothing was changed")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _line(each: Moved) -> str:
    from qyzmet import clock

    old, new = (f"{clock.local(moment):%Y-%m-%d %H:%M}" for moment in (each.old, each.new))
    return f"{each.row.subject} {each.row.duty}: {old} -> {new}"


def _apply(name: str, rules: Sequence[DayRule]) -> int:
    from qyzmet.cases.acts.change_calendar import change_calendar
    from qyzmet.cases.dates import calendars, recompute
    from qyzmet.cases.refusals import ActRefused
    from qyzmet.people.actor import SYSTEM

    now = _django.legal_now()
    try:
        change = change_calendar(SYSTEM, name, rules, now=now)
    except ActRefused as problem:
        raise UsageError(problem.text["en"]) from None
    if change.finished_at is not None:
        sys.stdout.write(
            f"calendar act {change.no} was applied before; {change.moved} deadlines moved then\n"
        )
        return 0
    # Until every process has asked anew, one may still open a step by the old days.
    time.sleep(2 * calendars.KEPT)
    recompute.run(change, now=_django.legal_now())
    sys.stdout.write(f"calendar act {change.no} applied; {change.moved} open deadlines moved\n")
    return 0
