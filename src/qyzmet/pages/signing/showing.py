"""Draws the page of a request for signatures, in the frame of whoever signs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string

from qyzmet import evidence
from qyzmet.evidence.models import SigningRequest
from qyzmet.pages.forms import Fault as FieldFault
from qyzmet.pages.signing import many
from qyzmet.pages.signing.faults import Fault
from qyzmet.pages.signing.given import NotGiven
from qyzmet.pages.signing.telling import tell
from qyzmet.pages.signing.told import Told
from qyzmet.pages.words import say
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account

__all__ = ["drawn", "frame", "received"]

MOST_FILES = 20
"""So many signatures one can reasonably choose one by one; of more, names of files say which is which."""
LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Item:
    """One item as the page shows it; `text` are the bytes to be unfolded."""

    id: str
    name: Any
    told: Told | None
    text: str
    size: int
    prepared: str
    shows: list[dict[str, Any]]


def drawn(
    request: HttpRequest,
    row: SigningRequest,
    *,
    fault: Fault | None = None,
    problem: NotGiven | None = None,
) -> HttpResponse:
    """The page. `fault` is a signature that did not pass, `problem` something sent that is no signature."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    items, left = [_item(row, each) for each in row.items], many.lacking(row)
    context = {
        "base": frame(request),
        "row": row,
        "items": items,
        "one": items[0] if len(items) == 1 else None,
        "fault": fault,
        "errors": _errors(problem, items),
        "not_yet": problem is not None and problem.code == "phone",
        "wrong": problem.item if problem else "",
        "received": received(row),
        "arrived": received(row) and fault is None and not left,
        "left": left,
        "kept": len(row.received),
        "at_once": many.AT_ONCE,
        "uploads": len(items) <= MOST_FILES,
        "whose": dict(_whose(row, actor)),
        **_ncalayer(row),
        **_phone(row),
    }
    status = 422 if fault or problem else 200
    return render(request, "pages/signing/page.html", context, status=status)


def frame(request: HttpRequest) -> str:
    """The frame of an official's page or of a recipient's; the same page stands in both."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return "office/signing.html" if actor.is_official else "portal/base.html"


def received(row: SigningRequest) -> str:
    """Which signatures have come from the phone: another text when others have; empty for none."""
    kept = json.dumps(row.received, sort_keys=True)
    return hashlib.sha256(kept.encode()).hexdigest()[:16] if row.received else ""


def _item(row: SigningRequest, item: dict[str, Any]) -> Item:
    content = evidence.content_of(row, item["id"])
    return Item(
        id=item["id"],
        name=item["name"],
        told=tell(content),
        text=content[:LONGEST_TEXT].decode("utf-8", "replace"),
        size=len(content),
        prepared=item["prepared"],
        shows=item["shows"],
    )


def _errors(problem: NotGiven | None, items: list[Item]) -> list[FieldFault]:
    if problem is None or problem.code == "phone":
        return []
    if len(items) > MOST_FILES:
        return [FieldFault("files", say(f"signing.given-{problem.code}", name=problem.name))]
    place = next((n for n, item in enumerate(items) if item.id == problem.item), 0)
    return [FieldFault(f"file-{place}", say(f"signing.given-{problem.code}"))]


def _whose(row: SigningRequest, actor: Actor) -> Iterator[tuple[str, Any]]:
    """Whose key is needed, as far as it can be said beforehand."""
    iin, number = row.expected["iin"], row.expected["bin"]
    yield "iin", iin
    yield "bin", number
    account = Account.objects.filter(number=number or iin).first()
    yield "name", account.full_name if account else ""
    yield "principal", actor.party_name if actor.on_behalf_of else ""


def _ncalayer(row: SigningRequest) -> dict[str, Any]:
    """Where NCALayer listens. In the demo any chain is accepted, as its authority is not the national one."""
    return {
        "ncalayer": settings.QYZMET_NCALAYER,
        "any_chain": not settings.PRODUCTION,
        "stand_in": settings.QYZMET_STAND_IN,
    }


def _phone(row: SigningRequest) -> dict[str, Any]:
    """The QR code of eGov Mobile and the links for the phone itself, where the deployment has them."""
    if not settings.QYZMET_MGOV:
        return {"qr": None}
    return {"qr": import_string(settings.QYZMET_MGOV)(row), "state": reverse("sign-state", args=[row.token])}
