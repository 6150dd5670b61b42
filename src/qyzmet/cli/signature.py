"""`qyzmet signature`: who signed a file, and whether each check holds; a case's signatures judged again."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qyzmet import signatures
from qyzmet.cli import UsageError
from qyzmet.clock import ALMATY

SUMMARY = "who signed a file, and whether each check holds"

_MARKS: dict[Any, str] = {True: "+", False: "-", "pending": "?"}


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    actions = parser.add_subparsers(dest="action", required=True)
    verify = actions.add_parser(
        "verify",
        help=SUMMARY,
        description="Exit 0: valid, 1: not valid, or pending as nobody was asked about revocation; "
        "2: the file cannot be read.",
    )
    verify.add_argument(
        "file", type=Path, help="a CMS signature (DER, PEM or base64), a signed XML document or a sealed PDF"
    )
    verify.add_argument(
        "--content", type=Path, metavar="F", help="the document a detached signature stands beside"
    )
    verify.add_argument(
        "--at",
        metavar="TIME",
        help="the moment to judge at: 2026-09-01T10:00; without an offset, Almaty time",
    )
    verify.add_argument(
        "--trust",
        type=Path,
        metavar="DIR",
        help="a folder of further roots, authorities (.cer) and lists (.crl)",
    )
    verify.add_argument("--json", action="store_true", help="valid, signers and checks as JSON")
    again = actions.add_parser(
        "recheck",
        help="judge the signatures of a case again from what was kept, with the network off",
        description="Exit 0: all valid, 1: not all, 2: there is no such case.",
    )
    again.add_argument("case", help="its number or reference")
    again.add_argument("--at", metavar="TIME", help="the moment of checking again; now without it")
    again.add_argument("--json", action="store_true", help="each signature with its problems as JSON")
    for part in (verify, again):
        part.add_argument(
            "--lang", choices=("kk", "ru", "en"), default="en", help="language of the sentences"
        )


def run(args: Namespace) -> int:
    """Judge; 0 valid, 1 not valid, 2 unreadable, with the failed check named."""
    if args.action == "recheck":
        from qyzmet.cli._recheck import recheck

        return recheck(args, _moment(args.at))
    at, trust = _moment(args.at), _trust(args.trust)
    # Numbers of test certificates pass only where somebody brought a root of their own.
    rules = signatures.Rules(test_ids=args.trust is not None)
    try:
        verdict = _verdict(_read(args.file), args.content, at, trust, rules)
    except signatures.SignatureError as problem:
        _unreadable(problem, args)
        return 2
    answer = {
        "valid": verdict.valid,
        "signers": [
            {"iin": each.iin, "bin": each.bin, "roles": list(each.roles), "name": each.name}
            for each in verdict.signers
        ],
        "checks": [
            {
                "check": each.check,
                "passed": each.passed,
                "detail": each.detail(args.lang),
                "signer": each.signer,
            }
            for each in verdict.checks
        ],
    }
    sys.stdout.write(_json(answer) if args.json else _lines(verdict, args.lang))
    return 0 if verdict.valid else 1


def _verdict(
    data: bytes, content: Path | None, at: datetime, trust: signatures.Trust, rules: signatures.Rules
) -> signatures.Verdict:
    carries = _carrying(data)
    if carries is not None:
        if content is not None:
            raise UsageError(
                "--content belongs to a detached CMS signature; an XML document or a PDF carries its content"
            )
        return carries(data, at=at, trust=trust, rules=rules)
    digests = None
    if content is not None:
        names = signatures.read_cms(data).digest_names | {"sha256"}
        with _opened(content) as source:
            digests = signatures.digests_of(source, names)
    return signatures.verify_cms(data, at=at, trust=trust, content=digests, rules=rules)


def _carrying(data: bytes) -> Callable[..., signatures.Verdict] | None:
    """How to verify a document that carries its signatures; None for a CMS signature."""
    if signatures.looks_like_pdf(data):
        return signatures.verify_pdf
    return signatures.verify_xml if signatures.looks_like_xml(data) else None


def _read(path: Path) -> bytes:
    with _opened(path) as source:
        data: bytes = source.read(signatures.LARGEST + 1)
    return data


def _opened(path: Path) -> Any:
    try:
        return path.open("rb")
    except OSError as problem:
        raise UsageError(
            f"{path} cannot be opened ({problem.strerror}); give the path of a file"
        ) from problem


def _moment(words: str | None) -> datetime:
    if words is None:
        from qyzmet.cli import _django

        _django.ready()
        return _django.legal_now()
    try:
        moment = datetime.fromisoformat(words.strip())
    except ValueError as problem:
        raise UsageError(f"--at {words[:60]!r} is not a moment; write it as 2026-09-01T10:00") from problem
    return (moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)).astimezone(UTC)


def _trust(folder: Path | None) -> signatures.Trust:
    if folder is None:
        return signatures.Trust()
    try:
        return signatures.read_trust(folder)
    except OSError as problem:
        raise UsageError(f"--trust {folder} cannot be read ({problem.strerror}); give a folder") from problem
    except signatures.SignatureError as problem:
        raise UsageError(str(problem)) from problem


def _unreadable(problem: signatures.SignatureError, args: Namespace) -> None:
    detail = problem.text(args.lang)
    if args.json:
        check = {"check": problem.check, "passed": False, "detail": detail, "signer": None}
        sys.stdout.write(_json({"valid": False, "signers": [], "checks": [check]}))
    sys.stderr.write(f"qyzmet: {problem.check}: {detail}\n")


def _json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _lines(verdict: signatures.Verdict, language: signatures.Language) -> str:
    lines = [verdict.outcome, ""]
    for number, each in enumerate(verdict.signers, 1):
        numbers = " ".join(filter(None, (each.iin, each.bin)))
        lines.append(f"{number}. {each.name}  {numbers}  {', '.join(each.roles)}".rstrip())
    lines.append("")
    for check in verdict.checks:
        whose = "" if check.signer is None or len(verdict.signers) == 1 else f" {check.signer + 1}"
        lines.append(f"  {_MARKS[check.passed]} {check.check + whose:<21} {check.detail(language)}")
    return "\n".join(lines) + "\n"
