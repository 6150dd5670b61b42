"""The head's page: the open work of the body by post, many tasks given to a colleague at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from qyzmet.cases.queries import my_tasks
from qyzmet.config import clock
from qyzmet.office import body_work
from qyzmet.office.desk import actor_of, official, page
from qyzmet.office.listing import listed
from qyzmet.office.narrowing import asked, choices
from qyzmet.office.views.tasks import place_of, written_place
from qyzmet.pages.words import say
from qyzmet.people.actor import Actor
from qyzmet.portal import keeping

__all__ = ["work"]

A_PAGE = 50
LONGEST = 2000


@official
@keeping.keeps
def work(request: HttpRequest) -> HttpResponse:
    """`?post=…` and the filters of my tasks; posted with picked tasks, a colleague and a reason, it gives
    them out."""
    actor = actor_of(request)
    if not body_work.directs(actor):
        raise PermissionDenied
    if request.method == "POST":
        return _give(request, actor)
    back = keeping.given_here(request)
    return _draw(request, actor, back.data if back else request.GET)


def _give(request: HttpRequest, actor: Actor) -> HttpResponse:
    data, now = request.POST, clock.now()
    picked, to, reason = data.getlist("pick"), data.get("to", ""), data.get("reason", "").strip()
    errors = _errors(picked, to, reason)
    if errors:
        return _draw(request, actor, data, errors=errors, status=422)
    came = body_work.given(actor, picked, int(to), reason, now)
    if came.done:
        messages.success(request, say("work.done", count=came.done))
    for each in came.refused:
        messages.error(request, each)
    back = urlencode({"post": data.get("post", "")})
    narrowed = asked(data).query
    return redirect(f"/office/work?{back}" + (f"&{narrowed}" if narrowed else ""))


def _errors(picked: list[str], to: str, reason: str) -> list[dict[str, str]]:
    found = []
    if not picked:
        found.append({"id": "picks", "text": say("work.none-picked")})
    if not to.isdecimal() or len(to) > 9:
        found.append({"id": "to", "text": say("work.nobody-chosen")})
    if not reason:
        found.append({"id": "reason", "text": say("work.reason-needed")})
    elif len(reason) > LONGEST:
        found.append({"id": "reason", "text": say("work.reason-long", most=LONGEST)})
    return found


def _draw(
    request: HttpRequest,
    actor: Actor,
    given: QueryDict,
    *,
    errors: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    now, posts = clock.now(), body_work.posts_at_work(actor)
    known = [each.post for each in posts]
    post = given.get("post", "") if given.get("post", "") in known else next(iter(known), "")
    looking, wanted = body_work.acting_as(actor, post), asked(given)
    found = my_tasks(
        looking, after=place_of(given.get("after", "")), most=A_PAGE, narrowed=wanted.kept(now),
        only=wanted.counting(now),
    )  # fmt: skip
    faults, rows = errors or [], listed(actor, found.tasks, now) if post else []
    context: dict[str, Any] = {
        "posts": posts,
        "post": post,
        "rows": rows,
        "sits": any(row.sitting for row in rows),
        "gives": any(not row.sitting for row in rows),
        "choices": choices(looking, wanted) if post else [],
        "wanted": wanted,
        "colleagues": body_work.colleagues(actor, post, now),
        "errors": faults,
        "fault": {each["id"]: each["text"] for each in faults},
        "picked": given.getlist("pick"),
        "to": given.get("to", ""),
        "reason": given.get("reason", ""),
        "next": urlencode({"after": written_place(found.next)}) if found.next else "",
        "query": urlencode({"post": post}) + (f"&{wanted.query}" if wanted.query else ""),
    }
    return page(request, "work.html", context, at="tasks", status=status)
