"""The page: what is signed, the ways to sign it, and what the check of a signature said."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from qyzmet import evidence
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.config.client import address
from qyzmet.evidence.models import SigningRequest
from qyzmet.pages import acting
from qyzmet.pages.files import sent
from qyzmet.pages.signing import OF_NOBODY, faults, many, showing
from qyzmet.pages.signing.given import NotGiven, given
from qyzmet.pages.signing.purposes import purpose
from qyzmet.pages.signing.telling import tell
from qyzmet.pages.words import current_language, say
from qyzmet.people import attempts
from qyzmet.people.actor import NOBODY

__all__ = ["all_content", "attached", "content", "keep", "page", "shown", "state"]

View = Callable[..., HttpResponseBase]
PROCESS_4 = ("signature-invalid", "signature-needed")


def asked(view: View) -> Callable[..., HttpResponseBase]:
    """A page of a request for signatures, for the one who was asked, in the very role that was asked.

    Whoever else is signed in finds no such page. A signature sent after the session ended is kept.
    """

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if token == request.session.get(OF_NOBODY):
            return _by_nobody(request, token, view, *args, **kwargs)
        if not request.user.is_authenticated:
            if request.method == "POST":
                keep(request, token)
            return redirect(f"/sign-in?next={quote(reverse('sign', args=[token]))}")
        row = evidence.asked_of(request.user.pk, token)
        if row is None:
            raise Http404(token)
        actor = acting.first(request, lambda each: evidence.asked_as(row, each))
        if actor is None:
            raise Http404(token)
        if request.method == "POST":
            acting.act_as(request, actor)  # what follows is done in the role that was asked
        request.actor = actor  # type: ignore[attr-defined]
        return view(request, row, *args, **kwargs)

    return never_cache(guarded)


def _by_nobody(request: HttpRequest, token: str, view: View, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The page of a request made in this session by somebody who has not signed in."""
    row = evidence.asked_of(None, token)
    if row is None:
        raise Http404(token)
    if request.method == "POST" and not attempts.may("signature", address(request), clock.now()):
        messages.warning(request, say("signing.too-often"))
        return redirect(purpose(row.purpose).back(row))
    request.actor = NOBODY  # type: ignore[attr-defined]
    return view(request, row, *args, **kwargs)


@asked
def page(request: HttpRequest, row: SigningRequest) -> HttpResponse:
    """Sign, or go back without; a request that has ended leads to where it belongs."""
    if not evidence.stands(row, request.actor, clock.now()):  # type: ignore[attr-defined]
        if row.closed_at is None:
            messages.warning(request, say("signing.hour-over"))
        return redirect(purpose(row.purpose).back(row))
    if request.method != "POST":
        return showing.drawn(request, row)
    if "cancel" in request.POST:
        evidence.close(row, clock.now())
        return redirect(purpose(row.purpose).back(row))
    return _signed(request, row)


def _signed(request: HttpRequest, row: SigningRequest) -> HttpResponse:
    """Judge what was sent or came from the phone, and finish; whatever is wrong, the page stays open."""
    try:
        if "several" in request.POST:
            many.take_several(request, row, clock.now())
            if many.lacking(row):
                return showing.drawn(request, row)
        signed = evidence.judge_all(row, _signatures(request, row), now=clock.now())
        follows = purpose(row.purpose)
        with follows.during(row, clock.now()):
            return follows.finish(request, row, signed)
    except NotGiven as problem:
        return showing.drawn(request, row, problem=problem)
    except evidence.NotSigned as problem:
        if problem.check == "request":
            return _taken(request, row)
        return showing.drawn(request, row, fault=faults.of_problem(problem, _failed(row, problem)))
    except ActRefused as refusal:
        if refusal.code not in PROCESS_4:
            raise
        return showing.drawn(request, row, fault=faults.of_refusal(refusal))


def _failed(row: SigningRequest, problem: evidence.NotSigned) -> str:
    """Of many items the one whose signature is not good: those before it were judged."""
    if len(row.items) == 1:
        return ""
    judged = problem.verdicts
    for number, item in enumerate(row.items, 1):
        if item["id"] not in judged or judged[item["id"]].outcome == "invalid":
            return f"{number}. {item['name'].get(current_language(), '')}"
    return ""


def _signatures(request: HttpRequest, row: SigningRequest) -> dict[str, bytes]:
    if not {"phone", "several"} & request.POST.keys():
        return given(request, [item["id"] for item in row.items])
    received = evidence.received_of(row)
    if received.keys() != {item["id"] for item in row.items}:
        raise NotGiven("phone")
    return received


def _taken(request: HttpRequest, row: SigningRequest) -> HttpResponse:
    """Somebody was faster, as by a second click: wait for what became of it."""
    row.refresh_from_db()
    if row.closed_at is not None:
        return redirect(purpose(row.purpose).back(row))
    return render(
        request, "pages/signing/busy.html", {"base": showing.frame(request), "row": row}, status=409
    )


def keep(request: HttpRequest, token: str) -> None:
    """Keep a signature sent without a session or from a page grown old; its owner sends it on."""
    row = SigningRequest.objects.filter(token=token, closed_at=None).first()
    if row is None or "cancel" in request.POST:
        return
    try:
        evidence.receive(row, given(request, [item["id"] for item in row.items]), clock.now())
    except (NotGiven, evidence.NotSigned):
        return  # nothing was sent that could be kept; the page asks for it again


@asked
def state(request: HttpRequest, row: SigningRequest) -> HttpResponse:
    """What has come from the phone; asked by the page every few seconds."""
    return JsonResponse({"received": showing.received(row), "closed": row.closed_at is not None})


@asked
def content(request: HttpRequest, row: SigningRequest, item: str) -> HttpResponse:
    """The bytes to be signed, as a file."""
    answer = HttpResponse(_content(row, item), content_type="application/octet-stream")
    name = many.file_name(_place(row, item) + 1)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@asked
def shown(request: HttpRequest, row: SigningRequest, item: str, place: int) -> HttpResponseBase:
    """Something to look at before signing."""
    shows = row.items[_place(row, item)]["shows"]
    if place >= len(shows):
        raise Http404(item)
    return sent(shows[place]["sha256"], f"{item}-{place + 1}.pdf")


@asked
def attached(request: HttpRequest, row: SigningRequest, item: str, place: int) -> HttpResponseBase:
    """An attachment the signed bytes name by its digest."""
    told = tell(_content(row, item))
    if told is None or place >= len(told.files):
        raise Http404(item)
    return sent(told.files[place].sha256, told.files[place].name)


@asked
def all_content(request: HttpRequest, row: SigningRequest) -> HttpResponseBase:
    """The bytes of all that is to be signed, as one archive."""
    return many.archive(row)


def _place(row: SigningRequest, wanted: str) -> int:
    found = next((place for place, item in enumerate(row.items) if item["id"] == wanted), None)
    if found is None:
        raise Http404(wanted)
    return found


def _content(row: SigningRequest, item: str) -> bytes:
    _place(row, item)
    return evidence.content_of(row, item)
