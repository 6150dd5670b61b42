"""Completing a step by hand: outcome, grounds and output checked, kept, journaled, and the procedure moved
on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases.filing import answers
from qyzmet.cases.hold import Held
from qyzmet.cases.laws import holds
from qyzmet.cases.models import Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Proof, deciding
from qyzmet.cases.steps import duties
from qyzmet.cases.steps.moves import proceed
from qyzmet.cases.steps.outputs import keep_output
from qyzmet.regulation import engine
from qyzmet.regulation.model import Exit
from qyzmet.regulation.model.steps import DONE

__all__ = ["Result", "finish", "occurred_in_order"]

Grounds = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Result:
    """How a step came out. `grounds`: [{ground, reason}]; `proof`: the official's signature."""

    outcome: str = DONE
    output: Mapping[str, Any] = field(default_factory=dict)
    grounds: Grounds = ()
    proof: Proof | None = None


def finish(
    held: Held,
    token: Token,
    result: Result,
    *,
    code: str = "task.completed",
    occurred: datetime | None = None,
) -> engine.Advance:
    """Complete a step with a result. Raises ActRefused for an outcome, ground or output the law does not
    know, and for a signature that is missing or of something else."""
    step = held.law.step(token.step)
    if result.outcome not in step.then:
        raise refused(
            "no-such-outcome", step.cite, outcome=result.outcome, choices=", ".join(step.then),
            hint={"outcomes": list(step.then)},
        )  # fmt: skip
    deciding.check(held, token, result)
    known = {f"output.{token.step}.{name}": value for name, value in result.output.items()}
    exit_ = _exit_entered(held, token, result.outcome, known)
    output = _output(held, token, result.output, {**known, "exit": exit_ or token.heading or ""})
    keep_output(held, token, result.outcome, output, result.grounds)
    ground = _grounds(held, token, result, exit_)
    said: dict[str, Any] = {"step": token.step, "no": token.no, "outcome": result.outcome}
    said |= {k: v for k, v in (("output", output), ("grounds", list(result.grounds))) if v}
    if result.proof is not None:
        said["signature"] = result.proof.signed.plain()
    seq = held.record(code, said, occurred=occurred)
    if result.proof is not None:
        deciding.keep(held, f"step:{token.no}", seq, result.proof)
    _issue(held, token, exit_ or token.heading or "", seq)
    if held.law.package.duties:
        duties.start(held, f"step:{token.step}")
    return proceed(
        held, engine.Complete(token.no, result.outcome, ground), occurred=occurred, reason=_why(result)
    )


def _issue(held: Held, token: Token, ending: str, seq: int) -> None:
    """Order the step's documents, of this way in and the ending just chosen, and a sitting's minutes."""
    facts = {**held.facts, "exit": ending}
    for document in deciding.fitting(held.law, token.step, facts):
        held.send("documents", "issue", seq, document)


def occurred_in_order(held: Held, occurred: datetime | None) -> datetime:
    """The moment an event occurred: not before the case's previous event, not in the future.

    Raises TimeWithoutZone for one without a time zone.
    """
    if occurred is None:
        return held.now
    if occurred.tzinfo is None:
        raise clock.TimeWithoutZone
    if not held.case.moved_at <= occurred <= held.now:
        raise refused("occurred-order", at=occurred, last=held.case.moved_at)
    return occurred


def _why(result: Result) -> str:
    return "; ".join(each.get("reason", "") for each in result.grounds)


def _output(held: Held, token: Token, given: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    fields = held.law.step(token.step).output
    if not fields and not given:
        return {}
    read = answers.read(fields, given, held.law.facts({**held.case.facts, **known}))
    if read.faults:
        raise refused("output-faulty", held.law.step(token.step).cite, hint=read.faults)
    return read.clean


def _grounds(held: Held, token: Token, result: Result, exit_: str | None) -> str | None:
    """Check the grounds of a refusal; give the engine the ground of a suspension."""
    entered = held.law.package.exits.get(exit_ or "")
    if entered is None:
        return None
    if entered.kind == "suspension":
        allowed = set(entered.grounds or held.law.package.suspensions)
    elif entered.kind in {"refusal", "not-accepted"}:
        allowed = _grounds_of(held, token, entered)
    else:
        return None
    if not result.grounds:
        raise refused("ground-needed", entered.cite, hint={"grounds": sorted(allowed)})
    for each in result.grounds:
        if each.get("ground") not in allowed:
            raise refused("ground-unknown", entered.cite, ground=each.get("ground", ""))
        if not each.get("reason", "").strip():
            raise refused("reason-needed", entered.cite, ground=each["ground"])
    return result.grounds[0]["ground"] if entered.kind == "suspension" else None


def _grounds_of(held: Held, token: Token, entered: Exit) -> set[str]:
    listed = held.law.step(token.step).grounds or entered.grounds or tuple(held.law.package.grounds)
    facts = held.facts
    known = held.law.package.grounds
    return {g for g in listed if g not in known or holds(known[g].only, facts)}


def _exit_entered(held: Held, token: Token, outcome: str, known: Mapping[str, Any]) -> str | None:
    """The exit the outcome's move names, if any: where the case is heading from here."""
    facts = held.law.facts({**held.case.facts, **known, "exit": token.heading or ""})
    for target in held.law.program.nodes[token.step].outcomes[outcome]:
        if target.only is None or target.only.holds(facts):
            return target.exit
    raise refused("no-move")
