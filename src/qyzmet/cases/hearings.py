"""The hearing as general law runs it: its open step, and the slot its notice gave."""

from __future__ import annotations

from datetime import datetime

from qyzmet import clock
from qyzmet.cases import allow, clocks, rows
from qyzmet.cases.hold import Held
from qyzmet.cases.models import Token
from qyzmet.cases.refusals import refused

__all__ = ["HEARING", "LAW", "NOTICE", "in_time", "slot", "step_of"]

HEARING = "hearing"
NOTICE = "notice"
LAW = "APPC art. 73"


def step_of(held: Held, no: int) -> Token:
    """The open hearing step, for the one who decides. Raises ActRefused `hearing-none`."""
    token = allow.holder(held, no)
    if token.step.partition(":")[0] != HEARING:
        raise refused("hearing-none", LAW)
    return token


def in_time(held: Held, at: datetime) -> None:
    """The hearing is held no later than two working days after the notice (O109 r352 §7 ¶4, r417 §15 ¶4)."""
    if held.case.due is None:
        return
    window = clock.hearing_window(clocks.door_of(held.case.provider_id), held.case.due, held.now, held.now)
    if not held.now <= at <= window.latest_hearing:
        raise refused("hearing-too-late", "O109 r352 §7 ¶4 s2", days=2, latest=window.latest_hearing)


def slot(held: Held) -> datetime | None:
    """When the last notice set the hearing."""
    found = rows.select(
        Token,
        "WHERE case_id = %s AND step = %s AND closed_at IS NOT NULL ORDER BY no DESC LIMIT 1",
        [held.case.pk, f"{HEARING}:{NOTICE}"],
    )
    set_for = found[0].output.get("hearing-at") if found else None
    return datetime.fromisoformat(set_for) if set_for else None
