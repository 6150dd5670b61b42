"""The catalogue and the page of one service."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from qyzmet.cases.dates import clocks
from qyzmet.config import clock
from qyzmet.pages.words import current_language
from qyzmet.portal import catalogue
from qyzmet.portal.catalogue import Listed
from qyzmet.portal.drafting import ways
from qyzmet.portal.prospect import asked
from qyzmet.portal.reckoning import reckon
from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.printing.diagram import diagram_svg
from qyzmet.regulation.printing.phrases import channel_name
from qyzmet.regulation.printing.sheet import sheet
from qyzmet.regulation.printing.sheet_pages import sheet_html
from qyzmet.regulation.printing.table_pages import tables_html
from qyzmet.regulation.printing.words import term_words

__all__ = ["index", "listed_or_404", "service", "sheet_of"]

LONGEST_QUERY = 200


def index(request: HttpRequest) -> HttpResponse:
    """Find a service by word, by life event or by the body that delivers it."""
    every = catalogue.listed(clock.now())
    words = request.GET.get("q", "")[:LONGEST_QUERY]
    event, body = request.GET.get("event", ""), request.GET.get("body", "")
    found = catalogue.search(every, words, event, body)
    return render(
        request,
        "portal/catalogue.html",
        {
            "q": words,
            "event": event,
            "body": body,
            "events": catalogue.events(every),
            "bodies": catalogue.bodies(every),
            "cards": [{"listed": each, **_card(each)} for each in found],
            "nearest": [] if found else catalogue.nearest(every, words),
            "searched": bool(words.strip() or event or body),
        },
    )


def service(request: HttpRequest, service: str) -> HttpResponse:
    """Everything the law says of one service, and the way in."""
    now = clock.now()
    found = listed_or_404(service, now)
    package, language = found.package, _language()
    return render(
        request,
        "portal/service.html",
        {
            "listed": found,
            "package": package,
            "sheet": mark_safe(sheet_html(sheet_of(found, now))),  # noqa: S308 - made by our own printer
            "diagram": mark_safe(diagram_svg(package, language)),  # noqa: S308
            "tables": mark_safe(tables_html(package, language)),  # noqa: S308
            "asked": asked(found.law, request.GET, now),
            "ways": ways(found.law),
            "windows": [
                channel_name(package, key, language) for key, way in package.channels.items() if way.by
            ],
            "fee": package.fee,
            "reckoned": reckon(package.fee, request.GET, catalogue.today(now)),
            **_card(found),
        },
    )


def listed_or_404(service: str, now: datetime) -> Listed:
    """The service, or the page that says there is none."""
    found = catalogue.find(service, now)
    if found is None or found.package.attach is not None:
        raise Http404(service)
    return found


def sheet_of(found: Listed, now: datetime) -> Any:
    """The ten-row sheet of an edition, in the language of the page."""
    day = catalogue.today(now)
    return sheet(found.package, load_acts(), _language(), day, parameters=clocks.parameters())


def _card(found: Listed) -> dict[str, Any]:
    terms = [term_words(rule.within, _language()) for rule in found.package.term]
    return {"terms": list(dict.fromkeys(terms)), "free": found.package.fee.none is not None}


def _language() -> Any:
    return current_language()
