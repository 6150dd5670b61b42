"""Whether the published side of the daily seals is what the seals make it: statements, CMS, time stamps."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from qyzmet import evidence
from qyzmet.cases.journal.findings import Kind, Tampering
from qyzmet.documents.export.sealing import PUBLIC, read_verdict, statement_of
from qyzmet.documents.export.system import stamped
from qyzmet.signatures import SignatureError, Trust, digest, read_cms, recheck

__all__ = ["Countersigned", "check_countersigned"]


class Countersigned(NamedTuple):
    """`signed` and `stamped`: how many seals are; `waiting`: the numbers of those not signed yet."""

    signed: int
    stamped: int
    waiting: tuple[int, ...]
    tamperings: list[Tampering]


def check_countersigned(folder: Path, *, now: datetime) -> Countersigned:
    """Check every published statement against its seal, its CMS by kept evidence, and the index.

    A seal that is not signed yet is no fault: `waiting` names it.
    """
    public = folder / PUBLIC
    wrong: list[Tampering] = []
    signed, with_time, waiting = 0, 0, []
    for path in sorted(folder.glob("*.seal")):
        number = int(path.name.partition("-")[0])
        if not (public / f"{path.stem}.json").exists():
            waiting.append(number)
            continue
        faults = _faults(public, path, now)
        wrong += [Tampering(kind, "seal", number, number, text) for kind, text in faults]
        signed += not faults
        with_time += not faults and _is_stamped(public, path.stem)
    wrong += _of_the_index(public)
    return Countersigned(signed, with_time, tuple(waiting), wrong)


def _faults(public: Path, path: Path, now: datetime) -> list[tuple[Kind, str]]:
    name = f"{PUBLIC}/{path.stem}"
    given = (public / f"{path.stem}.json").read_bytes()
    try:
        if statement_of(path.read_bytes().partition(b"\n")[2]) != given:
            return [("edited", f"the statement {name}.json is not that of the seal")]
        verdict = read_verdict(public, path.stem)
        if verdict is None:
            return [("deleted", f"the signature {name}.verdict.json is gone")]
        message = verdict.evidence.signature
        if (public / f"{path.stem}.p7s").read_bytes() != message:
            return [("replaced", f"{name}.p7s is not the signature that was judged")]
        names = read_cms(message).digest_names | {"sha256"}
        digests = {each: digest(each, given) for each in names}
        again = recheck(verdict, digests, max(now, verdict.at), trust=_roots(), rules=evidence.rules())
    except (SignatureError, OSError, ValueError, KeyError, TypeError) as problem:
        return [("edited", f"the signature of {name}.json cannot be read: {problem}")]
    return [("edited", f"{name}.p7s: {each.check}: {each.detail('en')}") for each in again.failed]


def _roots() -> Trust:
    today = evidence.trust()
    # Lists of today stay out: the evidence kept with the signature counts.
    return Trust(today.roots, today.intermediates, (), (), today.pinned)


def _is_stamped(public: Path, stem: str) -> bool:
    verdict = read_verdict(public, stem)
    return verdict is not None and stamped(verdict) is not None


def _of_the_index(public: Path) -> list[Tampering]:
    path = public / "index.json"
    if not path.exists():
        return []
    try:
        rows = json.loads(path.read_bytes())["seals"]
        listed = {name: (row["no"], sha256) for row in rows for name, sha256 in row["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return [Tampering("edited", "seal", 0, 0, f"{PUBLIC}/index.json cannot be read")]
    wrong = []
    for name, (number, sha256) in listed.items():
        place = public / name
        if not place.exists():
            wrong.append(Tampering("deleted", "seal", number, number, f"{PUBLIC}/{name} is gone"))
        elif hashlib.sha256(place.read_bytes()).hexdigest() != sha256:
            wrong.append(Tampering("edited", "seal", number, number, f"{PUBLIC}/{name} is not as indexed"))
    return wrong
