"""`qyzmet due`: when a term is due at a door, and why."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date, datetime
from typing import Any

from qyzmet import clock
from qyzmet.cli import _given
from qyzmet.config.folder import data_folder

SUMMARY = "when a term is due, and which day counted"

_LABELS = {
    "kk": {"filed": "берілді", "registered": "тіркелді", "due": "мерзімі"},
    "ru": {"filed": "подано", "registered": "зарегистрировано", "due": "срок"},
    "en": {"filed": "filed", "registered": "registered", "due": "due"},
}


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--filed",
        required=True,
        type=_given.moment,
        metavar="TIME",
        help="2024-05-03T10:00; without an offset, Almaty time",
    )
    parser.add_argument(
        "--term", required=True, help="'3 working days', '2 hours', '20 minutes', 'pick-up at 10:00, 15:00'"
    )
    parser.add_argument(
        "--hours", default="system", help=", ".join(clock.hours_book()) + " (default: system)"
    )
    parser.add_argument(
        "--suspend",
        action="append",
        type=_suspension,
        default=[],
        metavar="FROM/TO",
        help="an interval the term stood still; a bare date is a whole day; may be repeated",
    )
    parser.add_argument("--explain", action="store_true", help="list each day and the act behind it")
    parser.add_argument("--json", action="store_true", help="filed, registered, due and days as JSON")
    parser.add_argument("--lang", choices=clock.LANGUAGES, default="en", help="language of the reasons")


def run(args: Namespace) -> int:
    """Answer. Raises ClockError, whose text says why not."""
    answer = _answer(args)
    if args.json:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(answer, args)) + "\n")
    return 0


def _answer(args: Namespace) -> dict[str, Any]:
    calendar = clock.national_calendar().with_hours(clock.hours_book().overlaid(data_folder() / "hours.yaml"))
    filed = clock.local(args.filed)
    held: list[clock.Suspension] = args.suspend
    # A suspension in a year nobody holds cannot be judged, even where it would change nothing.
    for each in held:
        calendar.rule(each.first_day, "five")
        calendar.rule(each.last_day, "five")
    registered = clock.registered_at(filed, args.hours, calendar)
    found = clock.due(args.term, registered, args.hours, calendar, held, explain=True)
    return {
        "filed": filed.isoformat(),
        "registered": registered.isoformat(),
        "due": found.moment.isoformat(),
        "days": [_day(day, args.lang) for day in found.days],
    }


def _day(day: clock.DayReason, language: clock.Language) -> dict[str, Any]:
    return {"date": day.date.isoformat(), "counted": day.counted, "why": day.why(language)}


def _lines(answer: dict[str, Any], args: Namespace) -> list[str]:
    labels = _LABELS[args.lang]
    lines = [
        f"{labels[key]:<17}{_face(datetime.fromisoformat(answer[key]), args.lang)}"
        for key in ("filed", "registered", "due")
    ]
    if args.explain:
        lines += ["", *(_day_line(day) for day in answer["days"])]
    return lines


def _face(moment: datetime, language: clock.Language) -> str:
    return f"{moment:%d.%m.%Y %H:%M}, {clock.weekday_name(moment.date(), language)}"


def _day_line(day: dict[str, Any]) -> str:
    when = date.fromisoformat(day["date"])
    return f"  {'+' if day['counted'] else '-'} {when:%d.%m.%Y}  {day['why']}"


def _suspension(words: str) -> clock.Suspension:
    first, slash, last = words.partition("/")
    if not (slash and first.strip() and last.strip()):
        raise ArgumentTypeError(f"{words[:60]!r} needs both ends; write it as 2024-05-06/2024-05-10")
    whole_first, whole_last = _bare(first), _bare(last)
    begin = clock.Suspension.of_days(whole_first, whole_first) if whole_first else None
    end = clock.Suspension.of_days(whole_last, whole_last) if whole_last else None
    try:
        return clock.Suspension(
            begin.start if begin else _given.moment(first), end.end if end else _given.moment(last)
        )
    except clock.ClockError as problem:
        raise ArgumentTypeError(str(problem)) from None


def _bare(words: str) -> date | None:
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        return None
