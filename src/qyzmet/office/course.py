"""How a case has gone: its people, its journal in words, and the other cases it touches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from qyzmet import identity
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Case, CaseState, Payload
from qyzmet.cases.queries import CasePage, timeline, visible_cases
from qyzmet.cases.queries.timeline import Happening
from qyzmet.cases.queries.views import VIEWS
from qyzmet.office.names import (
    body_name,
    choice_name,
    exit_name,
    ground_name,
    issued_name,
    people,
    step_name,
)
from qyzmet.pages.words import current_language, say, table
from qyzmet.people.actor import Actor

__all__ = ["Event", "Holder", "Related", "events", "holders", "related", "related_rows"]

MOST = 20


@dataclass(frozen=True, slots=True)
class Holder:
    """A step with who did it or has it now; `where` is empty at the provider itself."""

    step: str
    post: str
    where: str
    name: str
    closed: bool
    takeable: bool


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the journal; `recorded_at` where that was later than it occurred."""

    at: datetime
    words: str
    detail: str
    reason: str
    who: str
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Related:
    """Another case of the same applicant or about the same plot; `why` says which."""

    ref: str
    number: str
    service: str
    state: str
    why: str


def holders(actor: Actor, page: CasePage) -> list[Holder]:
    """Who did what, and who has it now; who is not shown the people still knows those of their own body."""
    steps = [t for t in page.tokens if t.post and not t.cancelled]
    whole = "people" in page.shown
    known = [t for t in steps if whole or t.organisation_id == actor.organisation]
    names = people(ids=[t.assignee_id for t in known], numbers=[t.closed_by for t in known])
    shown = {t.no: names.get(t.closed_by or t.assignee_id or 0, "") for t in known}
    return [
        Holder(
            step_name(page.law, t.step),
            page.law.post_name(t.post, t.step)[current_language()],
            body_name(t.organisation_id) if t.organisation_id != page.case.provider_id else "",
            shown.get(t.no, ""),
            t.closed_at is not None,
            t.kind in ("task", "batch"),
        )
        for t in steps
    ]


def events(actor: Actor, page: CasePage) -> list[Event]:
    """The journal in words, newest first."""
    happened = [each for each in timeline(actor, page.case.ref) if f"happened.{each.code}" in table()]
    names = people(numbers=[each.person for each in happened])
    return [_event(page.law, each, names) for each in reversed(happened)]


def _event(law: Law, each: Happening, names: dict[int | str, str]) -> Event:
    late = (each.recorded_at - each.occurred_at).total_seconds() >= 60
    who = say("casefile.by-itself") if each.person == "system" else names.get(each.person, each.person)
    who = who or say("desk.applicant")
    reasons = [str(g.get("reason", "")) for g in each.data.get("grounds", ()) if isinstance(g, dict)]
    reason = "; ".join(filter(None, [str(each.data.get("reason") or ""), *reasons]))
    return Event(
        each.occurred_at,
        say(f"happened.{each.code}"),
        " · ".join(_details(law, each.data)),
        reason,
        who,
        each.recorded_at if late else None,
    )


def _details(law: Law, data: dict[str, Any]) -> Iterator[str]:
    step = data.get("step")
    known = step in law.program.nodes
    if known:
        yield step_name(law, str(step))
    outcome = data.get("outcome")
    if known and outcome in law.step(str(step)).then and len(law.step(str(step)).then) > 1:
        yield choice_name(law, str(step), str(outcome))
    if data.get("exit"):
        yield exit_name(law, data["exit"])
    if data.get("ground"):
        yield ground_name(law, data["ground"])[0]
    if data.get("number"):
        yield str(data["number"])
    if data.get("document"):
        yield issued_name(law, data["document"])


def related(actor: Actor, page: CasePage) -> list[Related]:
    """Cases the actor may see of the same applicant, about the same plot, above or below this one."""
    if "applicant" not in page.shown:
        return []
    may = [capacity for capacity, names in VIEWS.items() if "applicant" in names]
    seen = visible_cases(actor, capacities=may).exclude(pk=page.case.pk)
    case = page.case
    family = Q(pk__in=[pk for pk in (case.about_id, case.parent_id) if pk]) | Q(about=case) | Q(parent=case)
    found: dict[str, Related] = {}
    for row in seen.filter(family)[:MOST]:
        found[row.ref] = _related(row, say("casefile.linked"))
    for row in _same_plot(seen, page):
        found.setdefault(row.ref, _related(row, say("casefile.same-plot")))
    for row in seen.filter(applicant=case.applicant)[:MOST]:
        found.setdefault(row.ref, _related(row, say("casefile.same-applicant")))
    return list(found.values())[:MOST]


def related_rows(found: list[Case]) -> list[Related]:
    """Cases as a list shows them."""
    return [_related(case, "") for case in found]


def _same_plot(seen: QuerySet[Case], page: CasePage) -> list[Case]:
    """The cases that named one of this case's plots, by the plots' own streams."""
    fields = {k: f for section in page.law.package.form.values() for k, f in section.fields.items()}
    form = page.shown.get("form") or {}
    plots = [form[k] for k, f in fields.items() if f.type == "cadastral-number" and form.get(k)]
    streams = [f"plot:{identity.read_cadastral_number(plot).normalised}" for plot in plots]
    named = Payload.objects.filter(stream__in=streams, data__isnull=False).values_list("data", flat=True)
    ids = {json.loads(each)["case"] for each in named if each}
    return list(seen.filter(pk__in=ids)[:MOST])


def _related(case: Case, why: str) -> Related:
    law = law_of(case.edition_id)
    ended = exit_name(law, case.exit) if case.state == CaseState.ENDED else ""
    return Related(
        case.ref,
        case.number or "",
        law.package.name.in_language(current_language()),
        ended or say(f"desk.state-{case.state}"),
        why,
    )
