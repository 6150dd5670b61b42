"""The window: choose the service, take the application in on one page, print the receipt or the refusal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from qyzmet.cases import acts
from qyzmet.cases.acts import visits
from qyzmet.cases.filing.editions import edition_for
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, HomeVisit
from qyzmet.cases.refusals import ActRefused, refused
from qyzmet.config import clock
from qyzmet.office import casefile, dates, doing
from qyzmet.office.accepting import accepted
from qyzmet.office.beginning import Begun
from qyzmet.office.desk import actor_of, intake_ways, official, page, published
from qyzmet.office.intake import Taking
from qyzmet.office.names import body_name, variant_names, way_in
from qyzmet.office.queue.rows import in_hand_at
from qyzmet.office.refusing import refused as shown_refusal
from qyzmet.office.refusing import status_of
from qyzmet.office.scans import Scans
from qyzmet.office.views.case import open_case
from qyzmet.office.warnings import Warnings
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor
from qyzmet.portal import keeping
from qyzmet.regulation.model import Document

__all__ = ["check", "form", "receipt", "services"]


@official
def services(request: HttpRequest) -> HttpResponse:
    """The services this window takes in, with why one cannot be taken in today."""
    actor, now = actor_of(request), clock.now()
    rows = [_service(service, now) for service in intake_ways(actor, published())]
    return page(request, "intake.html", {"rows": [row for row in rows if row]}, at="intake")


def _service(service: str, now: datetime) -> dict[str, Any]:
    try:
        law = edition_for(service, now).law
    except ActRefused as problem:
        name = next(each.package.name for each in published() if each.package.service == service)
        return {"service": service, "name": name, "closed": problem.text[current_language()]}
    return {"service": service, "name": law.package.name, "package": law.package}


@official
@keeping.keeps
def form(request: HttpRequest, service: str) -> HttpResponse:
    """First the choices there are, then the whole form on one page."""
    actor, now = actor_of(request), clock.now()
    ways = intake_ways(actor, published()).get(service)
    if not ways:
        raise Http404
    try:
        law = edition_for(service, now).law
    except ActRefused as problem:
        return page(
            request, "intake.html", {"rows": [], "problem": shown_refusal(problem)}, at="intake", status=422
        )
    begun = Begun(law, actor, ways, request.GET)
    if not begun.ready:
        return page(request, "intake_begin.html", {"law": law, "begun": begun}, at="intake")
    scans = Scans.from_page(request, actor, _slots(law), now)
    back = keeping.given_here(request)
    if back is not None:  # typed before the session ended: as it was, and not yet sent
        return _draw(request, Taking(begun, _unsent(back.data), Scans.kept(actor, back.data.getlist("scan"))))
    if request.method != "POST":
        return _draw(request, Taking(begun, _from_visit(request, actor, service), scans))
    taking = Taking(begun, request.POST, scans)
    return _sent(request, taking, now) if taking.sent else _draw(request, taking)


@official
@require_POST
def check(request: HttpRequest, service: str) -> HttpResponse:
    """What there is to warn of in what was typed so far, as a piece of the page; nothing is kept of it."""
    actor, now = actor_of(request), clock.now()
    ways = intake_ways(actor, published()).get(service)
    if not ways:
        raise Http404
    try:
        law = edition_for(service, now).law
    except ActRefused as problem:
        raise Http404 from problem
    begun = Begun(law, actor, ways, request.GET)
    if not begun.ready:
        raise Http404
    taking = Taking(begun, request.POST, Scans.from_page(request, actor, [], now))
    return render(request, "office/intake_warnings.html", {"warnings": Warnings(actor, taking)})


def _unsent(data: QueryDict) -> QueryDict:
    """What was typed without the button that sent it."""
    for button in ("submit", "refuse", "refuse-sure"):
        data.pop(button, None)
    return data


def _from_visit(request: HttpRequest, actor: Actor, service: str) -> QueryDict:
    """What the request for a home visit said already; nothing without one."""
    visit = _visit(request, actor, service)
    if visit is None:
        return QueryDict()
    data = QueryDict(mutable=True)
    data.update({"number": visit.applicant, "name": visit.applicant_name, "visit": "yes"})
    data.update({"f.phone": visit.phone, "f.address": visit.address})
    return data


def _visit(request: HttpRequest, actor: Actor, service: str) -> HomeVisit | None:
    """The appointed visit the page was opened from."""
    asked = request.GET.get("home", "")
    pk = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    mine = HomeVisit.objects.filter(
        organisation_id=actor.organisation or 0, service=service, state="appointed"
    )
    return mine.filter(pk=pk).first()


def _slots(law: Law) -> list[str]:
    fields = {k: f for section in law.package.form.values() for k, f in section.fields.items()}
    return [*law.package.documents, *(f"f.{k}" for k, f in fields.items() if f.type == "file")]


def _sent(request: HttpRequest, taking: Taking, now: datetime) -> HttpResponse:
    actor, data = actor_of(request), request.POST
    if taking.errors:
        return _draw(request, taking, status=422)
    if "submit" not in data:
        return _refuse(request, taking, now)
    if Warnings(actor, taking).twice and data.get("again") != "yes":
        return _draw(request, taking, twice=True, status=422)
    try:
        case = acts.submit(actor, taking.application(), now=now, key=taking.key)
    except ActRefused as problem:
        if problem.code == "form-faulty":
            taking.found = problem.hint
        return _draw(request, taking, problem=problem, status=status_of(problem))
    _visited(request, actor, case, now)
    return redirect(f"/office/intake/receipt/{case.ref}")


def _visited(request: HttpRequest, actor: Actor, case: Case, now: datetime) -> None:
    """The visit it came of is made; where the two do not fit, the inspector is told."""
    visit = _visit(request, actor, case.service)
    if visit is None:
        return
    try:
        visits.record_home_visit(actor, visit.pk, case.ref, now=now)
    except ActRefused as problem:
        messages.warning(request, problem.text[current_language()])


def _refuse(request: HttpRequest, taking: Taking, now: datetime) -> HttpResponse:
    """Ask once more what is missing, then refuse to accept with a number of its own."""
    reason = _reason(taking, request.POST.get("reason", ""))
    if "refuse-sure" not in request.POST:
        return _draw(request, taking, refusing=True)
    try:
        if not taking.faulty:
            raise refused("refusal-without-fault", "Law on state services art. 20(2)")
        row = acts.refuse_to_accept(
            actor_of(request), taking.law.package.service, taking.recipient,
            grounds=[{"ground": _ground(taking.law), "reason": reason}], documents=taking.faulty,
            details=taking.told_on_refusal, now=now,
            key=f"{taking.key}:refused",
        )  # fmt: skip
    except ActRefused as problem:
        return _draw(request, taking, problem=problem, refusing=True, status=status_of(problem))
    return redirect(f"/office/intake/refused/{row.pk}")


def _reason(taking: Taking, typed: str = "") -> str:
    """As typed; where the draft was left as it was, one with what was marked as expired since."""
    missing, expired = _names(taking.missing), _names(taking.expired)
    lines = (
        say("doing.missing-documents", names=missing) if missing else "",
        say("intake.refuse-expired-reason", names=expired) if expired else "",
    )
    kept = typed.strip()
    return kept if kept and kept != lines[0] else "\n".join(filter(None, lines))


def _names(documents: Mapping[str, Document]) -> str:
    return "; ".join(each.name.in_language(current_language()) for each in documents.values())


def _ground(law: Law) -> str:
    """The service's own ground for not accepting, or that of the law on state services."""
    exits = [each for each in law.package.exits.values() if each.kind == "not-accepted" and each.grounds]
    return exits[0].grounds[0] if exits else "incomplete"


