"""From a checked draft to signed bytes, and from a signature to a filed application.

The bytes are made once and signed by every side; before filing they are made again from the draft, and only
the same ones are filed: answers that changed in another tab are looked at and signed anew.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from qyzmet import evidence
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.signed import signers
from qyzmet.cases.signed.filing import APPLICANT, signing_parties
from qyzmet.cases.signed.prepared import application_bytes, read_prepared
from qyzmet.evidence.models import SigningRequest
from qyzmet.people.actor import Actor
from qyzmet.portal.drafting import Drafted
from qyzmet.regulation.model import Package

__all__ = ["ITEM", "asked_of", "asked_to_file", "prepare", "same_as", "sides", "signs"]

ITEM = "application"


def sides(found: Drafted) -> dict[str, str]:
    """Who signs this draft, with the clause that asks for it; empty where a password confirms it."""
    return signing_parties(found.law, found.draft.channel, found.law.facts(found.facts))


def signs(found: Drafted) -> bool:
    """Whether the applicant signs with a key."""
    return APPLICANT in sides(found)


def prepare(found: Drafted, now: datetime) -> bytes:
    """The bytes to sign."""
    return _bytes(found, found.application(), now)


def same_as(found: Drafted, content: bytes) -> Application | None:
    """The application these bytes are about, when the draft still says the same; None when it has changed."""
    said = read_prepared(content)
    # The language is that of the page the bytes were made on; somebody may have switched it since.
    application = replace(found.application(), language=said["language"])
    same = _bytes(found, application, datetime.fromisoformat(said["prepared_at"])) == content
    return application if same else None


def _bytes(found: Drafted, application: Application, at: datetime) -> bytes:
    return application_bytes(
        application,
        actor=found.actor,
        edition=found.law.name,
        filing=found.draft.ref,
        prepared_at=at,
        about=found.draft.about,
    )


def asked_to_file(found: Drafted, content: bytes | None, now: datetime) -> SigningRequest:
    """The request for the applicant's signature; one still open over the same answers is taken up again.

    `content` is given where the other sides have signed it already.
    """
    for row in _open(found.actor, "filing", found.draft.ref, now):
        kept = evidence.content_of(row, ITEM)
        if kept == content if content is not None else same_as(found, kept) is not None:
            return row
    made = content or prepare(found, now)
    return asked_of(found.actor, ("filing", found.draft.ref), found.law.package, made, now)


def asked_of(
    actor: Actor, what: tuple[str, str], package: Package, content: bytes, now: datetime
) -> SigningRequest:
    """Ask somebody to sign the bytes of an application; `what` is the purpose and its subject."""
    name = package.name.model_dump(exclude={"reviewed"})
    item = evidence.Item(ITEM, name, content)
    return evidence.ask(actor, *what, [item], expected=signers.expected_of(actor), params={}, now=now)


def _open(actor: Actor, purpose: str, subject: str, now: datetime) -> list[SigningRequest]:
    rows = SigningRequest.objects.filter(
        account_id=actor.account or 0, purpose=purpose, subject=subject, closed_at=None, expires_at__gt=now
    )
    return [row for row in rows.order_by("-id")[:5] if evidence.asked_as(row, actor)]
