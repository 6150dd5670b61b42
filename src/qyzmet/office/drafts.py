"""Texts the office need not write twice: what earlier steps found and decided, as a draft to change."""

from __future__ import annotations

from typing import Any

from qyzmet.cases.hearings import HEARING, NOTICE
from qyzmet.cases.hearings.appointments import hearing_of
from qyzmet.cases.models import Token
from qyzmet.cases.queries import CasePage
from qyzmet.office.names import choice_name, ground_name
from qyzmet.pages.words import current_language, say
from qyzmet.regulation.clause_words import clause_in_words

__all__ = ["grounds", "output"]


def output(page: CasePage, token: Token) -> dict[str, Any]:
    """What the step may begin with: its own earlier record, the preliminary decision a hearing is about, or
    what its recipient wrote."""
    if token.step == f"{HEARING}:{NOTICE}":
        return {"preliminary-decision": _preliminary(page, token)}
    if token.step.partition(":")[0] == HEARING:
        heard = hearing_of(page.case)
        return {"position": heard.said} if heard and heard.said else {}
    before = _last(page, token.step)
    return dict(before.output) if before else {}


def grounds(page: CasePage, token: Token, allowed: tuple[str, ...]) -> list[dict[str, str]]:
    """The grounds of the same step's earlier decision; else what an automatic check found missing."""
    before = _last(page, token.step)
    if before is not None and before.grounds:
        return [dict(each) for each in before.grounds if each["ground"] in allowed]
    missing = _missing(page)
    return (
        [{"ground": allowed[0], "reason": missing}]
        if missing and len(allowed) and _checks(page, token)
        else []
    )


def _last(page: CasePage, step: str) -> Token | None:
    done = [t for t in page.tokens if t.step == step and t.closed_at is not None and not t.cancelled]
    return done[-1] if done else None


def _preliminary(page: CasePage, token: Token) -> str:
    before = _last(page, token.back or "")
    if before is None:
        return ""
    lines = [f"{choice_name(page.law, before.step, before.outcome)}."]
    for each in before.grounds:
        name, cite = ground_name(page.law, each["ground"])
        lines.append(f"{name} ({clause_in_words(cite, current_language())}): {each['reason']}")
    return "\n".join(lines)


def _checks(page: CasePage, token: Token) -> bool:
    """Whether the step follows a check that failed."""
    failed = [f["step"] for f in page.shown.get("findings", ()) if f["outcome"] == "failed"]
    moves = [move.go for step in failed for move in page.law.step(step).then.get("failed", ())]
    return token.step in moves and token.kind != "await"


def _missing(page: CasePage) -> str:
    known, language = page.law.package.documents, current_language()
    found = [f for f in page.shown.get("findings", ()) if f["outcome"] == "failed"]
    items = [item.get("document", "") for f in found[-1:] for item in f["items"]]
    names = [known[each].name.in_language(language) for each in items if each in known]
    return say("doing.missing-documents", names="; ".join(names)) if names else ""
