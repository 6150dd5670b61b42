"""Steps, where they lead, and how a case ends."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from qyzmet.regulation.model.base import Cite, Flag, Ident, Limits, Model, Only, Text, Whole
from qyzmet.regulation.model.form import Field

__all__ = [
    "DONE",
    "END",
    "RETURN",
    "Exit",
    "ExitKind",
    "Ground",
    "Issued",
    "Move",
    "Moves",
    "Signing",
    "Step",
    "StepKind",
    "SuspensionGround",
    "Votes",
]

END = "end"
"""Target of a move that closes its token; the case ends when the last one closes."""
RETURN = "return"
"""Target in general law: back to the step that was left."""
DONE = "done"
"""The outcome of a step that has only one."""

StepKind = Literal["task", "collegial", "check", "effect", "await", "timer", "batch", "all-of", "sub-case"]
ExitKind = Literal["positive", "refusal", "suspension", "withdrawn", "not-accepted", "neutral"]


class Move(Model):
    """Where an outcome leads. `exit` names the ending the case is now heading for; `alone` closes every other
    open token. Of several moves under one outcome the first whose `only` holds is taken."""

    go: str
    exit: Ident | None = None
    only: Only | None = None
    alone: Flag = False
    name: Text | None = None


def _as_moves(value: Any) -> Any:
    """`then` as outcome → moves: a bare target is the outcome `done`."""
    if isinstance(value, str):
        return {DONE: [{"go": value}]}
    if isinstance(value, list | tuple):
        return {DONE: [_as_move(v) for v in value]}
    if isinstance(value, dict):
        if "go" in value:
            return {DONE: [value]}
        return {
            k: [_as_move(v) for v in (m if isinstance(m, list | tuple) else [m])] for k, m in value.items()
        }
    return value


def _as_move(value: Any) -> Any:
    return {"go": value} if isinstance(value, str) else value


Moves = Annotated[dict[str, tuple[Move, ...]], BeforeValidator(_as_moves)]


class Signing(Model):
    """Who signs what when the step is completed: an issued document, `decision` or `application`."""

    document: str
    by: Ident | None = None
    cite: Cite | None = None


class Votes(Model):
    """How a collegial step decides. `quorum` and `members` name parameters; ties fall to the chair's vote."""

    quorum: str
    majority: Literal["simple", "two-thirds"] = "simple"
    recusal: Flag = True
    minutes: Ident | None = None
    cite: Cite | None = None


class Step(Model):
    """One step of the procedure.

    Which keys a kind needs: task, batch: `by`; collegial: `by`, `votes`; check, effect: `function`; await:
    `event`; timer: `within`; all-of: `branches` (each branch comes back with `then: <this step>`);
    sub-case: `service`. A step whose `only` does not hold is skipped by its single outcome.
    """

    kind: StepKind = "task"
    number: Whole | None = None
    name: Text
    does: Text | None = None
    makes: Text | None = None
    by: Ident | None = None
    org: Ident | None = None
    only: Only | None = None
    within: Limits
    sign: tuple[Signing, ...] = ()
    issues: tuple[Ident, ...] = ()
    output: dict[Ident, Field] = {}
    grounds: tuple[Ident, ...] | None = None
    while_suspended: Literal["frozen", "runs"] = "frozen"
    votes: Votes | None = None
    function: str | None = None
    with_: dict[str, str] = {}
    event: Ident | None = None
    from_: str | None = None
    late: Literal["refused", "recorded", "accepted"] = "recorded"
    batch: Literal["dispatch", "signature", "sitting", "orders"] | None = None
    branches: tuple[Ident, ...] = ()
    service: Ident | None = None
    variant: dict[str, str] = {}
    cite: Cite
    note: Text | None = None
    then: Moves


class Exit(Model):
    """A way the case ends (or, `suspension`, is put on hold).

    A refusal, suspension or not-accepted exit lists its `grounds`. `issues` is the document that tells the
    recipient. `hearing_not_required` needs the clause that says so. A suspension takes effect when the step
    `effective` is completed and the case goes on at `resume` when it is lifted.
    """

    kind: ExitKind
    name: Text
    grounds: tuple[Ident, ...] = ()
    issues: Ident | None = None
    only: Only | None = None
    hearing_not_required: Cite | None = None
    effective: Ident | None = None
    resume: Ident | None = None
    cite: Cite


class Ground(Model):
    """A ground for refusal, in the law's list for this service."""

    name: Text
    only: Only | None = None
    cite: Cite


class SuspensionGround(Model):
    """A ground for suspension, what lifts it, and who may enter one that came from outside (a court)."""

    name: Text
    until: Text
    by: tuple[Ident, ...] = ()
    runs_on: tuple[Ident, ...] = ()
    cite: Cite


class Issued(Model):
    """A document the service issues, printed from `template` (typst, beside the package).

    A step `issues` it where `only` holds: one door gives a receipt at a step where the other does not.
    """

    name: Text
    only: Only | None = None
    template: str | None = None
    languages: tuple[Literal["kk", "ru", "en"], ...] = ("kk", "ru")
    copies: Whole = 1
    signed_by: Ident | None = None
    numbered: Flag = True
    cite: Cite
