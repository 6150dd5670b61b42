"""`qyzmet rehearse SERVICE`: one case through every step, in a database that is thrown away afterwards.

Real acts by real posts on a stepped clock; nothing of the deployment is read or touched. Exit 0 when the case
came to its end and the journal verifies, 1 when it is stuck, 2 for what cannot be asked for.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qyzmet.cli import UsageError
from qyzmet.cli._package import add_way, chosen_package, chosen_variant, package_path
from qyzmet.cli._sound import demand_sound

if TYPE_CHECKING:
    from qyzmet.demo.rehearsal import Rehearsal, Row
    from qyzmet.regulation.model import Package

__all__ = ["SUMMARY", "configure", "run"]

SUMMARY = "play one case of a service through every step, and say when each was due and done"


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("service", metavar="SERVICE", help="a service's id, or the path of a package")
    add_way(parser)
    parser.add_argument("--at", metavar="TIME", help="when it is filed, as 2019-06-03T10:00; Almaty time")
    parser.add_argument("--outcome", metavar="NAME", help="the ending; default: the first positive one")
    parser.add_argument("--list", action="store_true", help="list ways in, variants and outcomes")
    pace = parser.add_mutually_exclusive_group()
    pace.add_argument("--at-limits", action="store_true", help="do every step at its due moment")
    pace.add_argument("--late", metavar="STEP", help="do this step after its due moment")
    parser.add_argument("--json", action="store_true", help="one JSON object a line for each step")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="leave the sealed documents (PDF) there, and what to trust"
    )


def run(args: Namespace) -> int:
    """Read the package, then play it."""
    package = chosen_package(args)
    demand_sound([package_path(args.service)], args.service)
    variant = chosen_variant(package, args)
    at = _moment(args.at) if args.at else None
    from qyzmet.demo.stage import throw_away

    with throw_away():
        from qyzmet.demo import rehearsal

        try:
            if args.list:
                return _list(package, args.json)
            script = rehearsal.read_script(package_path(args.service))
            pace = rehearsal.Pace(args.at_limits, args.late)
            wish = rehearsal.Wish(args.channel, variant, args.outcome)
            with _printing(args.out):
                done = rehearsal.rehearse(script, wish, at=at, pace=pace)
                papers = _left(done, args.out)
            _show(package, done, args.json)
            if args.out and not args.json:
                sys.stdout.writelines(f"{path}\n" for path in papers)
        except rehearsal.Stuck as problem:
            sys.stderr.write(f"qyzmet: {problem}\n")
            return 1
        except rehearsal.CannotRehearse as problem:
            raise UsageError(str(problem)) from None
    return 0


def _printing(folder: Path | None) -> AbstractContextManager[None]:
    """Officials sign the documents of their steps where somebody wants to have them."""
    if folder is None:
        return nullcontext()
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"--out {folder} is a file; name a folder")
    from qyzmet.demo.rehearsal.papers import printing

    return printing()


def _left(done: Rehearsal, folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    from qyzmet.demo.rehearsal.papers import leave

    return leave(folder, done.rows[-1].done)


def _moment(words: str) -> datetime:
    from qyzmet.clock import ALMATY

    try:
        moment = datetime.fromisoformat(words.strip())
    except ValueError:
        raise UsageError(f"--at {words[:40]!r} is not a moment; write it as 2019-06-03T10:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)


def _list(package: Package, as_json: bool) -> int:
    from qyzmet.demo.rehearsal import outcomes

    known = outcomes(package)
    variants = {name: list(options) for name, options in package.variants.items()}
    if as_json:
        said = {"service": package.service, "channels": list(package.channels), "variants": variants}
        sys.stdout.write(json.dumps({**said, "outcomes": known}, ensure_ascii=False) + "\n")
        return 0
    lines = [f"{package.service} {package.edition}", f"channels  {', '.join(package.channels)}"]
    lines += [f"variants  {name}: {', '.join(options)}" for name, options in variants.items()]
    width = max(map(len, known))
    lines += [f"outcomes  {name:<{width}}  {kind}" for name, kind in known.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _show(package: Package, done: Rehearsal, as_json: bool) -> None:
    if as_json:
        sys.stdout.writelines(json.dumps(row.plain(), ensure_ascii=False) + "\n" for row in done.rows)
        return
    way = ", ".join([done.way.channel, *done.way.variant.values()])
    lines = [f"{package.service} {package.edition}: {way}, ends in {done.exit}", *_table(done)]
    if done.case is not None:
        ended, due = _face(done.case.ended_at), _face(done.case.due)
        lines.append(
            f"registered {_face(done.case.registered_at)}"
            + (f", term {due}" if due else "")
            + f", ended {ended}"
        )
    sys.stdout.write("\n".join([*lines, f"journal: {done.entries} entries, verified"]) + "\n")


def _table(done: Rehearsal) -> list[str]:
    from qyzmet.people.models import Account

    names = {account.number: account.full_name for account in Account.objects.all()}
    counted = any(row.number is not None for row in done.rows)
    rows = [("", "step", "actor", "who", "org", "opened", "due", "done", "", "clause")]
    rows += [
        (
            _number(row, counted, place), row.step, row.actor, names.get(row.person, ""), row.org,
            _face(row.opened), _face(row.due) or "–", _face(row.done), "late" if row.late else "", row.cite,
        )
        for place, row in enumerate(done.rows, 1)
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return ["  ".join([*(f"{c:<{w}}" for c, w in zip(row, widths, strict=False)), row[-1]]) for row in rows]


def _number(row: Row, counted: bool, place: int) -> str:
    """The act's own number of the step where it has one, else the place in the list."""
    if counted:
        return "" if row.number is None else str(row.number)
    return str(place)


def _face(moment: datetime | None) -> str:
    from qyzmet.clock import local

    return f"{local(moment):%d.%m.%Y %H:%M}" if moment else ""
