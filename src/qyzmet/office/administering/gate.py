"""Who comes in: whoever is administrator with the body that runs the system, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from qyzmet.cases import allow
from qyzmet.cases.refusals import ActRefused
from qyzmet.office.desk import actor_of, official, page

__all__ = ["SECTIONS", "administrator", "show"]

SECTIONS = (
    "bodies",
    "posts",
    "accounts",
    "hours",
    "calendar",
    "parameters",
    "openings",
    "packages",
    "parked",
    "maintenance",
    "seals",
    "texts",
)
"""In the order of the menu; each has its texts in `admin-<section>.yaml`."""

View = Callable[..., HttpResponseBase]


def administrator(view: View) -> View:
    """A page of the platform's administrator; 403 for every other post."""

    @official
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            allow.operator(actor_of(request))
        except ActRefused as problem:
            raise PermissionDenied from problem
        return view(request, *args, **kwargs)

    return guarded


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, at: str, status: int = 200
) -> HttpResponse:
    """Draw a page of the section `at`."""
    sections = [(each, f"/office/admin/{each}/") for each in SECTIONS]
    frame = {"sections": sections, "section": at}
    return page(request, f"administering/{template}", {**frame, **context}, at="admin", status=status)
