"""`qyzmet verify FILE`: is a document genuine, and what became of it.

The file alone is enough: its seal, time stamp, the data inside against what is printed, the decision and its
signature. Where there is a database its register is asked too. No network.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qyzmet.cli import UsageError

if TYPE_CHECKING:
    from qyzmet.documents.examining import Examined
    from qyzmet.documents.models import Document
    from qyzmet.signatures import Rules, Trust

__all__ = ["SUMMARY", "configure", "run"]

SUMMARY = "is a document (PDF) genuine, by whom and when it was sealed, is it still in force"
MARKS: dict[Any, str] = {True: "+", False: "-", "pending": "?"}


def configure(parser: ArgumentParser) -> None:
    parser.description = "Exit 0: genuine, 1: not genuine, 2: the file cannot be read."
    parser.add_argument("file", type=Path, metavar="FILE", help="a document as it was downloaded")
    parser.add_argument("--json", action="store_true", help="document, seal, checks and register as JSON")
    parser.add_argument("--trust", type=Path, metavar="DIR", help="a folder of further roots and lists")
    parser.add_argument("--at", metavar="TIME", help="when to judge, as 2026-09-01T10:00; Almaty time")
    parser.add_argument("--code", metavar="CODE", help="the code or address its QR code gave")
    parser.add_argument("--lang", choices=("kk", "ru", "en"), default="en", help="language of the sentences")


def run(args: Namespace) -> int:
    """Examine the file, then ask the register where there is one."""
    from qyzmet.cli._register import Register
    from qyzmet.documents.examining import examine
    from qyzmet.documents.found import found
    from qyzmet.signatures import SignatureError

    register = Register.at_hand()
    at = _moment(args.at)
    try:
        pdf = args.file.read_bytes()
    except OSError as problem:
        raise UsageError(
            f"{args.file}: {problem.strerror or problem}; name a file that can be read"
        ) from None
    try:
        trust, rules = _trust(args, register)
        sheet = examine(pdf, at=at, trust=trust, rules=rules)
    except SignatureError as problem:
        _unreadable(problem.check, problem.text(args.lang), args.json)
        return 2
    sheet = _asked(sheet, args.code)
    document = None
    if register is not None:
        document, finding = register.compared(sheet, pdf)
        # Roots of one's own may go with another deployment's document; this one's must be known here.
        elsewhere = finding.code == "register-unknown" and args.trust is not None
        sheet = sheet.with_findings(found(finding.code, "pending") if elsewhere else finding)
    sys.stdout.write(_json(sheet, document, args.lang) if args.json else _lines(sheet, document, args.lang))
    return 0 if sheet.genuine else 1


def _asked(sheet: Examined, code: str | None) -> Examined:
    from qyzmet.documents.codes import plain_code
    from qyzmet.documents.found import found

    asked = plain_code(code) if code else sheet.code
    if asked == sheet.code:
        return sheet
    return sheet.with_findings(found("code-asked-other", False, asked=asked or code, code=sheet.code or "–"))


def _trust(args: Namespace, register: Any) -> tuple[Trust, Rules]:
    """A folder that was named, else what the deployment relies on, else the national roots."""
    from qyzmet.signatures import Rules, Trust, read_trust

    if args.trust is not None:
        if not args.trust.is_dir():
            raise UsageError(f"{args.trust} is no folder; name one with certificates (.cer)")
        return read_trust(args.trust), Rules(test_ids=True)
    if register is not None:
        return register.trust(), register.rules()
    return Trust(), Rules()


def _moment(words: str | None) -> datetime:
    from qyzmet.cli._django import legal_now
    from qyzmet.clock import ALMATY

    if words is None:
        return legal_now()
    try:
        moment = datetime.fromisoformat(words.strip())
    except ValueError:
        raise UsageError(f"--at {words[:40]!r} is not a moment; write it as 2026-09-01T10:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)


def _unreadable(check: str, sentence: str, as_json: bool) -> None:
    if as_json:
        said = {"genuine": False, "checks": [{"check": check, "passed": False, "detail": sentence}]}
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(f"qyzmet: {sentence}\n")


def _json(sheet: Examined, document: Document | None, lang: Any) -> str:
    data, seal = sheet.data, sheet.seal
    said = {
        "genuine": sheet.genuine,
        "document": {key: data.get(key) for key in ("title", "number", "issuer", "issued", "case")}
        | {"code": sheet.code},
        "seal": seal and {"name": seal.name, "bin": seal.bin, "at": _iso(sheet.sealed_at)},
        "checks": [{"check": c.check, "passed": c.passed, "detail": c.detail(lang)} for c in sheet.findings],
        "register": document and _life(document),
    }
    return json.dumps(said, ensure_ascii=False) + "\n"


def _life(document: Document) -> dict[str, Any]:
    by = document.replaced_by
    return {
        "state": str(document.state),
        "sealed_at": _iso(document.sealed_at),
        "ended_at": _iso(document.ended_at),
        "replaced_by": by and by.number,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _lines(sheet: Examined, document: Document | None, lang: Any) -> str:
    data = sheet.data
    head = "genuine" if sheet.genuine else "NOT genuine"
    lines = [head]
    if data:
        lines.append(f"{data['title'].get(lang, '')}, № {data['number']}, {data.get('issued', '')}")
        lines.append(f"{data['issuer'].get(lang, '')}; {sheet.code}")
    lines += [f"{MARKS[each.passed]} {each.check}: {each.detail(lang)}" for each in sheet.findings]
    if document is not None:
        by = document.replaced_by
        lines.append(f"register: {document.state}" + (f" by № {by.number}" if by else ""))
    return "\n".join(lines) + "\n"
