"""The hearing as general law runs it: its open step, and the slot its notice gave."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hearings.appointments import Hearing, hearing_of, latest
from qyzmet.cases.hold import Held
from qyzmet.cases.models import Token
from qyzmet.cases.refusals import refused

__all__ = ["HEARING", "LAW", "NOTICE", "appointed", "in_time", "slot", "standing", "step_of"]

HEARING = "hearing"
NOTICE = "notice"
LAW = "APPC art. 73"


def step_of(held: Held, no: int) -> Token:
    """The open hearing step, for the one who decides. Raises ActRefused `hearing-none`."""
    token = allow.holder(held, no)
    if token.step.partition(":")[0] != HEARING:
        raise refused("hearing-none", LAW)
    return token


def in_time(held: Held, no: int, at: datetime, notified: datetime | None = None) -> None:
    """The hearing is held no later than two working days after the notice (O109 r352 §7 ¶4, r417 §15 ¶4).

    `no`: the open step; `notified`: when the notice went out, now where it goes out in this act.
    """
    until = latest(held.case, no, notified or held.now)
    if until is not None and not held.now <= at <= until:
        raise refused("hearing-too-late", "O109 r352 §7 ¶4 s2", days=2, latest=until)


def standing(held: Held) -> Hearing:
    """The hearing that is still to take place. Raises ActRefused `hearing-none`."""
    found = hearing_of(held.case)
    if found is None or not found.open:
        raise refused("hearing-none", LAW)
    return found


def appointed(held: Held) -> Hearing:
    """The hearing whose step is open, also one that was called off. Raises ActRefused `hearing-none`."""
    found = hearing_of(held.case)
    if found is None or found.no not in held.open:
        raise refused("hearing-none", LAW)
    return found


def slot(held: Held) -> datetime | None:
    """When the hearing is set for, as last chosen or moved. Raises ActRefused `hearing-called-off`."""
    found = hearing_of(held.case)
    if found is not None and not found.open:
        raise refused("hearing-called-off", LAW)
    return found.at if found else None
