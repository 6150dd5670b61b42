"""Nothing typed is lost when a session ends in the middle of a draft.

A page posted without a session comes back as the sign-in page with what was posted sealed into it; signing in
as the draft's owner lays it into the draft.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve

from qyzmet.cases.refusals import ActRefused
from qyzmet.pages import forms
from qyzmet.people.actor import actors_for
from qyzmet.people.models import Account
from qyzmet.portal.drafting import open_draft

__all__ = ["ask_again", "restore", "seal"]

SALT = "portal.keeping"
KEPT_FOR = 24 * 3600
UNKEPT = {"csrfmiddlewaretoken", "password"}


def seal(request: HttpRequest) -> str:
    """What was posted, sealed: nobody can change it on the way."""
    kept = {name: request.POST.getlist(name) for name in request.POST if name not in UNKEPT}
    return signing.dumps({"path": request.path, "posted": kept}, salt=SALT, compress=True)


def ask_again(request: HttpRequest) -> HttpResponse:
    """The sign-in page with what was posted in it."""
    page = {"next": request.path, "number": "", "kept": seal(request), "errors": [], "ended": True}
    return render(request, "portal/sign_in.html", page, status=401)


def restore(account: Account, kept: str, now: datetime) -> str:
    """Lay what was posted into the draft it belongs to; the page to go on with, empty when there is none."""
    try:
        said: dict[str, Any] = signing.loads(kept, salt=SALT, max_age=KEPT_FOR)
        match = resolve(said["path"])
    except (signing.BadSignature, Resolver404):
        return ""
    if match.url_name != "draft-part":
        return ""
    for actor in actors_for(account, now):
        try:
            found = open_draft(actor, match.kwargs["ref"], now)
        except ActRefused:  # the edition takes no filings any more; the draft's own page says so
            return str(said["path"])
        section = found and found.law.package.form.get(match.kwargs["part"])
        if found and section and not found.draft.filed and not found.draft.prepared:
            data = QueryDict(mutable=True)
            for name, values in said["posted"].items():
                data.setlist(name, values)
            found.draft.form = {**found.draft.form, **forms.posted(section.fields, data)}
            found.draft.updated_at = now
            found.draft.save(update_fields=["form", "updated_at"])
            return str(said["path"])
    return ""
