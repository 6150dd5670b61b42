"""Who comes in: the post `auditor`, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from qyzmet.office.desk import actor_of, official, page

__all__ = ["auditor", "show"]

View = Callable[..., HttpResponseBase]


def auditor(view: View) -> View:
    """A page of the auditor; 403 for every other post."""

    @official
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if actor_of(request).post != "auditor":
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def show(request: HttpRequest, template: str, section: str, **context: Any) -> HttpResponse:
    """Draw a page of a section: `cases` or `seals`."""
    return page(request, f"auditing/{template}", {"section": section, **context}, at="audit")
