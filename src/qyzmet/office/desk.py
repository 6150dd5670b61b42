"""Who sits at this desk: the post the person acts in, and what the menu offers it.

@official            # sends to /sign-in or /roles, and gives the view `request.actor` in a post
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from qyzmet.cases.allow import NAMES_THE_HOLDER
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Edition
from qyzmet.cases.watching import CONTACT_CENTRE, administers, watches
from qyzmet.office.landing import instead_of_tasks
from qyzmet.office.names import body_name, post_title
from qyzmet.pages import acting
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body
from qyzmet.portal import keeping

__all__ = ["actor_of", "desk_of", "intake_ways", "official", "only", "page", "published"]

View = Callable[..., HttpResponseBase]
HEARING = "hearing"


def official(view: View) -> View:
    """A page for somebody who acts in a post.

    An account with one post acts in it here without choosing; one with several chooses at /roles. What was
    typed on a page that `keeps` outlives the end of the session.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.method == "POST" and getattr(view, "keeps", False):
                return keeping.ask_again(request)
            return redirect(f"/sign-in?next={quote(request.get_full_path())}")
        actor = acting.current(request)
        if actor is None or not actor.is_official:
            posts = [each for each in acting.roles(request) if each.is_official]
            if not posts:
                raise PermissionDenied
            if len(posts) > 1:
                return redirect(f"/roles?next={quote(request.get_full_path())}")
            actor = posts[0]
        request.actor = actor  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return guarded


def only(post: str) -> Callable[[View], View]:
    """A page for one post of the platform; 403 for every other."""

    def guard(view: View) -> View:
        @official
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if actor_of(request).post != post:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def actor_of(request: HttpRequest) -> Actor:
    """The post acting on this page."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, at: str = "", status: int = 200
) -> HttpResponse:
    """Draw a page of the office; `at` is the menu's entry it belongs to."""
    desk = desk_of(actor_of(request), at)
    return render(request, f"office/{template}", {"desk": desk, **context}, status=status)


def desk_of(actor: Actor, at: str = "") -> dict[str, Any]:
    """What the frame of an official's page says of the desk."""
    laws = published()
    return {
        "at": at,
        "actor": actor,
        "post": post_title(actor, [law for law in laws if _plays(law, actor)]),
        "where": body_name(actor.organisation),
        "intake": bool(intake_ways(actor, laws)),
        "administers": administers(actor),
        "works": not instead_of_tasks(actor),
        "watch": actor.post if watches(actor) else "",
        "contact": actor.post == CONTACT_CENTRE,
        "sits": any(_sits(law, actor) for law in laws),
        "directs": actor.post in NAMES_THE_HOLDER,
        "hears": any(_hears(law, actor) for law in laws),
    }


def published() -> list[Law]:
    """The newest revision of every published edition, service by service."""
    newest: dict[tuple[str, str], int] = {}
    rows = Edition.objects.filter(general=False).order_by("service", "revision")
    for service, edition, pk in rows.values_list("service", "edition", "id"):
        newest[service, edition] = pk
    return [law_of(pk) for pk in newest.values()]


def intake_ways(actor: Actor, laws: list[Law]) -> dict[str, list[str]]:
    """Service → the ways in by which this post keys applications in."""
    found: dict[str, list[str]] = {}
    for law in laws:
        package = law.package
        if package.abstract or actor.service not in ("", package.service) or not _plays(law, actor):
            continue
        ways = [key for key, way in package.channels.items() if way.by == actor.post]
        if ways:
            found[package.service] = ways
    return found


def _plays(law: Law, actor: Actor) -> bool:
    post = law.package.posts.get(actor.post or "")
    role = law.package.organisations.get(post.org) if post else None
    if role is None or actor.organisation is None:
        return False
    at = body(actor.organisation)
    return at.kind == role.kind and (not at.serves or law.package.service in at.serves)


def _sits(law: Law, actor: Actor) -> bool:
    return any(s.kind == "collegial" and s.by == actor.post for s in law.package.steps.values())


def _hears(law: Law, actor: Actor) -> bool:
    """Whether the post decides where a refusal has to be heard first (APPC art. 73)."""
    if not any(package.service == HEARING for package in law.general) or not _plays(law, actor):
        return False
    refusing = {key for key, each in law.package.exits.items() if each.kind == "refusal"}
    return any(
        step.by == actor.post and any(move.exit in refusing for moves in step.then.values() for move in moves)
        for step in law.package.steps.values()
    )
