"""The end of a case, and the preliminary decision that comes before a refusal."""

from __future__ import annotations

from qyzmet import clock
from qyzmet.cases import hearings, rows
from qyzmet.cases.dates import clocks
from qyzmet.cases.hold import Held, adopt
from qyzmet.cases.models import Case, CaseState
from qyzmet.cases.signed import deciding
from qyzmet.cases.steps import duties
from qyzmet.regulation import engine

__all__ = ["end", "preliminary"]


def end(held: Held, exit_: str) -> None:
    """Close the case: its term is settled, its result goes out, duties begin, a case that waits for it goes
    on."""
    case = held.case
    held.set(state=CaseState.ENDED, ended_at=held.now)
    held.kept.append(f"case:{case.pk}")
    seq = held.record("case.ended", {"exit": exit_})
    waits = deciding.wait_with_pending(held)
    held.send("mail", "case.ended", seq)
    found = held.law.package.exits.get(exit_)
    if found is not None and found.issues and not held.law.issued_by_step(found.issues):
        held.send("documents", "issue", seq, found.issues)
    if waits is not None:
        rows.update(waits, ("waiting",))
    duties.start(held, f"exit:{exit_}")
    duties.fulfil(held, exit_)
    if case.parent_id is not None:
        _go_on(held, exit_)


def _go_on(held: Held, exit_: str) -> None:
    """The step of the parent case that waits for this one is completed by this one's exit."""
    from qyzmet.cases.steps.moves import proceed

    parent = adopt(held.act, rows.select(Case, "WHERE id = %s", [held.case.parent_id])[0])
    token = parent.open.get(held.case.parent_token or 0)
    if token is None:
        return
    parent.touch(token, outcome=exit_)
    parent.record("sub-case.ended", {"step": token.step, "case": held.case.number, "exit": exit_})
    proceed(parent, engine.Complete(token.no, exit_))


def preliminary(held: Held, outcome: str) -> None:
    """A refusal was found: the hearing comes first (APPC art. 73).

    If the last lawful moment for its notice has passed, the hearing stays obligatory, the due moment stays,
    the case is marked in breach and the supervisor is told.
    """
    case = held.case
    held.record("case.preliminary", {"outcome": outcome})
    if case.due is None:
        return
    window = clock.hearing_window(clocks.door_of(case.provider_id), case.due, held.now)
    if window.breached:
        held.set(breach=[*case.breach, hearings.LAW])
        seq = held.record("case.breached", {"clause": hearings.LAW, "latest": window.latest_notice})
        held.act.send("mail", "case.breached", case.stream, seq, ref="supervisor")
