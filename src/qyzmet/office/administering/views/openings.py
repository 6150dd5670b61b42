"""Openings: editions that take filings although not in force, each by name, with its ground and days."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from qyzmet.cases.acts import administering as acts
from qyzmet.cases.deployment import overlays
from qyzmet.cases.filing import editions
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Edition
from qyzmet.clock import local
from qyzmet.config import clock
from qyzmet.office.administering.changing import Change, Given, carry_out
from qyzmet.office.administering.fields import everywhere, field, in_three, names
from qyzmet.office.administering.gate import administrator
from qyzmet.office.administering.history import events, said
from qyzmet.office.administering.listing import Cell, draw_list, listing, tag
from qyzmet.office.administering.naming import service_names
from qyzmet.pages.words import current_language, say
from qyzmet.regulation.openings import Opening

__all__ = ["end", "new", "openings"]

PAGE = "admin-openings"
HOME = "/office/admin/openings/"


@administrator
def openings(request: HttpRequest) -> HttpResponse:
    """Every opening, those that hold today first."""
    today, names_ = local(clock.now()).date(), service_names()
    language = current_language()
    rows = (
        (
            f"{HOME}{o.service}/{o.edition}/{o.from_}/end" if _runs(o, today) else "",
            (
                names_.get(o.service, everywhere(o.service))[language],
                o.edition,
                said(o.from_.isoformat()),
                said(o.to.isoformat()) if o.to else say("admin-posts.open-ended"),
                o.ground.in_language(language),
                _state(o, today),
            ),
        )
        for o in sorted(editions.opened(), key=lambda o: (not o.covers(today), o.service, o.from_))
    )
    found = listing(PAGE, ("service", "edition", "since", "until", "ground", "state"), rows)
    past = events("system", {"edition.opened", "edition.opening-ended"})
    return draw_list(request, PAGE, found, actions=[(say(f"{PAGE}.new"), f"{HOME}new")], events=past)


@administrator
def new(request: HttpRequest) -> HttpResponse:
    """Open an edition by name."""

    def do(given: Given) -> None:
        clean = given.clean
        row = Edition.objects.filter(pk=int(clean["edition"][1:])).first()
        if row is None:
            raise Http404
        until = date.fromisoformat(clean["until"]) if clean.get("until") else None
        acts.open_edition(
            given.actor,
            row.service,
            row.edition,
            in_three(clean, "ground"),
            since=date.fromisoformat(clean["since"]),
            until=until,
            reason=given.reason,
            now=given.now,
            seen=given.seen,
            key=given.key,
        )

    known = {
        f"n{row.pk}": _title(row)
        for row in Edition.objects.filter(general=False, revision=1).order_by("service")
    }
    fields = {
        "edition": field(PAGE, "edition", "choice", choices=known),
        "since": field(PAGE, "since", "date"),
        "until": field(PAGE, "until", "date", required=False),
        **names(PAGE, "ground"),
    }
    seen = overlays.version(editions.own_openings())
    return carry_out(request, Change(PAGE, "new", HOME, fields, do, seen=seen))


@administrator
def end(request: HttpRequest, service: str, edition: str, since: str) -> HttpResponse:
    """End an opening with a day."""
    found = next(
        (o for o in editions.opened() if (o.service, o.edition, str(o.from_)) == (service, edition, since)),
        None,
    )
    if found is None:
        raise Http404
    opening = found

    def do(given: Given) -> None:
        acts.end_opening(
            given.actor,
            service,
            edition,
            opening.from_,
            last=date.fromisoformat(given.clean["last"]),
            reason=given.reason,
            now=given.now,
            seen=given.seen,
            key=given.key,
        )

    facts = [
        (say("admin.f-service"), service),
        (say("admin.f-edition"), edition),
        (say("admin.f-since"), said(since)),
        (say("admin.f-until"), said(str(opening.to or ""))),
        (say("admin.f-ground"), opening.ground.in_language(current_language())),
    ]
    fields = {"last": field(PAGE, "last", "date")}
    seen = overlays.version(editions.own_openings())
    return carry_out(request, Change(PAGE, "end", HOME, fields, do, facts=facts, seen=seen))


def _title(row: Edition) -> dict[str, str]:
    name = law_of(row.pk).package.name
    return {language: f"{name.in_language(language)}, {row.edition}" for language in ("kk", "ru", "en")}


def _runs(opening: Opening, today: date) -> bool:
    return opening.to is None or opening.to >= today


def _state(opening: Opening, today: date) -> Cell:
    if not _runs(opening, today):
        return tag(say("admin.over"), "past")
    return tag(say("admin.now"), "done") if opening.covers(today) else tag(say("admin.ahead"), "soon")
