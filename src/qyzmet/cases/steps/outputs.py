"""What a completed step leaves on the case: its outcome, output and grounds, and the facts they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qyzmet.cases.hold import Held
from qyzmet.cases.models import Token

__all__ = ["facts_of", "keep_output"]


def keep_output(
    held: Held, token: Token, outcome: str, output: Mapping[str, Any], grounds: Sequence[Mapping[str, str]]
) -> None:
    """Set outcome, output and grounds of a step, before the procedure moves on."""
    held.touch(token, outcome=outcome)
    if grounds:
        held.touch(token, grounds=[dict(each) for each in grounds])
    if output:
        held.touch(token, output=dict(output))
        made = facts_of(f"output.{token.step}", output, held.law.wanted)
        if made:
            held.set(facts={**held.case.facts, **made})


def facts_of(prefix: str, values: Mapping[str, Any], wanted: frozenset[str]) -> dict[str, Any]:
    """Answers as facts, only those some condition asks for: the rest stays with the papers."""
    named = {f"{prefix}.{key}": value for key, value in values.items()}
    return {name: value for name, value in named.items() if name in wanted}
