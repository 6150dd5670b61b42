"""The system seals the journal: once a day, and whenever asked."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from qyzmet import clock
from qyzmet.cases import allow, rows
from qyzmet.cases.deployment import administering
from qyzmet.cases.journal import hash_of
from qyzmet.cases.journal.seal_files import encode_seal, read_file, signing_key, write_seal
from qyzmet.cases.models import Seal, Stream
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import Act, act
from qyzmet.people.actor import Actor

__all__ = ["folder", "seal", "seal_day", "seal_is_due"]

SETTLED = timedelta(minutes=10)
"""Longer than any act lasts: what was recorded this long before a seal is in it, or was back-dated."""
NOTHING = bytes(32)


def folder() -> Path:
    """Where seals are kept outside the database: `QYZMET_SEALS`, or `seals` in the data folder."""
    return Path(getattr(settings, "QYZMET_SEALS", "") or Path(settings.QYZMET_DATA) / "seals")


def seal_is_due(now: datetime) -> bool:
    """Whether the day has no seal yet."""
    return not Seal.objects.filter(day__gte=clock.local(now).date()).exists()


def seal(actor: Actor, *, now: datetime, seals: Path | None = None, reason: str = "") -> Seal:
    """Seal every stream touched since the seal before: its count and head, chained, signed, written to a
    folder.

    The file is written before the act is committed. A seal that reached the folder and not the database
    (the process was killed in between) is taken over by the next one. Raises ActRefused `seals-elsewhere`
    when the folder lacks the newest seal of the database: it is not the folder this journal was sealed to.
    A person gives a reason.
    """
    allow.operator(actor)
    why = "" if actor.is_system else administering.reasoned(reason)
    where = seals or folder()
    with act("seal", actor, now=now) as this:
        this.ledger.lock(["system"])
        last = _last(this, where)
        return _keep(this, *_made(where, last, now), why)


def seal_day(actor: Actor, *, now: datetime) -> Seal | None:
    """Seal unless today has its seal already; None when it has, for two tickers may come at once."""
    allow.system(actor)
    where = folder()
    with act("seal-day", actor, now=now) as this:
        this.ledger.lock(["system"])
        if not seal_is_due(now):
            return None
        return _keep(this, *_made(where, _last(this, where), now))


def _made(where: Path, last: Seal | None, now: datetime) -> tuple[Seal, Path]:
    number, prev = (last.no + 1, bytes(last.hash)) if last else (1, NOTHING)
    day = clock.local(now).date()
    body = encode_seal(number, prev.hex(), day.isoformat(), now, now - SETTLED, _touched(last))
    key = signing_key(Path(settings.QYZMET_DATA))
    path, signature = write_seal(where, number, day.isoformat(), body, key)
    return Seal(no=number, day=day, body=body, hash=hash_of(body), signature=signature, sealed_at=now), path


def _keep(this: Act, made: Seal, path: Path, why: str = "") -> Seal:
    made.kept_at = str(path)[-300:]
    rows.insert_returning([made])
    said = {"no": made.no, "hash": made.hash.hex(), **({"reason": why} if why else {})}
    seq = this.record("system", "journal.sealed", said)
    # Signed by the System and time-stamped afterwards: that asks the network.
    this.send("seals", "journal.sealed", "system", seq, ref=str(made.no))
    return made


def _touched(last: Seal | None) -> Iterator[tuple[str, int, str]]:
    """A leaf for every stream written since the seal before; some of the last minutes before it come
    again."""
    heads = Stream.objects.filter(seq__gt=0).order_by("name")
    if last is not None:
        heads = heads.filter(recorded_at__gte=datetime.fromisoformat(json.loads(bytes(last.body))["until"]))
    for name, seq, head in heads.values_list("name", "seq", "head"):
        yield name, seq, bytes(head).hex()


def _last(this: Act, where: Path) -> Seal | None:
    """The newest seal, which database and folder must agree on."""
    stored = Seal.objects.order_by("-no").first()
    files = sorted(where.glob("*.seal")) if where.is_dir() else []
    numbers = {int(no): path for path in files if (no := path.name.partition("-")[0]).isdecimal()}
    newest = stored.no if stored else 0
    if stored is not None and newest not in numbers:
        raise refused("seals-elsewhere", no=newest, folder=str(where))
    if newest + 1 in numbers:
        return _taken_over(this, numbers[newest + 1], stored)
    return stored


def _taken_over(this: Act, path: Path, stored: Seal | None) -> Seal:
    """A seal that was written when its act was cut off."""
    found = read_file(path, signing_key(Path(settings.QYZMET_DATA)).public_key())
    if not found.signed or found.prev != (bytes(stored.hash) if stored else NOTHING).hex():
        raise refused("seals-elsewhere", no=found.no, folder=str(path.parent))
    head, _, body = path.read_bytes().partition(b"\n")
    made = Seal(
        no=found.no, day=date.fromisoformat(found.day), body=body, hash=hash_of(body),
        signature=base64.b64decode(json.loads(head)["signature"]), sealed_at=found.until + SETTLED,
    )  # fmt: skip
    return _keep(this, made, path)
