"""Who comes in: the post `auditor`, and nobody else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from qyzmet.office.desk import only, page

__all__ = ["auditor", "show"]

auditor = only("auditor")
"""A page of the auditor; 403 for every other post."""


def show(request: HttpRequest, template: str, section: str, **context: Any) -> HttpResponse:
    """Draw a page of a section: `cases` or `seals`."""
    return page(request, f"auditing/{template}", {"section": section, **context}, at="audit")
