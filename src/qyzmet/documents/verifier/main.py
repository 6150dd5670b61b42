"""The command: what lies at the path, every check of it, green or red."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import gmtime

from qyzmet.documents.verifier.bundle import Bundle, Files, compare, open_bundle
from qyzmet.documents.verifier.chain import CHAIN, check_chain
from qyzmet.documents.verifier.dates import DATES, check_dates
from qyzmet.documents.verifier.receipt import check_receipt
from qyzmet.documents.verifier.report import LANGUAGES, Report
from qyzmet.documents.verifier.room import Room
from qyzmet.documents.verifier.seals import check_seals
from qyzmet.documents.verifier.signed import check_documents, check_index, check_records, read_seal

ABOUT = """Checks an exported case (a folder or ZIP), a document (PDF) or a receipt (JSON), without network.
Exit 0: green, 1: red, 2: cannot be read."""


def main(argv: list[str] | None = None) -> int:
    """Check what is named, by default the case this file lies in."""
    parser = argparse.ArgumentParser(prog="verify.py", description=ABOUT)
    parser.add_argument("path", nargs="?", type=Path, help="by default the exported case this file is in")
    parser.add_argument("--trust", type=Path, metavar="DIR", help="roots (.cer) and lists of your own")
    parser.add_argument("--at", metavar="TIME", help="the moment of checking, by default now")
    parser.add_argument("--lang", choices=LANGUAGES, default=_language())
    parser.add_argument("--all", action="store_true", help="print every check, not only what failed")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    path = args.path or Path(__file__).resolve().parent.parent
    report = Report()
    try:
        check(path, report, args.trust, _moment(args.at))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as problem:
        sys.stderr.write(f"verify.py: {path}: {type(problem).__name__} {problem}\n")
        return 2
    sys.stdout.write(report.as_json() if args.json else report.as_text(args.lang, whole=args.all))
    return 1 if report.failed else 0


def check(path: Path, report: Report, trust: Path | None, at: datetime) -> None:
    """Check an exported case, a PDF or a receipt. Raises OSError or ValueError for what is none of them."""
    if path.is_dir():
        _check_case(path, report, trust, at)
        return
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith(b"PK\x03\x04"):
        _check_case(path, report, trust, at)
    elif b"%PDF-" in head:
        _check_pdf(path, report, trust, at)
    else:
        check_receipt(json.loads(path.read_bytes()), path.name, report, [])


def _check_case(path: Path, report: Report, trust: Path | None, at: datetime) -> None:
    bundle = open_bundle(path, report)
    if bundle is None:
        return
    record = read_seal(bundle, report)
    files = compare(bundle, report)
    if files is None:
        return
    index = files.index
    report.note("made", case=index["case"]["ref"], at=index["made_at"])
    if index.get("sample"):
        report.note("sample")
    hashes: list[str] = []
    stream = str(index["case"]["stream"])
    _part(report, CHAIN, lambda: hashes.extend(check_chain(files, report)))
    _part(report, "seals", lambda: check_seals(files, report, stream, hashes))
    _part(report, DATES, lambda: check_dates(files, report))
    _check_law(files, report)
    _part(report, "receipts", lambda: _check_receipts(files, report, hashes))
    if not _room_is_whole(bundle, files):
        report.add(False, "verifier", "room", "room-missing")
        return
    room = Room(report, trust, at, test_ids=bool(index.get("sample")))
    if record is not None and check_index(room, bundle, record):
        _part(report, "verdicts", lambda: check_records(room, files, report))
        _part(report, "documents", lambda: check_documents(room, files, report, hashes))
    if trust is None:
        report.note("root-unknown")


def _part(report: Report, name: str, check: Callable[[], None]) -> None:
    """Run one part; data it cannot make sense of is a finding like any other, and the other parts go on."""
    try:
        check()
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as problem:
        report.add(False, name, "shape", "unreadable", why=f"{type(problem).__name__} {problem}")


def _check_receipts(files: Files, report: Report, hashes: list[str]) -> None:
    for name in files.under("receipts"):
        said = files.json(name) if name.endswith(".json") else {}
        if said.get("kind") == "receipt":
            check_receipt(said, name, report, hashes)


def _room_is_whole(bundle: Bundle, files: Files) -> bool:
    """Nothing is imported from a case whose own verifier is not as indexed."""
    root = getattr(bundle, "root", None)
    inside = root is not None and Path(__file__).resolve().is_relative_to(Path(root).resolve())
    listed = {each["name"] for each in files.index["files"] if each["name"].startswith("verifier/")}
    there = {each for each in bundle.names() if each.startswith("verifier/")}
    return not inside or listed == there == set(files.under("verifier"))


def _check_law(files: Files, report: Report) -> None:
    for name in files.under("law"):
        wanted = files.facts(name).get("about", {}).get("hash")
        data = files.read(name)
        if wanted and data is not None:
            same = hashlib.sha256(data).hexdigest() == wanted
            report.add(same, name, "law", "law-good" if same else "law-other")


def _check_pdf(path: Path, report: Report, trust: Path | None, at: datetime) -> None:
    data = path.read_bytes()
    room = Room(report, trust, at, test_ids=True)
    room.rely_on_their_own(data)
    sealed = room.check_pdf(path.name, data)
    if sealed is not None:
        room.check_sealer(path.name, sealed)
    inside = room.inside(path.name, data)
    for kind in ("decision", "correction"):
        if f"{kind}.json" in inside and f"{kind}.p7s" in inside:
            room.check_cms(f"{path.name}/{kind}.p7s", inside[f"{kind}.p7s"], inside[f"{kind}.json"])
    if "receipt.json" in inside:
        check_receipt(json.loads(inside["receipt.json"]), f"{path.name}/receipt.json", report, [])
    if trust is None:
        report.note("root-unknown")


def _language() -> str:
    spoken = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "")[:2]
    return spoken if spoken in LANGUAGES else "en"


def _moment(words: str | None) -> datetime:
    if words is None:
        # Alone on a reader's machine there is no legal clock: theirs is the moment of checking.
        return datetime(*gmtime()[:6], tzinfo=UTC)
    moment = datetime.fromisoformat(words)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
