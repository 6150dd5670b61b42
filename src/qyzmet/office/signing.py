"""What an official signs: the bytes of the decision, shown with the documents they will print.

row = signing.ask(asked, page, decision)     # prints, makes the bytes, opens the prompt at /sign/<token>
signing.asked_again(row, actor, now, signed) # what was asked, when the signature comes back
signing.typed(actor, ref, token)             # what was typed, when it does not
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core import signing as notes
from django.http import QueryDict
from django.utils.translation import override

from qyzmet import evidence
from qyzmet.cases.models import Token
from qyzmet.cases.queries import CasePage
from qyzmet.cases.signed import Signed, prepared
from qyzmet.cases.signed.signers import expected_of
from qyzmet.documents import planning
from qyzmet.documents.planning import Planned
from qyzmet.evidence.models import SigningRequest
from qyzmet.office.correcting import Correction
from qyzmet.office.deciding import Decision
from qyzmet.office.doing import Posted
from qyzmet.office.names import choice_name, step_name
from qyzmet.office.verbs import Asked
from qyzmet.pages.words import LANGUAGES, current_language, say
from qyzmet.people.actor import Actor

__all__ = [
    "CORRECTION",
    "DECISION",
    "Looked",
    "ask",
    "ask_correction",
    "asked_again",
    "asked_for",
    "item_of",
    "look",
    "looked_at",
    "sent",
    "typed",
]

DECISION = "decision"
CORRECTION = "correction"
PDF = "application/pdf"
LOOKED_FOR = 12 * 3600


@dataclass(frozen=True, slots=True)
class Looked:
    """A document printed to be looked at; `note` is its address, good for the one who printed it."""

    name: str
    note: str
    size: int


def ask(asked: Asked, page: CasePage, decision: Decision) -> SigningRequest:
    """Print what the decision prints, make its bytes and ask the official to sign them."""
    item = item_of(asked.actor, page, decision, DECISION, asked.now)
    params = {"ref": asked.ref, "no": asked.no, "sent": kept(asked.data)}
    return evidence.ask(
        asked.actor, DECISION, asked.ref, [item], expected=expected_of(asked.actor), params=params,
        now=asked.now,
    )  # fmt: skip


def kept(data: QueryDict) -> list[list[str]]:
    """What was posted, as a request keeps it; `sent` brings it back."""
    pairs = ((name, value) for name, values in data.lists() for value in values)
    return [list(each) for each in pairs if each[0] != "csrfmiddlewaretoken"]


def item_of(actor: Actor, page: CasePage, decision: Decision, name: str, now: datetime) -> evidence.Item:
    """The decision of one case as a thing to sign; `name` is its place in the prompt."""
    token, outcome = decision.token, decision.outcome
    planned = planned_of(actor, page, decision, now)
    content = prepared.decision_bytes(
        page.case, token, edition=page.law.name, outcome=outcome, output=decision.recorded,
        grounds=decision.named, documents=_named(planned), actor=actor, prepared_at=now,
    )  # fmt: skip
    shows = [evidence.Shown(each.name, each.sha256, PDF) for each in planned.values()]
    return evidence.Item(name, _words(page, token, decision), content, shows)


def planned_of(actor: Actor, page: CasePage, decision: Decision, now: datetime) -> dict[str, Planned]:
    """The documents the decision prints, as they will stand before the seal."""
    return planning.plan(
        actor, page, decision.token, decision.outcome, output=decision.recorded, grounds=decision.named,
        now=now,
    )  # fmt: skip


def ask_correction(actor: Actor, correction: Correction, now: datetime) -> SigningRequest:
    """Print what replaces a document, and ask the official to sign that."""
    page, document = correction.page, correction.document
    again = planning.plan_again(document, correction.changed, now=now)
    content = prepared.correction_bytes(
        page.case, edition=page.law.name, document=document.issued, corrections=correction.changed,
        reason=correction.reason, printed=_printed(again), actor=actor, prepared_at=now,
    )  # fmt: skip
    number = f"№ {document.number}"
    name = {language: f"{say('correcting.title', language)}: {number}" for language in LANGUAGES}
    item = evidence.Item(CORRECTION, name, content, [evidence.Shown(again.name, again.sha256, PDF)])
    params = {"ref": page.case.ref, "pk": document.pk, "sent": kept(correction.sent)}
    return evidence.ask(
        actor, CORRECTION, page.case.ref, [item], expected=expected_of(actor), params=params, now=now
    )


def asked_again(row: SigningRequest, actor: Actor, now: datetime, signed: Signed) -> Asked:
    """What the official asked for before the prompt, now signed."""
    return Asked(actor, row.params["ref"], row.params["no"], sent(row), now, signed)


def typed(actor: Actor, ref: str, token: str) -> Posted | None:
    """What was typed before a signature that was not given; None where there is nothing to bring back."""
    row = asked_for(actor, token, DECISION)
    if row is None or row.params["ref"] != ref:
        return None
    data = sent(row)
    return row.params["no"], str(data.get("outcome", "")), data


def asked_for(actor: Actor, token: str, purpose: str) -> SigningRequest | None:
    """The actor's own request of this token, open or ended."""
    if not token or actor.account is None:
        return None
    mine = SigningRequest.objects.filter(token=token, account_id=actor.account, person=actor.person)
    return mine.filter(purpose=purpose).first()


def look(actor: Actor, page: CasePage, decision: Decision, now: datetime) -> list[Looked]:
    """Print the documents of a decision without asking for a signature."""
    return [
        Looked(each.name[current_language()], _note(actor, page, each), each.size)
        for each in planned_of(actor, page, decision, now).values()
    ]


def looked_at(actor: Actor, ref: str, note: str) -> tuple[str, str] | None:
    """The digest and the name of a document printed to be looked at; None for anybody else's note."""
    try:
        case, digest, name = notes.loads(note, salt=_salt(actor), max_age=LOOKED_FOR)
    except notes.BadSignature:
        return None
    return (digest, name) if case == ref else None


def _note(actor: Actor, page: CasePage, planned: Planned) -> str:
    return notes.dumps([page.case.ref, planned.sha256, planned.number], salt=_salt(actor))


def _salt(actor: Actor) -> str:
    return f"look:{actor.account}"


def _named(planned: Mapping[str, Planned]) -> dict[str, dict[str, str]]:
    return {issued: _printed(each) for issued, each in planned.items()}


def _printed(planned: Planned) -> dict[str, str]:
    return {"number": planned.number, "code": planned.code, "sha256": planned.sha256}


def _words(page: CasePage, token: Token, decision: Decision) -> dict[str, str]:
    law, number = page.law, page.case.number or page.case.ref
    several = len(law.step(token.step).then) > 1

    def said() -> str:
        step = step_name(law, token.step)
        name = choice_name(law, token.step, decision.outcome, decision.choice.exit)
        return f"{step}: {name}. № {number}" if several else f"{step}. № {number}"

    return in_each(said)


def in_each(said: Callable[[], str]) -> dict[str, str]:
    """A text of the pages in every language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = said()
    return found


def sent(row: SigningRequest) -> QueryDict:
    """What was posted before the prompt."""
    data = QueryDict(mutable=True)
    pairs: Sequence[Sequence[str]] = row.params["sent"]
    for name, value in pairs:
        data.appendlist(name, value)
    return data
