"""A case as its recipient follows it: the portal's processes and conditions, the steps, until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from qyzmet.cases.dates import clocks
from qyzmet.cases.hearings.appointments import hearing_of
from qyzmet.cases.hearings.story import HOLD
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, CaseState, Deadline, Token
from qyzmet.cases.queries import CasePage
from qyzmet.cases.queries.conditions import Condition, Detail, conditions
from qyzmet.documents.invitation import way_words
from qyzmet.pages import strip
from qyzmet.pages.endings import ending_of
from qyzmet.pages.signing import Tried, line
from qyzmet.pages.words import current_language, say
from qyzmet.people.directory import body

__all__ = [
    "Due",
    "Mark",
    "Stage",
    "awaits_recipient",
    "due_of",
    "hearing",
    "holders",
    "mark_of",
    "portal_stages",
    "step_stages",
]

COMPLETE = "documents.complete"
SIGNED, CHECKED, SENT = 2, 3, 5
"""Condition 2, the signature; condition 3, the documents; process 5, on to the provider."""


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
    checks: tuple[Tried, ...] = ()


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


def hearing(page: CasePage, now: datetime) -> dict[str, Any] | None:
    """The hearing of the case, its way in words, whether its recipient may still answer (`open`) or its time
    has `passed` without minutes; `objects`: whoever did not say they come may then still object in writing.
    None where no notice has set one."""
    found = hearing_of(page.case)
    if found is None:
        return None
    way, passed = way_words(page.law, found, current_language()), found.awaits_minutes(now)
    objects = passed and found.answer != "comes" and bool(found.answers(now))
    return {
        "found": found,
        "way": way,
        "open": found.open and not passed,
        "passed": passed,
        "objects": objects,
    }


def awaits_recipient(law: Law, case: Case, tokens: Iterable[Token], now: datetime) -> str:
    """What the case waits for its recipient to do, as a page of it: `answer`, `hearing`, or empty; `minutes`
    where the time of a hearing has passed and nothing is left to do but wait for them."""
    for token in tokens:
        if awaits_a_party(law, token):
            return "answer"
        if token.step == HOLD:
            found = hearing_of(case)
            if found is None or not found.open:
                return ""
            return "minutes" if found.awaits_minutes(now) else "" if found.answer else "hearing"
    return ""


def holders(tokens: tuple[Token, ...], page: CasePage) -> list[str]:
    """Who holds the case now: posts and bodies of the open steps."""
    held = (t for t in tokens if t.closed_at is None and (t.post or awaits_a_party(page.law, t)))
    return list(dict.fromkeys(_who(page, t) for t in held))


def awaits_a_party(law: Law, token: Token) -> bool:
    """Whether the step waits for the recipient or another side of the application."""
    return token.kind == "await" and law.step(token.step).from_ in law.package.parties


def _who(page: CasePage, token: Token) -> str:
    if not token.post:
        return say("cabinet.you" if awaits_a_party(page.law, token) else "cabinet.by-itself")
    language = current_language()
    post = page.law.post_name(token.post, token.step)[language]
    where = body(token.organisation_id).names[language] if token.organisation_id else ""
    return f"{post}, {where}" if where else post


def portal_stages(page: CasePage) -> Iterator[Stage]:
    """Portal intake as the acts draw it, up to the result (A120 §10; K4201 an.1 §8, an.2 §8)."""
    case, drawn = page.case, [e for e in conditions(page) if not (_after(e) or _checks_papers(e))]
    if not drawn:
        return
    signed = any(each.kind == "condition" and each.number == SIGNED for each in drawn)
    for each in drawn:
        if each.kind == "process" and each.number == SENT and not signed:
            yield Stage(
                say("stages.by-password"), "held", say("stages.by-password-text"), began=case.received_at
            )
        yield _drawn(each)
    if case.state == CaseState.RECEIVED:
        text = say("stages.unconfirmed") if case.unconfirmed else ""
        yield Stage(say("stages.registering"), "now", text, began=case.registered_at)
    elif case.number:
        yield Stage(say("stages.registered", number=case.number), "", "", began=case.registered_at)
    else:
        yield Stage(say("stages.not-registered"), "held")


def _after(each: Condition) -> bool:
    """The messages that end the way: faults in the documents, the result."""
    return each.kind == "process" and each.number > SENT


def _checks_papers(each: Condition) -> bool:
    return each.kind == "condition" and each.number == CHECKED


def _drawn(each: Condition) -> Stage:
    language = current_language()
    checks = tuple(_checked(detail) for detail in each.details)
    sign = {"passed": "", "failed": "failed", "pending": "later" if each.moment is None else "held"}
    return Stage(
        each.name[language], sign[each.outcome], began=each.moment, clause=each.clause, checks=checks
    )


def _checked(detail: Detail) -> Tried:
    passed = {"passed": True, "failed": False}.get(detail.outcome, "pending")
    return line(detail.check, passed, detail.words[current_language()])


def step_stages(page: CasePage, now: datetime) -> Iterator[Stage]:
    """The steps so far, with who held each, until when, and why that date."""
    dated = {each.subject: each for each in page.deadlines}
    language = current_language()
    papers = next((each for each in conditions(page) if _checks_papers(each)), None)
    for token in page.tokens:
        if token.cancelled:
            continue
        step = page.law.step(token.step)
        if papers is not None and step.function == COMPLETE:
            yield _drawn(papers)
            papers = None
            continue
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
    if papers is not None and not (page.case.state == CaseState.ENDED and papers.outcome == "pending"):
        yield _drawn(papers)
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
    ended = case.state == CaseState.ENDED
    ending = ending_of(page.law, case.exit)
    words = ending.words if ending else ""
    failed = "failed" if ending is not None and ending.kind == "refusal" else ""
    drawn = [_drawn(each) for each in conditions(page) if _after(each)]
    yield from drawn[:-1]
    result = drawn[-1] if drawn else Stage(say("stages.result"), "", began=case.ended_at)
    sign, text = (failed, words) if ended else ("later", say("stages.result-text"))
    yield replace(result, sign=sign, text=text)
