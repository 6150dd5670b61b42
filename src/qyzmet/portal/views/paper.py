"""What one takes away from a service's page: the sheet, the drawing, BPMN, the blank form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from qyzmet.config import clock
from qyzmet.pages import forms
from qyzmet.pages.words import current_language
from qyzmet.portal.views.catalogue import listed_or_404, sheet_of
from qyzmet.regulation.printing.bpmn import bpmn_xml
from qyzmet.regulation.printing.diagram import diagram_svg
from qyzmet.regulation.printing.phrases import condition_words
from qyzmet.regulation.printing.sheet_pages import sheet_html

__all__ = ["blank", "bpmn", "diagram", "sheet"]


def sheet(request: HttpRequest, service: str) -> HttpResponse:
    """The ten rows on a page made to be printed."""
    now = clock.now()
    found = listed_or_404(service, now)
    table = mark_safe(sheet_html(sheet_of(found, now)))  # noqa: S308 - made by our own printer
    return render(request, "portal/sheet.html", {"listed": found, "package": found.package, "sheet": table})


def diagram(request: HttpRequest, service: str) -> HttpResponse:
    """The swim-lane diagram as a file."""
    found = listed_or_404(service, clock.now())
    answer = HttpResponse(diagram_svg(found.package, _language()), content_type="image/svg+xml")
    return _as_file(answer, f"{service}.svg")


def bpmn(request: HttpRequest, service: str) -> HttpResponse:
    """The procedure as BPMN 2.0."""
    found = listed_or_404(service, clock.now())
    return _as_file(
        HttpResponse(bpmn_xml(found.package, _language()), content_type="application/xml"), f"{service}.bpmn"
    )


def blank(request: HttpRequest, service: str) -> HttpResponse:
    """The form with nothing in it, for those who write by hand (M262 §17)."""
    found = listed_or_404(service, clock.now())
    package, language = found.package, _language()
    sections = [
        {
            "section": section,
            "only": condition_words(package, section.only, language) if section.only else "",
            "fields": [
                {"field": field, "only": condition_words(package, field.only, language) if field.only else ""}
                for field in section.fields.values()
            ],
        }
        for section in package.form.values()
    ]
    return render(
        request,
        "portal/blank.html",
        {"listed": found, "package": package, "sections": sections, "lines": range(3), "shown": forms.shown},
    )


def _as_file(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _language() -> Any:
    return current_language()
