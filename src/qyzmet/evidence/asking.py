"""Asking somebody for a signature: what exactly, for how long, and only once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from qyzmet.cases import blobs, rows
from qyzmet.cases.lock import writing
from qyzmet.evidence.models import SigningRequest
from qyzmet.evidence.refusals import NotSigned, not_signed
from qyzmet.evidence.shapes import Item, Shown
from qyzmet.people.actor import NOBODY, Actor
from qyzmet.signatures import Expected

__all__ = [
    "ask",
    "asked_as",
    "asked_of",
    "close",
    "content_of",
    "expected_of",
    "find",
    "find_by_phone",
    "once",
    "receive",
    "received_of",
    "spend",
    "stands",
    "take",
    "taken_by_its_act",
    "too_long",
]

LASTS = timedelta(hours=1)
# A submission that neither ended nor failed in this time was killed; the next one may try.
SUBMITTING = timedelta(minutes=2)
MOST_ITEMS = 1_000
LARGEST_CONTENT = 20 << 20
MEDIA = "application/octet-stream"
SIGNATURE_MEDIA = "application/pkcs7-signature"


def ask(
    actor: Actor,
    purpose: str,
    subject: str,
    items: Sequence[Item],
    *,
    expected: Expected,
    params: Mapping[str, Any] | None = None,
    now: datetime,
) -> SigningRequest:
    """Ask the actor's person to sign the items within an hour; their bytes are kept.

    `people.actor.NOBODY` is somebody who has not signed in: the key says who it is, and the caller keeps the
    token to that browser. Raises ValueError for a request nobody could sign: no person, no items, two of one
    id, too large.
    """
    if actor.account is None and actor != NOBODY:
        raise ValueError("only a person with an account can be asked to sign")
    ids = [each.id for each in items]
    if not ids or len(ids) > MOST_ITEMS or len(set(ids)) != len(ids):
        raise ValueError(f"a request has 1 to {MOST_ITEMS} items, each with an id of its own")
    if any(len(each.content) > LARGEST_CONTENT for each in items):
        raise ValueError(f"an item to sign has at most {LARGEST_CONTENT} bytes; sign its digest instead")
    row = SigningRequest(
        account_id=actor.account,
        person=actor.person,
        capacity=_capacity(actor),
        purpose=purpose,
        subject=subject,
        items=[_kept(each, now) for each in items],
        expected={"iin": expected.iin, "bin": expected.bin, "roles": sorted(expected.roles)},
        params=dict(params or {}),
        asked_at=now,
        expires_at=now + LASTS,
    )
    with writing(), transaction.atomic():
        row.save(force_insert=True)
    return row


def find(actor: Actor, token: str, now: datetime) -> SigningRequest | None:
    """The open request of this token, if it is this person who was asked; None also once it has ended."""
    asked = Q(token=token, account_id=actor.account, person=actor.person)
    return _open(now).filter(asked).first()


def find_by_phone(phone_token: str, now: datetime) -> SigningRequest | None:
    """The open request whose QR code was read; whoever shows it the phone is trusted with the content."""
    return _open(now).filter(phone_token=phone_token).first()


def asked_of(account: int | None, token: str) -> SigningRequest | None:
    """The request of this token, open or ended, if this account was asked; None: if nobody's account was."""
    if account is None:
        return SigningRequest.objects.filter(token=token, account=None).first()
    found = rows.select(SigningRequest, "WHERE token = %s AND account_id = %s", [token, account])
    return found[0] if found else None


def stands(row: SigningRequest, actor: Actor, now: datetime) -> bool:
    """Whether the request is still open, and to this person; `find` of a row already at hand."""
    return row.closed_at is None and row.expires_at > now and row.person == actor.person


def asked_as(row: SigningRequest, actor: Actor) -> bool:
    """Whether the actor has the very capacity that was asked: post, organisation, whose rights are used."""
    return bool(row.account_id == actor.account and row.capacity == _capacity(actor))


def content_of(row: SigningRequest, item_id: str) -> bytes:
    """The exact bytes of one item. Raises LookupError when the request has no such item."""
    return blobs.read(_item(row, item_id)["prepared"])


def expected_of(row: SigningRequest) -> Expected:
    """Who has to sign."""
    said = row.expected
    return Expected(said["iin"], said["bin"], frozenset(said["roles"]))


def too_long(row: SigningRequest, item_id: str, signature: bytes) -> int | None:
    """How many bytes a signature of this item may have, when this one has more: base64 and PEM included."""
    most: int = 2 * _item(row, item_id)["size"] + (2 << 20)
    return most if len(signature) > most else None


