"""`qyzmet export`: the file of a case as a ZIP that anyone can verify without network."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from qyzmet.cli import UsageError, _django

SUMMARY = "write the file of a case as a ZIP with its proofs and a verifier"
VIEWS = ("party", "intake", "provider", "holder", "supervisor", "complaint-body")


def configure(parser: argparse.ArgumentParser) -> None:
    """The case by reference or number, the file, and for whom."""
    parser.add_argument("case", nargs="?", help="the reference or the number of the case")
    parser.add_argument("--out", type=Path, metavar="FILE.zip")
    parser.add_argument(
        "--verifier", type=Path, metavar="DIR", help="write the verifier alone, to check what others exported"
    )
    parser.add_argument(
        "--view", choices=VIEWS, help="only what this capacity sees; by default everything the System has"
    )


def run(args: argparse.Namespace) -> int:
    """Write the file; nothing is left behind when it cannot be whole."""
    if args.verifier is not None:
        return _verifier(args.verifier)
    if args.case is None or args.out is None:
        raise UsageError("name the case and the file: qyzmet export CASE --out FILE.zip")
    _django.ready()
    from qyzmet.cases.refusals import ActRefused
    from qyzmet.documents.export.contents import export_case
    from qyzmet.documents.export.scope import scope_of
    from qyzmet.documents.verifier.zipped import TooLarge
    from qyzmet.evidence import NoSealKey
    from qyzmet.people.actor import SYSTEM

    draft = args.out.with_name(f".{args.out.name}.part")
    try:
        scope = scope_of(SYSTEM, _reference(args.case), [args.view] if args.view else ())
        with draft.open("wb") as out:
            index = export_case(scope, out, now=_django.legal_now())
        draft.replace(args.out)
    except ActRefused:
        raise UsageError(f"there is no case {args.case!r}; give its reference or its number") from None
    except TooLarge:
        raise UsageError("a ZIP holds 4 GiB and the case is larger; export a narrower --view") from None
    except NoSealKey as problem:
        raise UsageError(f"nobody can sign the index of the export: {problem}") from None
    except OSError as problem:
        raise UsageError(f"{args.out} cannot be written ({problem.strerror or problem})") from None
    finally:
        draft.unlink(missing_ok=True)
    sys.stdout.write(f"{len(index['files']) + 2} files of case {index['case']['ref']} in {args.out}\n")
    return 0


def _verifier(folder: Path) -> int:
    from qyzmet.documents.verifier import assemble, room_files

    try:
        for name, data in [("verify.py", assemble()), *room_files()]:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as problem:
        raise UsageError(f"{folder} cannot be written ({problem.strerror}); name another folder") from None
    sys.stdout.write(f"python3 -I {folder / 'verify.py'} FILE checks a case, a document or a receipt\n")
    return 0


def _reference(words: str) -> str:
    from qyzmet.cases.models import Case

    found = Case.objects.filter(number=words).values_list("ref", flat=True).first()
    return found or words
