"""`qyzmet sheet`: the ten rows of main requirements of a service."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from datetime import date

from qyzmet.cli import UsageError, _django, _given
from qyzmet.cli._package import add_options, chosen_package, put
from qyzmet.clock import local
from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.parameters import NoValue, load_parameters
from qyzmet.regulation.printing import sheet, sheet_html, sheet_text

SUMMARY = "the ten-row sheet of a service's main requirements"


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    add_options(parser, ("text", "html", "json"))
    parser.add_argument(
        "--on", type=_given.day, metavar="DAY", help="the day its values are told for, default today"
    )


def run(args: Namespace) -> int:
    """Print the sheet in the format asked for."""
    package = chosen_package(args)
    try:
        made = sheet(package, load_acts(), args.lang, args.on or _today(), parameters=load_parameters())
    except NoValue as problem:
        raise UsageError(str(problem)) from problem
    if args.format == "json":
        return put(args, json.dumps(made.as_data(), ensure_ascii=False, indent=2))
    return put(args, sheet_html(made) if args.format == "html" else sheet_text(made))


def _today() -> date:
    _django.ready()
    return local(_django.legal_now()).date()
