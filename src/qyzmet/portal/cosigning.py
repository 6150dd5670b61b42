"""The other sides of a draft: they read the same bytes as the applicant and sign them or decline.

Inviting locks the draft, so that all sign the same; unlocking takes every signature back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from qyzmet.cases import blobs
from qyzmet.cases.laws import law_of
from qyzmet.cases.lock import writing
from qyzmet.cases.signed import Signed, record_of, signers
from qyzmet.cases.signed.filing import APPLICANT, party_number, whose_side
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account
from qyzmet.portal.drafting import Drafted
from qyzmet.portal.models import CoSignature, Draft
from qyzmet.portal.signing import prepare, sides

__all__ = ["Side", "answer", "content", "invite", "others", "signatures", "take", "to_sign", "unlock"]


@dataclass(frozen=True, slots=True)
class Side:
    """A side that signs with the applicant. `row`: its invitation, None before; `name`: of its account."""

    party: str
    title: str
    number: str
    name: str
    cite: str
    row: CoSignature | None

    @property
    def state(self) -> str:
        """`waiting` before it is invited, else invited, signed or declined."""
        return self.row.state if self.row else "waiting"


def others(found: Drafted) -> list[Side]:
    """Every side but the applicant that has to sign this draft."""
    wanted = {party: cite for party, cite in sides(found).items() if party != APPLICANT}
    if not wanted:
        return []
    form = found.application().form
    numbers = {party: party_number(found.law, party, {}, form) for party in wanted}
    rows = {row.party: row for row in found.draft.cosignatures.all()}
    names = _names(numbers.values())
    language = current_language()
    return [
        Side(
            party,
            found.law.package.parties[party].name.in_language(language),
            numbers[party],
            names.get(numbers[party], ""),
            cite,
            rows.get(party),
        )
        for party, cite in wanted.items()
    ]


def _names(numbers: Iterable[str]) -> dict[str, str]:
    return {a.number: a.full_name for a in Account.objects.filter(number__in=[n for n in numbers if n])}


def invite(found: Drafted, now: datetime) -> None:
    """Lock the draft and ask every other side for its signature."""
    asked = others(found)
    digest = blobs.put(prepare(found, now), "application/json", now=now)
    with writing(), transaction.atomic():
        locked = Draft.objects.filter(pk=found.draft.pk, prepared="", filed="").update(prepared=digest)
        if locked:
            CoSignature.objects.bulk_create(
                CoSignature(draft=found.draft, party=side.party, number=side.number, invited_at=now)
                for side in asked
            )
    found.draft.refresh_from_db()


def unlock(draft: Draft) -> None:
    """Let the draft be changed again; what was signed is taken back."""
    with writing(), transaction.atomic():
        if Draft.objects.filter(pk=draft.pk, filed="").update(prepared=""):
            draft.cosignatures.all().delete()
    draft.refresh_from_db()


def content(draft: Draft) -> bytes:
    """The bytes every side signs."""
    return blobs.read(draft.prepared)


def signatures(draft: Draft) -> dict[str, Signed]:
    """Party → its signature, of those that have signed."""
    if not draft.prepared:
        return {}  # nobody was asked
    rows = draft.cosignatures.filter(state=CoSignature.SIGNED)
    return {row.party: Signed.from_json(row.signed or {}) for row in rows}


def to_sign(actor: Actor) -> list[CoSignature]:
    """What waits for this side's signature."""
    if not actor.confirmed:
        return []
    rows = CoSignature.objects.filter(number=actor.party, state=CoSignature.INVITED, draft__filed="")
    return list(rows.select_related("draft").order_by("-id")[:50])


def take(row: CoSignature, signed: Signed, now: datetime) -> bool:
    """Keep a side's signature; False when the draft was unlocked or filed meanwhile.

    Raises ActRefused `signature-invalid` when whoever signed may not sign for this side.
    """
    law = law_of(row.draft.edition_id)
    whose = whose_side(law, row.party, row.number, signed, now, channel=row.draft.channel)
    signers.accept(signed, whose, law.package.parties[row.party].cite)
    said: dict[str, Any] = {"prepared": signed.prepared, "verdict": record_of(signed, now=now)}
    return answer(row, now, state=CoSignature.SIGNED, signed=said, prepared=signed.prepared)


def answer(row: CoSignature, now: datetime, *, prepared: str, **values: Any) -> bool:
    """Write an answer to an invitation that still stands over these bytes."""
    with writing(), transaction.atomic():
        standing = CoSignature.objects.filter(pk=row.pk, draft__prepared=prepared, draft__filed="")
        found = standing.filter(state=CoSignature.INVITED).values_list("pk", flat=True)
        done = CoSignature.objects.filter(pk__in=list(found)).update(answered_at=now, **values)
    return bool(done)
