"""Who is acting on this page: the account that signed in, in the role it has chosen for this session.

actor = acting.current(request)      # None until a role is chosen, or when nobody is signed in
@acting.required                     # sends to /sign-in or /roles, and gives the view `request.actor`
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from qyzmet.config import clock
from qyzmet.people.actor import Actor, actors_for

__all__ = ["choose", "current", "key_of", "required", "roles"]

KEPT = "role"
OPEN_TO_ALL = ("account", "apply", "cabinet", "draft")
"""Pages of an account nobody has confirmed, by the names of their addresses: its own, and its own drafts."""
View = Callable[..., HttpResponseBase]


def key_of(actor: Actor) -> str:
    """A role's name within its account."""
    if actor.on_behalf_of:
        return f"for:{actor.on_behalf_of.number}"
    if actor.post:
        return f"post:{actor.post}:{actor.organisation}:{actor.service}:{actor.order}"
    return "self"


def roles(request: HttpRequest) -> tuple[Actor, ...]:
    """Every role the account has now, itself first; empty when nobody is signed in."""
    if not request.user.is_authenticated:
        return ()
    found: tuple[Actor, ...] | None = getattr(request, "_roles", None)
    if found is None:
        found = actors_for(request.user, clock.now())
        request._roles = found  # type: ignore[attr-defined]
    return found


def current(request: HttpRequest) -> Actor | None:
    """The role chosen, if the account still has it; the only role of an account that has one."""
    mine = roles(request)
    chosen = request.session.get(KEPT) if mine else None
    if chosen is None and len(mine) == 1:
        return mine[0]
    return next((each for each in mine if key_of(each) == chosen), None)


def choose(request: HttpRequest, key: str) -> Actor | None:
    """Act in this role from now on; None when the account does not have it."""
    found = next((each for each in roles(request) if key_of(each) == key), None)
    # A session that says so already is not written again.
    if found is not None and request.session.get(KEPT) != key:
        request.session[KEPT] = key
    return found


def required(view: View) -> View:
    """A page for somebody who has signed in and chosen a role."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = current(request)
        if actor is None:
            door = "/roles" if request.user.is_authenticated else "/sign-in"
            return redirect(f"{door}?next={quote(request.get_full_path())}")
        if not actor.confirmed and not _open_to_all(request):
            return redirect(f"/account/confirm?next={quote(request.get_full_path())}")
        request.actor = actor  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return guarded


def _open_to_all(request: HttpRequest) -> bool:
    name = (request.resolver_match.url_name if request.resolver_match else None) or ""
    return name in OPEN_TO_ALL or name.startswith(("account-", "draft-"))
