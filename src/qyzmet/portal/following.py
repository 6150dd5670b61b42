"""A case as its recipient follows it: the portal's processes and conditions, the steps, until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet.cases import clocks
from qyzmet.cases.models import Case, CaseState, Deadline, Token
from qyzmet.cases.queries import CasePage
from qyzmet.pages import strip
from qyzmet.pages.words import current_language, say
from qyzmet.people.directory import body

__all__ = ["Due", "Mark", "Stage", "due_of", "holders", "mark_of", "portal_stages", "step_stages"]


@dataclass(frozen=True, slots=True)
class Mark:
    """The state of a case or step: a word, and the class that gives it its sign."""

    word: str
    sign: str


@dataclass(frozen=True, slots=True)
class Due:
    """A date that matters, with how much is left and the days that explain it."""

    at: datetime
    left: str
    days: list[strip.Day] = field(default_factory=list)
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One line of the timeline. `sign`: done (empty), now, failed, held, later."""

    name: str
    sign: str
    text: str = ""
    who: str = ""
    began: datetime | None = None
    ended: datetime | None = None
    due: Due | None = None
    clause: str = ""


def mark_of(case: Case, now: datetime, exit_kind: str = "") -> Mark:
    """The state of a case in a word and a sign."""
    if case.state == CaseState.ENDED:
        kind = exit_kind or "neutral"
        sign = {"positive": "done", "refusal": "refused"}.get(kind, "past")
        return Mark(say(f"cabinet.ended-{kind}"), sign)
    if case.state == CaseState.SUSPENDED:
        return Mark(say("cabinet.suspended"), "held")
    if case.state == CaseState.RECEIVED:
        return Mark(say("cabinet.received"), "soon")
    if case.due is not None and case.due < now:
        return Mark(say("cabinet.late"), "late")
    return Mark(say("cabinet.open"), "open")


def due_of(case: Case, deadline: Deadline | None, now: datetime) -> Due | None:
    """The overall due date of an open case."""
    if case.due is None:
        return None
    door = clocks.door_of(case.provider_id)
    basis = deadline.basis if deadline else {}
    left = "" if case.state == CaseState.ENDED else strip.left(case.due, now, door)
    return Due(case.due, left, strip.stored_days(basis), basis.get("cite", ""))


def holders(tokens: tuple[Token, ...], page: CasePage) -> list[str]:
    """Who holds the case now: posts and bodies of the open steps."""
    return list(dict.fromkeys(_who(page, t) for t in tokens if t.closed_at is None and t.post))


def _who(page: CasePage, token: Token) -> str:
    if not token.post:
        return say("cabinet.by-itself")
    language = current_language()
    post = page.law.post_name(token.post, token.step)[language]
    where = body(token.organisation_id).names[language] if token.organisation_id else ""
    return f"{post}, {where}" if where else post


def portal_stages(page: CasePage) -> Iterator[Stage]:
    """Portal intake as the acts draw it (A120 §10; K4201 an.1 §8, an.2 §8)."""
    case, filing = page.case, page.shown
    if page.law.package.channels[case.channel].by is not None:
        return
    at = case.received_at
    signed = bool(filing.get("signatures"))
    yield Stage(say("stages.process-1"), "", say("stages.process-1-text"), began=at)
    yield Stage(say("stages.condition-1"), "", say("stages.condition-1-text"), began=at)
    yield Stage(say("stages.process-3"), "", say("stages.process-3-text"), began=at)
    words = say("stages.condition-2-text" if signed else "stages.condition-2-password")
    yield Stage(say("stages.condition-2"), "" if signed else "held", words, began=at)
    yield Stage(say("stages.process-5"), "", say("stages.process-5-text"), began=at)
    if case.state == CaseState.RECEIVED:
        yield Stage(say("stages.registering"), "now", "", began=case.registered_at)
    elif case.number:
        yield Stage(say("stages.registered", number=case.number), "", "", began=case.registered_at)


def step_stages(page: CasePage, now: datetime) -> Iterator[Stage]:
    """The steps so far, with who held each, until when, and why that date."""
    dated = {each.subject: each for each in page.deadlines}
    language = current_language()
    for token in page.tokens:
        if token.cancelled:
            continue
        step = page.law.step(token.step)
        name = step.name.in_language(language)
        deadline = dated.get(f"token:{token.case_id}.{token.no}")
        yield Stage(
            name,
            _sign(token),
            _outcome(page, token),
            _who(page, token),
            token.opened_at,
            token.closed_at,
            _step_due(page.case, token, deadline, now),
            step.cite,
        )
    yield from _last(page)


def _sign(token: Token) -> str:
    if token.closed_at is not None:
        return ""
    return "held" if token.suspended else "now"


def _outcome(page: CasePage, token: Token) -> str:
    moves: Any = page.law.step(token.step).then.get(token.outcome)
    name = moves[0].name if moves else None
    return name.in_language(current_language()) if name and len(page.law.step(token.step).then) > 1 else ""


def _step_due(case: Case, token: Token, deadline: Deadline | None, now: datetime) -> Due | None:
    if token.due is None:
        return None
    left = ""
    if token.closed_at is None and not token.suspended:
        left = strip.left(token.due, now, clocks.door_of(token.organisation_id or case.provider_id))
    basis = deadline.basis if deadline else {}
    return Due(token.due, left, strip.stored_days(basis), basis.get("cite", ""))


def _last(page: CasePage) -> Iterator[Stage]:
    case = page.case
    if case.state == CaseState.ENDED:
        ending = page.law.package.exits.get(case.exit or "")
        failed = "failed" if ending is not None and ending.kind == "refusal" else ""
        words = ending.name.in_language(current_language()) if ending else ""
        yield Stage(say("stages.result"), failed, words, began=case.ended_at)
    else:
        yield Stage(say("stages.result"), "later", say("stages.result-text"))
