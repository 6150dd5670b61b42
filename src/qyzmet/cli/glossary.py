"""`qyzmet glossary [--json]`: the official words in three languages, as the page of the docs or as JSON."""

from __future__ import annotations

import argparse
import json
import sys

SUMMARY = "the official words in Kazakh, Russian and English with their sources"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON instead of the page")


def run(args: argparse.Namespace) -> int:
    from qyzmet.regulation.glossary import as_markdown, load_glossary, load_sections

    if args.json:
        terms = {key: term.model_dump() for key, term in load_glossary().items()}
        sys.stdout.write(json.dumps(terms, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(as_markdown(load_sections()))
    return 0
