"""An official's own list of those close to them: their cases are closed to the official."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases.acts import accounts
from qyzmet.cases.interests import KINSHIPS, LAW
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office import asking
from qyzmet.office.administering.fields import field
from qyzmet.office.desk import actor_of, official, page
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import LANGUAGES, current_language, say
from qyzmet.people.models import Relative
from qyzmet.regulation.model import Field

__all__ = ["relatives", "withdraw"]

PAGE = "relatives"


@official
def relatives(request: HttpRequest) -> HttpResponse:
    """The list, seen by nobody else; posted, one more."""
    actor, now = actor_of(request), clock.now()

    def do(clean: Mapping[str, Any]) -> None:
        accounts.declare_relative(actor, clean["number"], clean["kinship"], now=now)

    sent = request.method == "POST"
    small = asking.sent(_fields(), request.POST, do) if sent else asking.opened(_fields())
    if small.done:
        messages.success(request, say("relatives.done"))
        return redirect("/office/relatives")
    rows = [
        (row, say(f"relatives.kinship-{row.kinship}"))
        for row in Relative.objects.filter(account=actor.account or 0, until=None).order_by("id")
    ]
    context = {"small": small, "errors": small.errors, "rows": rows, "law": LAW}
    return page(request, "relatives.html", context, at="tasks", status=422 if sent else 200)


@posted_to("/office/relatives")
@official
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one off the list."""
    try:
        accounts.withdraw_relative(actor_of(request), pk, now=clock.now())
        messages.success(request, say("relatives.withdrawn"))
    except ActRefused as problem:
        messages.error(request, problem.text[current_language()])
    return redirect("/office/relatives")


def _fields() -> dict[str, Field]:
    kinds = {kind: {each: say(f"relatives.kinship-{kind}", each) for each in LANGUAGES} for kind in KINSHIPS}
    return {
        "kinship": field(PAGE, "kinship", "choice", choices=kinds),
        "number": field(PAGE, "number", "iin-or-bin"),
    }
