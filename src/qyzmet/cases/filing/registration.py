"""Registration: the moment the law counts from, computed from the receipt and never set by hand."""

from __future__ import annotations

from qyzmet.cases import rows
from qyzmet.cases.dates import clocks
from qyzmet.cases.filing.numbers import next_number
from qyzmet.cases.hold import Held
from qyzmet.cases.models import CaseState, Deadline
from qyzmet.cases.steps.moves import proceed
from qyzmet.cases.words import wording
from qyzmet.regulation import engine

__all__ = ["register"]


def register(held: Held) -> None:
    """Give the number, start the overall term and open the first step.

    The case is registered at `registered_at`, which may lie before now when the ticker comes late; the clocks
    of the first step and of the term run from that moment.
    """
    case, act = held.case, held.act
    number = next_number(case.provider_id, case.registered_at)
    held.set(number=number, state=CaseState.OPEN)
    wording.number(case)
    judged = clocks.term_due(held.law, case, held.facts)
    if judged is not None:
        held.set(due=judged.due)
        act.deadline(
            rows.make(
                Deadline,
                subject=f"case:{case.pk}",
                case_id=case.pk,
                duty="term",
                holder_id=case.provider_id,
                due=judged.due,
                basis=judged.basis,
            )
        )
    said = {"number": number, "registered_at": case.registered_at, "due": case.due}
    seq = held.record("case.registered", said, occurred=case.registered_at)
    act.send("mail", "case.registered", case.stream, seq)
    proceed(held, engine.Start(), occurred=case.registered_at)
