"""The contact sheet: every page of every role, in kk, ru and en, at 390 and 1440 pixels, with axe on all of them.

    python -m tests.reach.sheet --out out/sheet      # exit 1 when axe finds anything

`--only NAME` and `--role ROLE` take a part of it; `--languages kk`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.reach.house import house

if TYPE_CHECKING:
    from tests.reach.addresses import Found
    from tests.reach.gaze import Fault

LANGUAGES = ("kk", "ru", "en")
WIDTHS = {390: 844, 1440: 900}
SCALES = {390: 0.75, 1440: 0.5}


@dataclass
class Seen:
    """One page as one role saw it: its pictures by language and width, and what is wrong."""

    role: str
    name: str
    path: str
    pictures: dict[tuple[str, int], str] = field(default_factory=dict)
    faults: list[tuple[str, int, Fault]] = field(default_factory=list)
    other: list[str] = field(default_factory=list)


def main() -> int:
    asked = _parser().parse_args()
    out: Path = asked.out
    (out / "pictures").mkdir(parents=True, exist_ok=True)
    with house(asked.cases) as address, ThreadPoolExecutor(asked.jobs) as pool:
        from tests.reach.addresses import everything
        from tests.reach.index import write
        from tests.reach.roles import ROLES

        wanted = [
            each for each in everything()
            if (not asked.only or asked.only in each.name) and (not asked.role or asked.role == each.role)
        ]  # fmt: skip
        parts = [[each for each in wanted if each.role == role] for role in ROLES]
        parts = [part for part in parts if part]
        seen = [
            one
            for each in pool.map(lambda part: _role(address, part, out, asked.languages), parts)
            for one in each
        ]
        write(out / "index.html", seen, asked.languages, tuple(WIDTHS))
    return _told(seen, out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.reach.sheet", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/sheet"))
    parser.add_argument("--only", default="", help="part of the name of an address")
    parser.add_argument("--role", default="")
    parser.add_argument("--languages", nargs="+", default=LANGUAGES, choices=LANGUAGES)
    parser.add_argument(
        "--cases", type=int, default=300, help="of the demo's history; 0: a few, begun at once"
    )
    parser.add_argument("--jobs", type=int, default=2, help="browsers at once")
    return parser


def _role(address: str, part: list[Found], out: Path, languages: tuple[str, ...]) -> list[Seen]:
    """One role's pages, in one browser."""
    from django.db import connection

    from tests.reach.gaze import gaze
    from tests.reach.roles import ROLES

    seen = [Seen(each.role, each.name, each.path) for each in part]
    try:
        with gaze(address) as look:
            for language in languages:
                look.become(ROLES[part[0].role], language)
                for number, one in enumerate(seen):
                    _page(look, one, language, out, number)
    finally:
        connection.close()
    sys.stdout.write(f"  {part[0].role}: {len(seen)} pages\n")
    sys.stdout.flush()
    return seen


def _page(look, one: Seen, language: str, out: Path, number: int) -> None:  # type: ignore[no-untyped-def]
    for width, height in WIDTHS.items():
        look.page.size(width, height)
        if width == min(WIDTHS):
            look.page.open(one.path)
            if look.status >= 500:
                one.other.append(f"{language}: answered with {look.status}")
        if look.page.sideways > 0:
            one.other.append(f"{language} {width}: {look.page.sideways} px too wide")
        one.faults += [(language, width, fault) for fault in look.faults()]
        name = f"pictures/{one.role}-{number:03}-{one.name}-{language}-{width}.webp"
        look.picture(out / name, scale=SCALES[width])
        one.pictures[language, width] = name
    one.other += [f"{language}: {said}" for said in look.page.complaints() if "status of 4" not in said]


def _told(seen: list[Seen], out: Path) -> int:
    pictures = sum(len(each.pictures) for each in seen)
    rules = [each for one in seen for each in one.faults if not each[2].advice]
    advice = sum(len(one.faults) for one in seen) - len(rules)
    other = [f"{one.role} {one.path} {said}" for one in seen for said in one.other]
    for line in _by_rule(seen):
        sys.stdout.write(f"{line}\n")
    for line in other:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(
        f"{len(seen)} pages of {len({one.role for one in seen})} roles, {pictures} pictures;"
        f" axe: {len(rules)} violations, {advice} pieces of advice; {len(other)} other faults; {out / 'index.html'}\n"
    )
    return 1 if rules or other else 0


def _by_rule(seen: list[Seen]) -> Iterator[str]:
    found: dict[tuple[bool, str], list[tuple[str, Fault]]] = {}
    for one in seen:
        for language, width, fault in one.faults:
            found.setdefault((fault.advice, fault.rule), []).append(
                (f"{one.role} {one.path} {language} {width}", fault)
            )
    for (advice, rule), rows in sorted(found.items()):
        yield f"{'advice' if advice else 'VIOLATION'} {rule} on {len(rows)}: {rows[0][1].says}"
        yield from (f"    {where}: {fault.where[0][:2] if fault.where else ''}" for where, fault in rows[:4])


if __name__ == "__main__":
    raise SystemExit(main())
