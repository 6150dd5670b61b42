"""The hearings of a post: those still to be appointed, and those appointed, with who has said they come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qyzmet.cases import clocks, rows
from qyzmet.cases.appointments import HOLD, NOTICE, Hearing, hearing_of
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Filing, Token
from qyzmet.office.dates import urgency
from qyzmet.office.names import step_name
from qyzmet.pages import strip
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor

__all__ = ["Listed", "hearings", "mine"]

MOST = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """A hearing of the post. `hearing` is None while its notice has not gone out; `due`: when the open step
    is due. `past`: its moment has come, so the minutes can be written."""

    ref: str
    no: int
    number: str
    applicant: str
    service: str
    step: str
    due: datetime | None
    left: str
    sign: str
    hearing: Hearing | None
    past: bool


def hearings(actor: Actor, now: datetime) -> list[Listed]:
    """The hearings this post has in hand, soonest first; those without a notice by when it is due."""
    tokens = rows.select(
        Token,
        "WHERE closed_at IS NULL AND organisation_id = %s AND post = %s AND step IN (%s, %s)"
        " ORDER BY queue_at, id LIMIT %s",
        [actor.organisation, actor.post, NOTICE, HOLD, MOST],
    )
    ids = [token.case_id for token in tokens]
    cases = {case.pk: case for case in Case.objects.filter(pk__in=ids)}
    names = dict(Filing.objects.filter(pk__in=ids).values_list("case_id", "applicant_name"))
    found = [_listed(token, cases[token.case_id], names.get(token.case_id, ""), now) for token in tokens]
    return sorted(found, key=_order)


def mine(actor: Actor, ref: str, now: datetime) -> Listed | None:
    """The hearing of one case, if it is in this post's hands."""
    return next((each for each in hearings(actor, now) if each.ref == ref), None)


def _order(each: Listed) -> tuple[datetime, str]:
    return (each.hearing.at if each.hearing else each.due or clocks.NEVER, each.ref)


def _listed(token: Token, case: Case, applicant: str, now: datetime) -> Listed:
    law = law_of(case.edition_id)
    set_for = hearing_of(case) if token.step == HOLD else None
    running = token.due is not None and not token.suspended
    door = clocks.door_of(token.organisation_id or case.provider_id)
    return Listed(
        ref=case.ref,
        no=token.no,
        number=case.number or case.ref,
        applicant=applicant,
        service=law.package.name.in_language(current_language()),
        step=step_name(law, token.step),
        due=token.due,
        left=strip.left(token.due, now, door) if token.due and running else "",
        sign=urgency(token.due, token.suspended, now),
        hearing=set_for,
        past=set_for is not None and set_for.open and set_for.at <= now,
    )
