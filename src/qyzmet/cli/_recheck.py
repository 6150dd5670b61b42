"""Every signature of a case judged again from its own evidence, with the network off."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from qyzmet.cli import UsageError, _django
from qyzmet.signatures import Language, SignatureError

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime

    from qyzmet.cases.models import Case, SignatureRecord
    from qyzmet.signatures import Verdict

__all__ = ["recheck"]


def recheck(args: Namespace, at: datetime) -> int:
    """Print what becomes of each kept verdict at the moment `at`; 0 all valid, 1 not. Raises UsageError."""
    _django.ready()
    from qyzmet.cases.signed import records_of

    rows = records_of(_case(args.case))
    found = [(row, *_judged(row, at, args.lang)) for row in rows]
    if args.json:
        said = [{**_plain(row), "valid": not why, "problems": why} for row, _, why in found]
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=2) + "\n")
    elif not found:
        sys.stdout.write("the case has no signatures\n")
    else:
        sys.stdout.write("".join(_line(row, verdict, why) for row, verdict, why in found))
    return 1 if any(why for _, _, why in found) else 0


def _case(name: str) -> Case:
    from django.db.models import Q

    from qyzmet.cases.models import Case

    found = Case.objects.filter(Q(ref=name) | Q(number=name)).first()
    if found is None:
        raise UsageError(f"there is no case {name[:60]!r}; give its number or its reference")
    return found


def _judged(row: SignatureRecord, at: datetime, language: Language) -> tuple[Verdict | None, list[str]]:
    """The verdict made again, and a sentence for everything that keeps it from being valid."""
    from qyzmet.cases.blobs import BlobDamaged, BlobErased, BlobMissing
    from qyzmet.evidence import recheck_record

    try:
        verdict = recheck_record(row, at)
    except SignatureError as problem:
        return None, [problem.text(language)]
    except BlobErased as problem:
        return None, [f"the signed bytes or their evidence {problem} were lawfully erased"]
    except (BlobMissing, BlobDamaged) as problem:
        return None, [f"evidence is not as it was kept ({problem}); put it back from a copy"]
    return verdict, [each.detail(language) for each in verdict.checks if each.passed is not True]


def _plain(row: SignatureRecord) -> dict[str, Any]:
    return {
        "entry": row.seq,
        "subject": row.subject,
        "iin": row.iin,
        "bin": row.bin,
        "name": row.name,
        "judged_at": row.judged_at.isoformat(),
        "recorded": row.outcome,
    }


def _line(row: SignatureRecord, verdict: Verdict | None, why: list[str]) -> str:
    outcome = verdict.outcome if verdict else "unreadable"
    who = " ".join(filter(None, (row.name, row.iin, row.bin)))
    return f"{outcome:<10} entry {row.seq}, {row.subject}: {who}\n" + "".join(f"  - {each}\n" for each in why)
