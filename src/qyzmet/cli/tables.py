"""`qyzmet tables`: the step tables an act prints and the business-process reference."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from qyzmet.cli import UsageError
from qyzmet.cli._package import add_options, add_way, chosen_package, chosen_variant, put
from qyzmet.regulation.engine import NoPath
from qyzmet.regulation.printing import reference, step_tables, tables_html, tables_text

SUMMARY = "the act's step tables and the business-process reference"


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    add_options(parser, ("text", "html", "json"))
    add_way(parser)


def run(args: Namespace) -> int:
    """Print the tables in the format asked for."""
    package = chosen_package(args)
    asked = package, args.lang, args.channel, chosen_variant(package, args)
    try:
        if args.format == "json":
            tables = [table.as_data() for table in step_tables(*asked)]
            data = {"tables": tables, "reference": reference(*asked).as_data()}
            return put(args, json.dumps(data, ensure_ascii=False, indent=2))
        return put(args, tables_html(*asked) if args.format == "html" else tables_text(*asked))
    except NoPath as problem:
        raise UsageError(f"the tables cannot be printed: {problem}; qyzmet check says why") from problem
