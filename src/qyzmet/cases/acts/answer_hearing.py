"""The recipient answers the notice of a hearing: a slot, or a position in writing."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from qyzmet.cases import allow, rows
from qyzmet.cases.hearings import LAW, standing
from qyzmet.cases.hearings.appointments import ANSWERS, Hearing, hearings_of
from qyzmet.cases.hearings.story import ANSWERED, CHOSEN, HOLD
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.models import Case, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["answer_hearing"]

IN_WORDS = ("cannot", "written")
LONGEST = 8000
MINUTES = {"kk": "хаттама жасалғанға дейін", "ru": "составления протокола", "en": "the minutes are written"}
"""Until when a position is taken where no term limits the hearing."""


def answer_hearing(
    actor: Actor,
    ref: str,
    answer: str,
    *,
    now: datetime,
    at: datetime | None = None,
    said: str = "",
    key: str | None = None,
) -> Case:
    """Say whether one comes; who decides is told at once.

    `comes` with `at`: one of the moments offered, unless another hearing has it by now. `cannot` with why;
    `written`: the position itself, which is heard as if it had been spoken; `waives`: no hearing is wanted,
    which who decides records. Any answer may be given again until the hearing's time has come; after it, and
    until the minutes are written, only a position in writing, within two working days of the notice.
    Raises ActRefused `hearing-none`, `hearing-answer`, `hearing-why`, `hearing-passed`, `hearing-slot-gone`.
    Cites: APPC art. 73; APPC art. 74; O109 r352 §7 ¶3; O109 r417 §15 ¶3.
    """
    body = [ref, answer, at.isoformat() if at else None, said]
    with act("answer-hearing", actor, now=now, key=key, body=body) as this:
        held = hold(this, ref)
        allow.party(held)
        if this.repeated:
            return held.case
        found = standing(held)
        _sayable(answer, said)
        if answer not in found.answers(now):
            raise refused("hearing-passed", LAW, at=found.at, latest=found.latest or MINUTES)
        if answer == "comes" and (at or found.at) <= now:
            raise refused("hearing-slot-gone", LAW, hint={"field": "at"})
        if answer == "comes" and at is not None and at != found.at:
            _free(held, found, at)
            seq, code = held.record(CHOSEN, {"hearing-at": at.isoformat()}), CHOSEN
        else:
            words = said.strip()[:LONGEST] if answer in IN_WORDS else ""
            seq, code = held.record(ANSWERED, {"answer": answer, "said": words}), ANSWERED
        this.send("mail", code, held.case.stream, seq, ref="holder")
        this.answer = {"case": ref}
        return held.case


def _sayable(answer: str, said: str) -> None:
    if answer not in ANSWERS:
        raise refused("hearing-answer", LAW, hint={"field": "answer"})
    if answer in IN_WORDS and not said.strip():
        raise refused("hearing-why", LAW, hint={"field": "said"})


def _free(held: Held, found: Hearing, at: datetime) -> None:
    """Whether the slot was offered, is still ahead, and no other hearing of the same hands has it."""
    if at not in found.choices(held.now):
        raise refused("hearing-slot-gone", LAW, hint={"field": "at"})
    token = held.open.get(found.no)
    if token is None:
        return
    if connection.vendor == "postgresql":  # two who choose at once take turns
        lock = "SELECT id FROM people_organisation WHERE id = %s FOR NO KEY UPDATE"
        rows.run(lock, [token.organisation_id])
    others = rows.select(
        Token,
        "WHERE step = %s AND closed_at IS NULL AND organisation_id = %s AND post = %s AND case_id <> %s",
        [HOLD, token.organisation_id, token.post, held.case.pk],
    )
    same = [each for each in others if each.assignee_id == token.assignee_id]
    set_for = hearings_of(Case.objects.filter(pk__in=[each.case_id for each in same]))
    if any(other.open and other.at == at for other in set_for.values()):
        raise refused("hearing-slot-gone", LAW, hint={"field": "at"})
