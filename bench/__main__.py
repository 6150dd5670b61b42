"""`python -m bench [--size small|full]`: every measurement, one table."""

from __future__ import annotations

import argparse
import importlib
import sys

MEASUREMENTS = (
    "procedure_step",
    "committed_step",
    "due_date",
    "my_tasks",
    "lists",
    "journal_verify",
    "recompute",
    "document",
    "signatures",
    "signed_filing",
)


def main(size: str) -> None:
    """Print the table."""
    heads = ("what", "ours", "peer", "ratio", "bar", "verdict")
    found = [heads]
    for name in MEASUREMENTS:
        print(f"... {name}", file=sys.stderr, flush=True)
        rows = importlib.import_module(f"bench.{name}").rows(size)
        found += [(r.what, r.ours, r.peer, r.ratio, r.bar, r.verdict) for r in rows]
    widths = [max(len(row[i]) for row in found) for i in range(len(heads))]
    for row in found:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Qyzmet beside its peers.")
    parser.add_argument("--size", choices=("small", "full"), default="small")
    main(parser.parse_args().size)
