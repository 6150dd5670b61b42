"""One case as somebody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet.cases import allow, rows
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Case, Deadline, Duty, Filing, Finding, Stream, Suspension, Token, Vote
from qyzmet.cases.queries.views import ELSEWHERE, fields_seen
from qyzmet.cases.refusals import refused
from qyzmet.cases.words.lookup import by_ref
from qyzmet.people.actor import Actor

__all__ = ["CasePage", "Doable", "case_page"]


@dataclass(frozen=True, slots=True)
class Doable:
    """Something the actor may do now: a step's outcomes with the step's clause.

    `kind`: the step's kind; `outcomes`: outcome → name in three languages (empty where the law names none).
    """

    no: int
    step: str
    kind: str
    outcomes: dict[str, dict[str, str]]
    clause: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """What one sees of a case. `shown` holds exactly the fields of the actor's view; `seq` is the number to
    give back with an act (`expected`), so that a page somebody has overtaken is noticed."""

    case: Case
    law: Law
    capacities: frozenset[str]
    shown: dict[str, Any]
    doable: tuple[Doable, ...]
    deadlines: tuple[Deadline, ...]
    seq: int
    tokens: tuple[Token, ...] = field(default=())


def case_page(actor: Actor, ref: str) -> CasePage:
    """The case as the actor sees it. Raises ActRefused `not-found`, the same for a stranger and for no case.

    Pages of officials are opened by the act `read_case`, which journals a reading; this only looks.
    """
    case = by_ref(ref)
    seen = allow.capacities(actor, case.pk) if case else frozenset()
    if case is None or not seen:
        raise refused("not-found")
    law = law_of(case.edition_id)
    tokens = tuple(rows.select(Token, "WHERE case_id = %s ORDER BY no", [case.pk]))
    names = fields_seen(seen)
    head = rows.select(Stream, "WHERE name = %s", [case.stream])
    return CasePage(
        case=case,
        law=law,
        capacities=seen,
        shown=_shown(case, tokens, names),
        doable=tuple(_doable(law, t) for t in tokens if _mine(actor, t)),
        deadlines=tuple(rows.select(Deadline, "WHERE case_id = %s ORDER BY id", [case.pk])),
        seq=head[0].seq if head else 0,
        tokens=tokens if "steps" in names else (),
    )


def _mine(actor: Actor, token: Token) -> bool:
    open_ = token.closed_at is None and not token.suspended
    return open_ and allow.fits(actor, token) and allow.in_hand(actor, token)


def _doable(law: Law, token: Token) -> Doable:
    step = law.step(token.step)
    outcomes = {
        outcome: moves[0].name.model_dump(exclude={"reviewed"}) if moves[0].name else {}
        for outcome, moves in step.then.items()
    }
    return Doable(token.no, token.step, token.kind, outcomes, step.cite, token.due)


def _shown(case: Case, tokens: tuple[Token, ...], names: tuple[str, ...]) -> dict[str, Any]:
    papers = rows.select(Filing, "WHERE case_id = %s", [case.pk])
    shown: dict[str, Any] = {}
    for name in names:
        if name in ELSEWHERE:
            continue
        if name in _MADE:
            shown[name] = _MADE[name](case, tokens)
        elif hasattr(Filing, name) and name != "case":
            shown[name] = getattr(papers[0], name) if papers else None
        else:
            shown[name] = getattr(case, _KEPT_AS.get(name, name))
    return shown


_KEPT_AS = {
    "edition": "edition_id",
    "provider": "provider_id",
    "about": "about_id",
    "registered_at": "registered",
}


_STEP = {
    "no": "no",
    "step": "step",
    "organisation": "organisation_id",
    "post": "post",
    "opened": "opened_at",
    "due": "due",
    "closed": "closed_at",
    "outcome": "outcome",
    "suspended": "suspended",
    "cancelled": "cancelled",
}


def _steps(case: Case, tokens: tuple[Token, ...]) -> list[dict[str, Any]]:
    return [{shown: getattr(t, kept) for shown, kept in _STEP.items()} for t in tokens]


def _outputs(case: Case, tokens: tuple[Token, ...]) -> dict[str, Any]:
    return {t.step: t.output for t in tokens if t.output}


def _grounds(case: Case, tokens: tuple[Token, ...]) -> list[dict[str, str]]:
    return [{"step": t.step, **each} for t in tokens for each in t.grounds]


def _people(case: Case, tokens: tuple[Token, ...]) -> list[dict[str, Any]]:
    return [{"step": t.step, "assignee": t.assignee_id, "closed_by": t.closed_by} for t in tokens]


def _plain(found: Iterable[Any]) -> list[dict[str, Any]]:
    return [dict(each) for each in found]


def _suspensions(case: Case, tokens: tuple[Token, ...]) -> list[dict[str, Any]]:
    found = Suspension.objects.filter(case=case).order_by("effective_at")
    return _plain(found.values("ground", "reason", "effective_at", "entered_at", "until", "lifted_because"))


def _findings(case: Case, tokens: tuple[Token, ...]) -> list[dict[str, Any]]:
    found = Finding.objects.filter(case=case).order_by("id")
    return _plain(found.values("step", "function", "outcome", "items", "at"))


def _votes(case: Case, tokens: tuple[Token, ...]) -> list[dict[str, Any]]:
    found = Vote.objects.filter(token__case=case).order_by("id")
    return _plain(found.values("token__step", "account", "outcome", "recused", "reason", "at"))


def _duties(case: Case, tokens: tuple[Token, ...]) -> list[dict[str, Any]]:
    found = Duty.objects.filter(case=case).order_by("id")
    return _plain(found.values("code", "due", "fulfilled_at"))


_MADE: dict[str, Callable[[Case, tuple[Token, ...]], Any]] = {
    "steps": _steps,
    "outputs": _outputs,
    "grounds": _grounds,
    "people": _people,
    "suspensions": _suspensions,
    "findings": _findings,
    "votes": _votes,
    "duties": _duties,
}
