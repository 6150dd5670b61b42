"""`qyzmet journal`: check that the journal is what was written, and seal it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qyzmet.cli import UsageError, _django

if TYPE_CHECKING:
    from datetime import datetime

    from qyzmet.cases.journal.findings import Report, Tampering
    from qyzmet.documents.export.countersigned import Countersigned

SUMMARY = "verify the journal against its chain and seals; seal it"
SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """`verify` or `seal`, and where the seals are."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="verify|seal")
    check = parts.add_parser("verify", help="name every entry and stream that is not as it was written")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.add_argument(
        "--receipt", type=Path, metavar="FILE", help="also whether all that a receipt names is still there"
    )
    keep = parts.add_parser("seal", help="write a signed seal of every stream touched since the last one")
    for part in (check, keep):
        part.add_argument(
            "--seals", type=Path, metavar="DIR", help="by default QYZMET_SEALS, or seals in the data folder"
        )


def run(args: argparse.Namespace) -> int:
    """Exit 0 when the journal is whole, 1 when something was found."""
    _django.ready()
    from qyzmet.cases.acts.seal import folder

    where: Path = args.seals or folder()
    if args.seals is not None and args.part == "verify" and not where.is_dir():
        raise UsageError(f"there is no folder {where}; name the one the seals are kept in")
    return _seal(where) if args.part == "seal" else _verify(where, args.receipt, as_json=args.json)


def _seal(where: Path) -> int:
    from qyzmet.cases.acts.seal import seal
    from qyzmet.cases.refusals import ActRefused
    from qyzmet.people.actor import SYSTEM

    now = _django.legal_now()
    try:
        made = seal(SYSTEM, now=now, seals=where)
    except ActRefused as problem:
        raise UsageError(problem.text["en"]) from None
    except OSError as problem:
        raise UsageError(
            f"the seal cannot be written to {where} ({problem.strerror}); name another folder"
        ) from None
    sys.stdout.write(f"seal {made.no} of {made.day} written to {made.kept_at}\n{_countersign(where, now)}\n")
    return 0


def _countersign(where: Path, now: datetime) -> str:
    """Sign and stamp at once; what cannot be done now the worker does later."""
    from qyzmet.documents.export.sealing import PUBLIC, StampMissing, countersign
    from qyzmet.evidence import NoSealKey

    try:
        countersign(where, now=now)
    except StampMissing as problem:
        return f"signed; {problem}, the worker asks again"
    except NoSealKey as problem:
        return f"not signed as CMS yet: {problem}"
    return f"signed; statement, signature and index are in {where / PUBLIC}"


def _verify(where: Path, receipt: Path | None, *, as_json: bool) -> int:
    from qyzmet.cases.journal.verify import verify
    from qyzmet.documents.export.countersigned import check_countersigned

    report = verify(where)
    signed = check_countersigned(where, now=_django.legal_now())
    report.tamperings += signed.tamperings + (_dropped(receipt) if receipt else [])
    sys.stdout.write(_as_json(report, signed) if as_json else _as_text(report, where, signed))
    return 1 if report.tamperings else 0


def _dropped(path: Path) -> list[Tampering]:
    from qyzmet.cases.journal.findings import Tampering
    from qyzmet.documents.receipts import dropped
    from qyzmet.signatures import SignatureError

    try:
        lost = dropped(path.read_bytes())
    except OSError as problem:
        raise UsageError(f"{path} cannot be opened ({problem.strerror}); name a receipt") from None
    except (ValueError, SignatureError):
        raise UsageError(f"{path} is no receipt; give its PDF, or the receipt.json inside") from None
    if lost is None:
        return []
    stream, seq = lost
    return [Tampering("deleted", stream, seq, seq, f"{path.name} names it and the journal has it no more")]


def _as_json(report: Report, signed: Countersigned) -> str:
    said: dict[str, Any] = {
        "entries": report.entries,
        "streams": report.streams,
        "seals": report.seals,
        "last_seal": report.last_seal or None,
        "key": report.key or None,
        "signed": signed.signed,
        "stamped": signed.stamped,
        "not_signed": list(signed.waiting),
        "findings": [
            {
                "kind": t.kind,
                "place": t.place,
                "stream": t.stream,
                "first": t.first,
                "last": t.last,
                "text": t.text,
            }
            for t in report.tamperings
        ],
        "erased": report.erased,
        "unsealed": [each._asdict() for each in report.unsealed],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _as_text(report: Report, where: Path, signed: Countersigned) -> str:
    lines = [str(each) for each in report.tamperings]
    lines += [f"{place}: payload lawfully erased" for place in report.erased]
    lines += [f"{each.stream}#{each.first}-{each.last}: not sealed yet" for each in report.unsealed[:SHOWN]]
    if len(report.unsealed) > SHOWN:
        lines.append(f"… and {len(report.unsealed) - SHOWN} more streams with entries not sealed yet")
    if report.seals:
        lines.append(
            f"{report.seals} seals in {where}, the last of {report.last_seal}, key {report.key[:16]};"
            f" {signed.signed} signed as CMS, {signed.stamped} of them time-stamped"
        )
    else:
        lines.append(
            f"no seals in {where}: a chain rewritten to its end cannot be told; qyzmet journal seal makes one"
        )
    lines.append(
        f"{report.entries} entries in {report.streams} streams, {report.unsealed_entries} not sealed yet:"
        f" {len(report.tamperings) or 'no'} findings"
    )
    return "\n".join(lines) + "\n"
