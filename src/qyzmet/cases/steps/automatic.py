"""What happens by itself once a step opens: a check or effect runs its function, a sub-case opens."""

from __future__ import annotations

from qyzmet.cases import rows
from qyzmet.cases.hold import Held
from qyzmet.cases.models import Finding, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps import functions
from qyzmet.cases.steps.outputs import keep_output
from qyzmet.regulation import engine

__all__ = ["next_event"]


def next_event(held: Held) -> engine.Event | None:
    """Carry out the first step that does itself, and say how it came out; None when there is none left."""
    for token in list(held.open.values()):
        if token.suspended:
            continue
        if token.kind in {"check", "effect"}:
            return engine.Complete(token.no, _run(held, token))
        if token.kind == "sub-case" and token in held.new:
            _open_sub_case(held, token)
    return None


def _run(held: Held, token: Token) -> str:
    step = held.law.step(token.step)
    name = step.function or ""
    function = functions.find(name)
    if function is None:
        raise refused("function-missing", step.cite, function=name)
    verdict = function(
        functions.Call(
            act=held.act,
            case=held.case,
            package=held.law.package,
            step_id=token.step,
            step=step,
            facts=held.facts,
            recorded=held.outputs,
            now=held.now,
        )
    )
    findings = [dict(item) for item in verdict.findings]
    rows.insert(
        [
            rows.make(Finding, case_id=held.case.pk, no=token.no, step=token.step, function=name,
                outcome=verdict.outcome, items=findings, at=held.now,
            )
        ]
    )  # fmt: skip
    keep_output(held, token, verdict.outcome, dict(verdict.output), [])
    code = "check.done" if token.kind == "check" else "effect.done"
    held.record(
        code, {"step": token.step, "function": name, "outcome": verdict.outcome, "findings": findings}
    )
    return verdict.outcome


def _open_sub_case(held: Held, token: Token) -> None:
    from qyzmet.cases.steps.sub_cases import open_sub_case

    open_sub_case(held, token)
