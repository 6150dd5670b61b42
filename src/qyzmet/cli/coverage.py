"""`qyzmet coverage [--json] [--unmapped]`: clauses by act and status, and how many of them are cited."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qyzmet.regulation.coverage import Coverage

SUMMARY = "clauses of the acts by status, and how many the product cites"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--unmapped", action="store_true", help="list the clauses nothing cites")


def run(args: argparse.Namespace) -> int:
    """0, or 1 when a citation finds no clause."""
    from qyzmet.regulation.acts import load_acts
    from qyzmet.regulation.citations import citations
    from qyzmet.regulation.coverage import coverage

    found = coverage(load_acts(), citations())
    if args.json:
        answer = found.as_json()
        if args.unmapped:
            answer["unmapped-clauses"] = [clause.id for clause in found.unmapped]
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(_table(found, args.unmapped))
    return 1 if found.unknown else 0


def _table(found: Coverage, with_unmapped: bool) -> str:
    lines = [f"{'act':<6} {'status':<15} {'clauses':>7} {'mapped':>7} {'unmapped':>8} {'to come':>7}"]
    lines += [
        f"{row.act:<6} {row.status:<15} {row.total:>7} {row.mapped:>7} {row.unmapped:>8} {row.pending:>7}"
        for row in found.rows
    ]
    whole = found.as_json()
    pending = sum(row.pending for row in found.rows)
    lines += [f"{'all':<22} {whole['total']:>7} {whole['mapped']:>7} {whole['unmapped']:>8} {pending:>7}"]
    if with_unmapped:
        lines += ["", *(f"{c.id:<36} {c.status:<11} {c.by or '':<22} {c.text}" for c in found.unmapped)]
    lines += ["", "mapped: something cites it; to come: cited or not, its mechanism is still to be built."]
    if found.unknown:
        lines += ["", *(f"{unknown.path}: {unknown.says}" for unknown in found.unknown)]
    return "\n".join(lines) + "\n"
