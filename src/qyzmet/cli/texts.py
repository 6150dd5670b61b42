"""`qyzmet texts [FILE] [--json]`: how many of the words people read are reviewed, by file and language."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from qyzmet.cli import UsageError

__all__ = ["SUMMARY", "configure", "run"]

SUMMARY = "how many texts are reviewed and unreviewed, by file and language"


def configure(parser: argparse.ArgumentParser) -> None:
    """One file, or all; as a table or as JSON."""
    parser.add_argument(
        "file", nargs="?", help="a file of the list: its counts, and the digests a review is written with"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")


def run(args: argparse.Namespace) -> int:
    """Print the counts."""
    from qyzmet.pages.reviews import counted, total
    from qyzmet.pages.words import LANGUAGES

    files = counted()
    if args.file is not None and args.file not in files:
        raise UsageError(
            f"there are no texts in {args.file!r}; `qyzmet texts` lists the files that have some"
        )
    if args.file is not None:
        files = {args.file: files[args.file]}
    if args.json:
        sys.stdout.write(
            json.dumps([asdict(each) for each in files.values()], ensure_ascii=False, indent=1) + "\n"
        )
        return 0
    heads = "".join(f"{f'{language} read/all':>16}" for language in LANGUAGES)
    sys.stdout.write(f"{'file':<70}{heads}{'doubted':>9}\n")
    for each in files.values():
        said = "".join(f"{f'{each.reviewed[x]}/{each.texts[x]}':>16}" for x in LANGUAGES)
        sys.stdout.write(f"{each.file:<70}{said}{each.doubted:>9}\n")
    for language in LANGUAGES:
        read, every = total(files, language)
        sys.stdout.write(f"{language}: {read} reviewed, {every - read} unreviewed of {every}\n")
    if args.file is not None:
        _digests(args.file)
    return 0


def _digests(file: str) -> None:
    from qyzmet.pages.every_text import every_text
    from qyzmet.pages.reviews import digest_of
    from qyzmet.pages.words import LANGUAGES

    texts = [each for each in every_text() if each.file == file]
    for language in LANGUAGES:
        sys.stdout.write(f"digest {language}: {digest_of(texts, language)}\n")