def _draw(
    request: HttpRequest,
    taking: Taking,
    *,
    problem: ActRefused | None = None,
    refusing: bool = False,
    twice: bool = False,
    status: int = 200,
) -> HttpResponse:
    missing = [d.name.in_language(current_language()) for d in taking.missing.values()]
    warned = Warnings(actor_of(request), taking) if taking.data else None
    context = {
        "taking": taking,
        "law": taking.law,
        "problem": shown_refusal(problem) if problem else None,
        "errors": taking.errors,
        "refusing": refusing,
        "duplicates": warned.twice if warned else [],
        "warnings": warned,
        "twice": twice,
        "missing": missing,
        "reason": _reason(taking, request.POST.get("reason", "")),
        "query": request.GET.urlencode(),
    }
    return page(request, "intake_form.html", context, at="intake", status=status)


@official
def receipt(request: HttpRequest, ref: str) -> HttpResponse:
    """What was taken in, when it is registered and why then, and what to do with it next."""
    actor, now = actor_of(request), clock.now()
    found = open_case(actor, ref, now)
    case = found.case
    context = {
        "page": found,
        "case": case,
        "papers": casefile.papers(found),
        "issued": casefile.issued(found),
        "term": dates.of_term(found, now),
        "hands": doing.in_hand(actor, found, now, None),
        "way": way_in(found.law, case.channel),
        "variant": variant_names(found.law, case.variant),
        "provider": body_name(case.provider_id),
        "later": case.registered_at > case.received_at,
        "by": accepted(actor, found),
        "ticket": in_hand_at(actor),
    }
    return page(request, "receipt.html", context, at="intake")