def receive(row: SigningRequest, signatures: Mapping[str, bytes], now: datetime) -> None:
    """Keep signatures that came from the phone until the page takes them up.

    Raises LookupError for an unknown item, NotSigned for one that is too large or came too late.
    """
    for item_id, signature in signatures.items():
        if most := too_long(row, item_id, signature):
            raise not_signed("too-large", check="format", limit=most >> 20)
    kept = {each: blobs.put(data, SIGNATURE_MEDIA, now=now) for each, data in signatures.items()}
    with writing(), transaction.atomic():
        current = _open(now).select_for_update().filter(pk=row.pk).first()
        if current is None:
            raise not_signed("ended")
        current.received = {**current.received, **kept}
        current.save(update_fields=["received"])
    row.received = current.received


def received_of(row: SigningRequest) -> dict[str, bytes]:
    """The signatures that came from the phone, by item."""
    return {each: blobs.read(digest) for each, digest in row.received.items()}


def spend(row: SigningRequest, number: str) -> None:
    """Use the signatures a request of nobody has kept, once, in the transaction of the act that follows from
    them; `number` is whom they have shown. Raises NotSigned (check `request`) after they were used."""
    if not SigningRequest.objects.filter(pk=row.pk, account=None, person="").update(person=number):
        raise not_signed("ended")


def close(row: SigningRequest, now: datetime) -> bool:
    """End the request; whether it was this call that ended it."""
    asked = (
        "UPDATE evidence_signingrequest SET closed_at = %s, busy_until = NULL"
        " WHERE id = %s AND closed_at IS NULL"
    )
    with writing(), transaction.atomic():
        ended = rows.run(asked, [rows.moment(now), row.pk]).rowcount == 1
    row.closed_at = row.closed_at or now
    return ended


def take(row: SigningRequest, now: datetime) -> None:
    """End the request in the transaction of the act that follows from its signatures: it is done once, and if
    the act comes to nothing, the request is as it was. Who calls sets `row.closed_at` once it is committed.

    Raises NotSigned (check `request`) while somebody else is at it, and after it has ended.
    """
    if not _claimed(row, now, "closed_at = %s, busy_until = NULL", now):
        raise _elsewhere(row, now)


@contextmanager
def taken_by_its_act(row: SigningRequest, now: datetime) -> Iterator[None]:
    """What follows from the signatures is one act that does `take` itself, and nothing is claimed before it;
    where no act came of it, the request is closed when the block ends."""
    yield
    if row.closed_at is None:
        close(row, now)


@contextmanager
def once(row: SigningRequest, now: datetime) -> Iterator[None]:
    """Do what follows from the signatures once: the request is closed when the block succeeds.

    When it fails the request stays open to try again. Raises NotSigned (check `request`) while somebody else
    is at it, and after it has ended.
    """
    with writing(), transaction.atomic():
        mine = _claimed(row, now, "busy_until = %s", now + SUBMITTING)
    if not mine:
        raise _elsewhere(row, now)
    try:
        yield
    except BaseException:
        with writing(), transaction.atomic():
            SigningRequest.objects.filter(pk=row.pk, closed_at=None).update(busy_until=None)
        raise
    if row.closed_at is None:
        close(row, now)


def _claimed(row: SigningRequest, now: datetime, sets: str, moment: datetime) -> bool:
    at = rows.moment(now)
    asked = (
        f"UPDATE evidence_signingrequest SET {sets}"  # noqa: S608 - one of the two texts above
        " WHERE id = %s AND closed_at IS NULL AND expires_at > %s"
        " AND (busy_until IS NULL OR busy_until <= %s)"
    )
    return rows.run(asked, [rows.moment(moment), row.pk, at, at]).rowcount == 1


def _elsewhere(row: SigningRequest, now: datetime) -> NotSigned:
    return not_signed("busy" if _open(now).filter(pk=row.pk).exists() else "ended")


def _open(now: datetime) -> QuerySet[SigningRequest]:
    return SigningRequest.objects.filter(closed_at=None, expires_at__gt=now)


def _capacity(actor: Actor) -> dict[str, Any]:
    return {"post": actor.post, "organisation": actor.organisation, "party": actor.party}


def _item(row: SigningRequest, item_id: str) -> dict[str, Any]:
    for each in row.items:
        if each["id"] == item_id:
            found: dict[str, Any] = each
            return found
    raise LookupError(f"the request has no item {item_id[:60]!r}")


def _kept(item: Item, now: datetime) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": dict(item.name),
        "prepared": blobs.put(item.content, MEDIA, now=now),
        "size": len(item.content),
        "shows": [_shown(each) for each in item.shows],
    }


def _shown(each: Shown) -> dict[str, Any]:
    return {"name": dict(each.name), "sha256": each.sha256, "media": each.media}
