"""An act of the administrator as a form: fields, a reason, where needed a preview or a second thought.

    change = Change("admin-bodies", "close", back, {}, lambda given: acts.close_organisation(...), final=True)
    return carry_out(request, change)

Opened it asks, posted it does; what cannot be done is said beside the field it lies in, and what was typed
stays.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases.refusals import ActRefused, refused
from qyzmet.config import clock
from qyzmet.office.administering.fields import field as make_field
from qyzmet.office.administering.gate import show
from qyzmet.office.administering.history import Event
from qyzmet.office.desk import actor_of
from qyzmet.pages import forms
from qyzmet.pages.words import current_language, say, table
from qyzmet.people.actor import Actor
from qyzmet.regulation.model import Field

__all__ = ["Change", "Given", "Preview", "carry_out"]

STALE = {
    "changed-meanwhile",
    "key-reused",
    "post-ended",
    "substitution-over",
    "proposal-decided",
    "account-blocked",
    "account-not-blocked",
    "maintenance-over",
    "delivery-unknown",
    "organisation-closed",
}
"""Somebody was faster: the page is to be read again."""
LONGEST_REASON = 2000


class Given(NamedTuple):
    """What was sent: `clean` answers, and what every act takes. `seen`: the state the page was drawn from."""

    actor: Actor
    clean: Mapping[str, Any]
    reason: str
    key: str
    seen: str
    now: datetime

    @property
    def entry(self) -> int | None:
        """The number of the stream's last entry on the page."""
        return int(self.seen) if self.seen.isdecimal() and len(self.seen) < 19 else None


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come of it: a line saying how much, and rows of cells under heads."""

    text: str
    heads: tuple[str, ...] = ()
    rows: Sequence[Sequence[str]] = ()
    digest: str = ""


@dataclass(frozen=True)
class Change:
    """`page`.`verb` are its words (`verb`, `verb-what`, `verb-done`). `do` carries it out and may name the
    page to go to next; `final` asks for a second thought."""

    page: str
    verb: str
    back: str
    fields: Mapping[str, Field]
    do: Callable[[Given], str | None]
    title: str = ""
    first: Mapping[str, Any] = field(default_factory=dict)
    final: bool = False
    seen: str = ""
    facts: Sequence[tuple[str, str]] = ()
    preview: Callable[[Given], Preview] | None = None
    events: Sequence[Event] = ()

    @property
    def section(self) -> str:
        return self.page.removeprefix("admin-")

    @property
    def asked(self) -> dict[str, Field]:
        """Its own fields, then the reason and the second thought."""
        asked = dict(self.fields)
        asked["reason"] = make_field(self.page, "reason", "long-text", most=LONGEST_REASON)
        if self.final:
            asked["sure"] = make_field(self.page, "sure", "consent")
        return asked


def carry_out(request: HttpRequest, change: Change) -> HttpResponse:
    """The form, or the act and then the page it leads to."""
    if request.method != "POST":
        return _draw(request, change, dict(change.first))
    asked = change.asked
    rows = forms.rows_command(asked, request.POST)
    if rows is not None:
        return _draw(request, change, rows)
    typed = forms.posted(asked, request.POST)
    clean, faults = forms.check(asked, typed, forms.live_facts(asked, typed))
    if faults:
        return _draw(request, change, typed, faults=faults, status=422)
    given = _given(request, change, clean)
    try:
        _check_lengths(asked, clean)
        preview = change.preview(given) if change.preview else None
        if preview is not None:
            preview = replace(preview, digest=_digest(clean, preview))
            if request.POST.get("previewed") != preview.digest or "apply" not in request.POST:
                return _draw(request, change, typed, preview=preview)
        onward = change.do(given)
    except ActRefused as problem:
        status = 409 if problem.code in STALE else 422
        return _draw(request, change, typed, problem=problem, status=status)
    messages.success(request, say(f"{change.page}.{change.verb}-done"))
    return redirect(onward or change.back)


def _given(request: HttpRequest, change: Change, clean: Mapping[str, Any]) -> Given:
    data = request.POST
    own = {name: value for name, value in clean.items() if name in change.fields}
    key = data.get("key", "")[:64] or secrets.token_urlsafe(16)
    return Given(
        actor_of(request), own, clean["reason"], key, data.get("seen", change.seen)[:64], clock.now()
    )


def _check_lengths(asked: Mapping[str, Field], clean: Mapping[str, Any]) -> None:
    """Raise ActRefused `text-too-long` for the first text that is."""
    for name, value in clean.items():
        most = asked[name].max
        if asked[name].type in ("text", "long-text") and most is not None and len(value) > most:
            raise refused("text-too-long", most=int(most), hint={"field": name})


def _digest(clean: Mapping[str, Any], preview: Preview) -> str:
    said = json.dumps(
        [dict(clean), preview.text, [list(row) for row in preview.rows]], default=str, sort_keys=True
    )
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _draw(
    request: HttpRequest,
    change: Change,
    typed: Mapping[str, Any],
    *,
    faults: Mapping[str, str] | None = None,
    problem: ActRefused | None = None,
    preview: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = change.asked
    form = forms.Form(asked, typed, forms.live_facts(asked, typed), dict(faults or {}))
    said = problem.text[current_language()] if problem else ""
    at = problem.hint.get("field") if problem else None
    if at in asked:
        form.widgets = tuple(replace(w, error=said) if w.name == at else w for w in form.widgets)
    posted = request.POST if request.method == "POST" else {}
    context = {
        "change": change,
        "title": change.title or say(f"{change.page}.{change.verb}"),
        "button": say(f"{change.page}.{change.verb}"),
        "what": _if_any(f"{change.page}.{change.verb}-what"),
        "form": form,
        "errors": form.errors,
        "problem": said if at not in asked else "",
        "stale": problem is not None and problem.code in STALE,
        "previews": change.preview is not None,
        "preview": preview,
        "key": str(posted.get("key", ""))[:64] or secrets.token_urlsafe(16),
        "seen": str(posted.get("seen", change.seen))[:64],
    }
    return show(request, "change.html", context, at=change.section, status=status)


def _if_any(key: str) -> str:
    return say(key) if key in table() else ""
