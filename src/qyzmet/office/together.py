"""Which open steps may be picked and done in one go: what a row of tasks and a batch both ask."""

from __future__ import annotations

from qyzmet.cases.laws import Law
from qyzmet.cases.models import Token
from qyzmet.cases.signed.deciding import clause_of

__all__ = ["kind_of_batch"]


def kind_of_batch(law: Law, token: Token) -> str:
    """What is done at once with such steps: dispatch, signature, sitting or orders; empty when nothing is.

    The law names it for a step that is a batch. A signed step that leaves nothing to choose and nothing to
    fill in, such as a notice of what was decided before, may be signed with others too: every document has
    a signature of its own, only the prompt is one.
    """
    step = law.step(token.step)
    if token.kind == "batch":
        return step.batch or "dispatch"
    alone = token.kind == "task" and len(step.then) == 1 and not step.output and not step.grounds
    return "signature" if alone and clause_of(step) else ""
