"""Daily seals made publishable: a statement of each, signed by the System as CMS and time-stamped.

Beside the seals of a folder lies `public/`: for each seal a statement (`000001-2019-06-03.json`) that names
the seal by its hash and the root of a tree over its leaves, its signature (`.p7s`), the verdict with the
evidence to check it again (`.verdict.json`), and `index.json` over all of them. The statement tells nothing
of any case, so the folder may be published as it is; one leaf is proved by its path to the root.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from qyzmet.cases.journal.seal_files import write_durably
from qyzmet.documents.export.system import sign_as_system, stamped, with_stamp
from qyzmet.documents.verifier.seals import canonical, tree
from qyzmet.signatures import Verdict, verdict_of

__all__ = ["PUBLIC", "StampMissing", "countersign", "read_verdict", "statement_of"]

PUBLIC = "public"


class StampMissing(Exception):
    """The time-stamp authority has not answered yet; the seals are signed, and stamped at the next try."""


def statement_of(body: bytes) -> bytes:
    """The publishable statement of a seal, canonical JSON, from the seal's bytes."""
    said = json.loads(body)
    leaves = [(str(stream), int(count), str(head)) for stream, count, head in said["leaves"]]
    return canonical(
        {
            "v": 1,
            "kind": "journal-seal",
            **{key: said[key] for key in ("no", "day", "prev", "sealed_at", "until")},
            "hash": hashlib.sha256(body).hexdigest(),
            "leaves": len(leaves),
            "root": tree(leaves)[-1][0].hex(),
        }
    )


def countersign(folder: Path, *, now: datetime) -> int:
    """Sign every seal of a folder that is not signed yet, stamp those that lack a stamp; how many changed.

    Raises StampMissing when an authority is named and one could not be stamped, after all are signed;
    evidence.NoSealKey where the deployment has no key.
    """
    public = folder / PUBLIC
    public.mkdir(parents=True, exist_ok=True)
    changed, lacking = 0, 0
    with _alone(public):
        for path in sorted(folder.glob("*.seal")):
            before = read_verdict(public, path.stem)
            if before is not None and (stamped(before) or not settings.QYZMET_TSA):
                continue
            verdict = _signed(public, path, before, now)
            changed += before is None or stamped(verdict) is not None
            lacking += bool(settings.QYZMET_TSA) and stamped(verdict) is None
        if changed:
            _write_index(public)
    if lacking:
        raise StampMissing(f"{lacking} seals wait for a time stamp of {settings.QYZMET_TSA}")
    return changed


def read_verdict(public: Path, stem: str) -> Verdict | None:
    """The verdict on a seal's signature; None where it is not signed yet."""
    path = public / f"{stem}.verdict.json"
    return verdict_of(json.loads(path.read_bytes())) if path.exists() else None


def _signed(public: Path, path: Path, before: Verdict | None, now: datetime) -> Verdict:
    statement = statement_of(path.read_bytes().partition(b"\n")[2])
    if before is None:
        write_durably(public / f"{path.stem}.json", statement)
        verdict = sign_as_system(statement, now=now)
    else:
        verdict = with_stamp(before.evidence.signature, statement, now=now)
        if stamped(verdict) is None:
            return before
    write_durably(public / f"{path.stem}.p7s", verdict.evidence.signature)
    write_durably(public / f"{path.stem}.verdict.json", canonical(verdict.to_json()))
    return verdict


def _write_index(public: Path) -> None:
    rows: list[dict[str, Any]] = []
    for path in sorted(public.glob("*.verdict.json")):
        stem = path.name.removesuffix(".verdict.json")
        said = json.loads((public / f"{stem}.json").read_bytes())
        moment = stamped(verdict_of(json.loads(path.read_bytes())))
        files = {name: _sha256(public / name) for name in (f"{stem}.json", f"{stem}.p7s", path.name)}
        rows.append(
            {
                "no": said["no"],
                "day": said["day"],
                "hash": said["hash"],
                "files": files,
                "stamped_at": moment.isoformat() if moment else None,
            }
        )
    text = json.dumps({"v": 1, "seals": rows}, ensure_ascii=False, indent=1) + "\n"
    write_durably(public / "index.json", text.encode())


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def _alone(public: Path) -> Iterator[None]:
    """The ticker's worker and a person's command take turns."""
    with (public / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
