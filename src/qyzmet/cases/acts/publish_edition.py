"""An edition is published."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import Max

from qyzmet.cases import allow, laws
from qyzmet.cases.models import Edition
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import Act, act
from qyzmet.people.actor import Actor
from qyzmet.regulation import canon
from qyzmet.regulation.model import Package

__all__ = ["new_edition", "publish", "publish_edition"]


def publish_edition(actor: Actor, package: Package, *, now: datetime, key: str | None = None) -> Edition:
    """Publish a resolved and checked package: its bytes go into the database under their hash, for good.

    Cases run from there, never from the folder. Publishing the same bytes again changes nothing; other bytes
    under a published edition are refused, because a change of it is a revision.
    Cites: the act the edition is adopted by.
    """
    allow.operator(actor)
    digest = hashlib.sha256(canon.to_bytes(package)).hexdigest()
    with act("publish-edition", actor, now=now, key=key, body=[digest]) as this:
        this.ledger.lock(["system"])
        row = publish(this, package)
        this.answer = {"edition": row.pk}
    laws.forget()
    return row


def publish(this: Act, package: Package, **said: str) -> Edition:
    """Write the edition within an act that has locked the stream `system`; `said` is journaled with it."""
    data = canon.to_bytes(package)
    digest = hashlib.sha256(data).hexdigest()
    same = Edition.objects.filter(hash=digest).first()
    if same is not None:
        return same
    if Edition.objects.filter(service=package.service, edition=package.edition).exists():
        raise refused("edition-published")
    row = new_edition(package, data, this.now, 1)
    row.save()
    hashes = {"hash": digest, "law": row.law_hash, "texts": row.texts_hash}
    this.record("system", "edition.published", {**hashes, **said}, edition=row.name)
    this.send("monitoring", "edition.published", "system", this.ledger.seq("system"), ref=row.name)
    return row


def new_edition(package: Package, data: bytes, now: datetime, revision: int) -> Edition:
    """The row of an edition or revision, next in the order of its service."""
    last = Edition.objects.filter(service=package.service).aggregate(last=Max("ordinal"))["last"] or 0
    return Edition(
        service=package.service,
        edition=package.edition,
        revision=revision,
        ordinal=last + 1,
        hash=hashlib.sha256(data).hexdigest(),
        law_hash=canon.law_hash(package),
        texts_hash=canon.texts_hash(package),
        package=data,
        general=package.attach is not None,
        published_at=now,
    )
