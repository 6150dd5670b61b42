"""What an applicant files next, once a case has ended as it should: a recorded contract is amended, assigned,
struck off; an account is changed and closed; an object is corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from qyzmet import clock
from qyzmet.cases.models import Case, Token
from qyzmet.demo.history.builders import OBJECT
from qyzmet.demo.history.lawbook import scripts
from qyzmet.demo.history.part import Next
from qyzmet.demo.history.player import Player
from qyzmet.demo.rehearsal.pace import working
from qyzmet.demo.rehearsal.ways import Wish, choose_way
from qyzmet.demo.samples import Samples

__all__ = ["SEQUELS", "sequel"]

AMENDED, ASSIGNED = Next("amended", {"procedure": "amend"}), Next("assigned", {"procedure": "assign"})
TERMINATED = Next("struck-off", {"procedure": "strike-off-termination"})
HANDED_OVER = Next("struck-off", {"procedure": "strike-off-transfer"})
CHANGED, CLOSED = Next("changed", {"action": "change"}), Next("closed", {"action": "remove"})
GONE = Next("not-carried-out", {"action": "remove"})
"""An account that is closed cannot be closed again."""

SEQUELS: tuple[tuple[str, str, tuple[Next, ...]], ...] = (
    ("equity-contract", "recorded", (AMENDED, TERMINATED)),
    ("equity-contract", "recorded", (HANDED_OVER,)),
    ("equity-contract", "recorded", (ASSIGNED,)),
    ("system-account", "opened", (CHANGED, CLOSED, GONE)),
    (OBJECT, "registered", (Next("corrected", {"procedure": "correct"}),)),
)
"""Service, outcome it begins with, and what follows."""


def sequel(ended: Player, at: datetime) -> Player | None:
    """The next filing of the same applicant; None where nothing follows, or the case ended otherwise."""
    part, walk = ended.part, ended.walk
    if walk is None or not part.after or Case.objects.get(pk=walk.case.pk).exit != part.outcome:
        return None
    coming, *rest = part.after
    wish = Wish(outcome=coming.outcome, variant={**ended.way.variant, **coming.variant})
    way = choose_way(scripts()[part.service], wish, Samples(clock.local(at).date()), at)
    if ended.package.channels[way.channel].by is not None:
        at = working("90 minutes", at, walk.case.provider_id)
    given = {**part.given, **_told(walk.case)}
    following = replace(
        part, channel=way.channel, outcome=coming.outcome, files=at, given=given, after=tuple(rest)
    )
    return Player(following, f"{ended.seed}-n", ended.package, way, ended.cast, at, over=ended.over)


def _told(case: Case) -> dict[str, object]:
    """What the register gave this case: the number of its record."""
    done = Token.objects.filter(case=case, kind="effect", outcome="done").order_by("id")
    return {name: value for token in done for name, value in token.output.items()}
