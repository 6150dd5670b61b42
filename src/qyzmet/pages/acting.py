"""Who is acting on this page: the account that signed in, in the role it has chosen for this session.

actor = acting.current(request)      # None until a role is chosen, or when nobody is signed in
@acting.required                     # sends to /sign-in or /roles, and gives the view `request.actor`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from itertools import count, islice
from typing import Any, NamedTuple
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from qyzmet.config import clock
from qyzmet.people.actor import Actor, each_actor

__all__ = ["act_as", "choose", "current", "first", "key_of", "required", "roles"]

KEPT = "role"
OPEN_TO_ALL = ("account", "apply", "cabinet", "draft")
"""Pages of an account nobody has confirmed, by the names of their addresses: its own, and its own drafts."""
View = Callable[..., HttpResponseBase]


class _Roles(NamedTuple):
    """An account's roles as far as a request has asked for them, and those it has not come to."""

    account: int | None
    known: list[Actor]
    further: Iterator[Actor]


def key_of(actor: Actor) -> str:
    """A role's name within its account."""
    if actor.on_behalf_of:
        return f"for:{actor.on_behalf_of.number}"
    if actor.post:
        return f"post:{actor.post}:{actor.organisation}:{actor.service}:{actor.order}"
    return "self"


def roles(request: HttpRequest) -> tuple[Actor, ...]:
    """Every role the account has now, itself first; empty when nobody is signed in."""
    return tuple(_each(request))


def current(request: HttpRequest) -> Actor | None:
    """The role chosen, if the account still has it; the only role of an account that has one."""
    chosen = request.session.get(KEPT) if request.user.is_authenticated else None
    if chosen is not None:
        return first(request, lambda each: key_of(each) == chosen)
    mine = roles(request)
    return mine[0] if len(mine) == 1 else None


def first(request: HttpRequest, fits: Callable[[Actor], bool]) -> Actor | None:
    """The first role that fits; those after it are not asked for."""
    return next(filter(fits, _each(request)), None)


def _each(request: HttpRequest) -> Iterator[Actor]:
    """The roles in their order; view, menu and head of a page all ask, and each role is looked up once."""
    user, kept = request.user, getattr(request, "_roles", None)
    if not user.is_authenticated:
        return
    if kept is None or kept.account != user.pk:
        kept = _Roles(user.pk, [], each_actor(user, clock.now()))
        request._roles = kept  # type: ignore[attr-defined]
    for place in count():
        if place == len(kept.known):
            kept.known.extend(islice(kept.further, 1))
        if place == len(kept.known):
            return
        yield kept.known[place]


def choose(request: HttpRequest, key: str) -> Actor | None:
    """Act in this role from now on; None when the account does not have it."""
    found = first(request, lambda each: key_of(each) == key)
    if found is not None:
        act_as(request, found)
    return found


def act_as(request: HttpRequest, actor: Actor) -> None:
    """Act in this role of the account's from now on; a session that says so already is not written again."""
    if request.session.get(KEPT) != key_of(actor):
        request.session[KEPT] = key_of(actor)


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
    return name in OPEN_TO_ALL or (
        name.startswith(("account-", "draft-")) and not name.startswith("account-compan")
    )
