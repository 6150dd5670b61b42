"""Nothing typed is lost when a session ends in the middle of something.

A page posted without a session comes back as the sign-in page with what was posted sealed into it. Signing in
as the draft's owner lays a page of questions into the draft; what was typed on any other page marked
`@keeping.kept` (`@keeping.keeps` in the office) is given back to that page, once, as it was typed and not yet
sent. A browser remembers,
without saying it, whose session was its last (`remember`): whoever else signs in there next is given nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.crypto import salted_hmac

from qyzmet.cases.refusals import ActRefused
from qyzmet.pages import acting, forms
from qyzmet.pages.posting import page_of
from qyzmet.people.actor import actors_for
from qyzmet.people.models import Account
from qyzmet.portal import saving
from qyzmet.portal.drafting import open_draft

__all__ = [
    "Given", "ask_again", "given", "given_here", "is_kept", "keeps", "kept", "remember", "restore", "seal",
]  # fmt: skip

SALT = "portal.keeping"
KEPT_FOR = 24 * 3600
UNKEPT = {"csrfmiddlewaretoken", "password"}
HELD = "kept-page"
WHOSE = "last-here"
PART, DOCUMENTS = "draft-part", "draft-documents"
View = Callable[..., HttpResponseBase]


class Given(NamedTuple):
    """What came back: the address it was posted to, and what was typed."""

    path: str
    data: QueryDict


def keeps(view: View) -> View:
    """Mark a page whose own guard asks to sign in again, so that what is posted to it is kept."""
    view.keeps = True  # type: ignore[attr-defined]
    return view


def kept(view: View) -> View:
    """A page whose form comes back as it was typed when it was posted after the session had ended."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and acting.current(request) is None:
            return ask_again(request)
        return view(request, *args, **kwargs)

    guarded.keeps = True  # type: ignore[attr-defined]
    return guarded


def is_kept(match: ResolverMatch | None) -> bool:
    """Whether what is posted to this address is kept."""
    return match is not None and getattr(match.func, "keeps", False)


def given(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page before the session ended; given once, when the page is opened again."""
    held = request.session.get(HELD) if request.method == "GET" else None
    if held is None or held["path"] != request.path:
        return None
    del request.session[HELD]
    return _data(held["posted"])


def given_here(request: HttpRequest) -> Given | None:
    """What was posted to one of the addresses that belong to this page, among them its own; given once."""
    held = request.session.get(HELD) if request.method == "GET" else None
    if held is None or held.get("page", held["path"]) != request.path:
        return None
    del request.session[HELD]
    return Given(held["path"], _data(held["posted"]))


def seal(request: HttpRequest) -> str:
    """What was posted, sealed: nobody can change it on the way."""
    said = {name: request.POST.getlist(name) for name in request.POST if name not in UNKEPT}
    whose = request.COOKIES.get(WHOSE, "")
    asked = request.META.get("QUERY_STRING", "")
    kept = {"path": request.path, "query": asked, "posted": said, "whose": whose}
    return signing.dumps(kept, salt=SALT, compress=True)


def ask_again(request: HttpRequest) -> HttpResponse:
    """The sign-in page with what was posted in it. Files are not typed: the page says to attach them anew."""
    page = {"next": request.path, "number": "", "kept": seal(request), "errors": [], "ended": True}
    page["files"] = bool(request.FILES)
    return render(request, "portal/sign_in.html", page, status=401)


def remember(answer: HttpResponse, account: Account) -> HttpResponse:
    """Note in the browser that the session which begins is this account's."""
    answer.set_cookie(
        WHOSE, _whose(account), max_age=settings.SESSION_COOKIE_AGE + KEPT_FOR, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return answer


def restore(request: HttpRequest, account: Account, sealed: str, now: datetime) -> str:
    """Give what was posted back where it belongs; the page to go on with; empty when there is
    none, or when it was another who typed it."""
    try:
        said: dict[str, Any] = signing.loads(sealed, salt=SALT, max_age=KEPT_FOR)
        match = resolve(said["path"])
    except (signing.BadSignature, Resolver404):
        return ""
    path = str(said["path"])
    if said.get("whose") not in ("", _whose(account)):
        return ""
    if match.url_name == PART:
        return path if _into_draft(request, account, match, said, now) else ""
    if not is_kept(match):
        return ""
    page = page_of(match) or path
    if match.url_name != DOCUMENTS:
        request.session[HELD] = {"path": path, "page": page, "posted": said["posted"]}
    asked = said.get("query", "") if page == path else ""
    return f"{page}?{asked}" if asked else page


def _into_draft(
    request: HttpRequest, account: Account, match: ResolverMatch, said: dict[str, Any], now: datetime
) -> bool:
    """Lay a page of questions into its draft; what another tab answered otherwise is asked again."""
    for actor in actors_for(account, now):
        try:
            found = open_draft(actor, match.kwargs["ref"], now)
        except ActRefused:  # the edition takes no filings any more; the draft's own page says so
            return True
        section = found and found.law.package.form.get(match.kwargs["part"])
        if found and section:
            data = _data(said["posted"])
            try:
                torn = saving.lay(found.draft, forms.posted(section.fields, data), data.get("seen", ""), now)
            except saving.Moved:
                return False
            if torn:
                request.session[HELD] = {"path": said["path"], "posted": said["posted"]}
            return True
    return False


def _whose(account: Account) -> str:
    return salted_hmac(f"{SALT}.whose", str(account.pk), algorithm="sha256").hexdigest()


def _data(posted: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in posted.items():
        data.setlist(name, values)
    return data
