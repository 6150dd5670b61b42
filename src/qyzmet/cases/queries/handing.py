"""Results that wait at a window for who comes to collect them, the longest waiting first."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from qyzmet import clock
from qyzmet.cases.dates import clocks
from qyzmet.cases.hall.handing import gives, giving_steps
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Case, Edition, Token
from qyzmet.cases.queries.visible import visible_cases
from qyzmet.people.actor import Actor

__all__ = ["MOST", "Kept", "Waiting", "kept", "waiting"]

MOST = 50


class Kept(NamedTuple):
    """After how many calendar days one is reminded, and for how many a result is kept."""

    reminded_after: int
    kept_for: int


class Waiting(NamedTuple):
    """A result at the window. `days`: calendar days since it came there."""

    case: Case
    law: Law
    token: Token
    days: int


def kept(now: datetime) -> Kept:
    """The parameters of the day."""
    known, day = clocks.parameters(), clock.local(now).date()
    return Kept(int(known.value("result-reminded-after", day)), int(known.value("result-kept", day)))


def waiting(actor: Actor, now: datetime, words: str = "", after: int = 0) -> list[Waiting]:
    """Open steps of the actor's post by which it gives a result; `words`: a number, a reference, an IIN or
    BIN. `after`: the id of the last row of the page before."""
    steps = _steps(actor.post or "")
    found = Token.objects.filter(
        closed_at__isnull=True, organisation_id=actor.organisation or 0, post=actor.post, step__in=steps,
        id__gt=after, case_id__in=visible_cases(actor).order_by().values("pk"),
    )  # fmt: skip
    found = found.filter(service=actor.service) if actor.service else found
    plain = "".join(words.split()).upper()
    if plain:
        found = found.filter(Q(case__number=plain) | Q(case__ref=plain) | Q(case__applicant=plain))
    today = clock.local(now).date()
    rows = found.select_related("case").order_by("id")[: MOST + 1]
    return [
        Waiting(
            each.case, law_of(each.case.edition_id), each, (today - clock.local(each.opened_at).date()).days
        )
        for each in rows
        if gives(law_of(each.case.edition_id), each.case.channel, each.step)
    ]


def _steps(post: str) -> set[str]:
    editions = Edition.objects.filter(general=False).values_list("id", flat=True)
    laws = [law_of(pk) for pk in editions]
    return {step for law in laws for step in giving_steps(law) if law.package.steps[step].by == post}
