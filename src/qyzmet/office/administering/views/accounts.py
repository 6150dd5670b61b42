"""Accounts: looked up by number or name; blocked, let in again, signed out, rid of a lost second factor."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django_otp import devices_for_user

from qyzmet.cases.acts import administering as acts
from qyzmet.config import clock
from qyzmet.office.administering.changing import Change, Given, carry_out
from qyzmet.office.administering.gate import administrator
from qyzmet.office.administering.history import events, said
from qyzmet.office.administering.listing import Cell, Thing, draw_list, draw_thing, listing, tag
from qyzmet.office.administering.views.posts import held_rows
from qyzmet.pages.words import say
from qyzmet.people import signed_in
from qyzmet.people.models import Account, PostHolding

__all__ = ["account", "accounts", "change"]

PAGE = "admin-accounts"
HOME = "/office/admin/accounts/"
MOST = 500
VERBS = {
    "block": acts.block_account, "unblock": acts.unblock_account, "end-sessions": acts.end_sessions,
    "reset-factor": acts.reset_second_factor,
}  # fmt: skip


@administrator
def accounts(request: HttpRequest) -> HttpResponse:
    """Those a number or the beginning of a name finds; none are listed unasked, for they are many."""
    words = " ".join(request.GET.get("q", "").split())[:60]
    rows = (
        (f"{HOME}{a.pk}", (a.full_name, a.number, say(f"{PAGE}.{a.kind}"), _state(a)))
        for a in _found(words)[:MOST]
    )
    empty = say(f"{PAGE}.empty")
    found = listing(PAGE, ("name", "number", "kind", "state"), rows if words else (), empty=empty)
    return draw_list(request, PAGE, found, searched=True)


@administrator
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account, what it holds, and what was done to it; its cases are none of this page's business."""
    row = _one(pk)
    devices = list(devices_for_user(row, confirmed=None))
    verbs = ["unblock"] if not row.is_active else ["block"]
    verbs += ["end-sessions"] + (["reset-factor"] if devices else [])
    confirmed = said(row.confirmed_at.isoformat()) if row.confirmed_at else say(f"{PAGE}.unconfirmed")
    facts = [
        (say(f"{PAGE}.name"), Cell(row.full_name)),
        (say(f"{PAGE}.number"), Cell(row.number)),
        (say(f"{PAGE}.kind"), Cell(say(f"{PAGE}.{row.kind}"))),
        (say(f"{PAGE}.state"), _state(row)),
        (say(f"{PAGE}.confirmed"), Cell(confirmed)),
        (say(f"{PAGE}.sessions"), Cell(str(signed_in.count(row)))),
        (say(f"{PAGE}.factor"), Cell(str(len(devices)) if devices else say(f"{PAGE}.no-factor"))),
    ]
    held = (
        PostHolding.objects.filter(account=row).select_related("account", "organisation").order_by("-since")
    )
    heads = ("post", "body", "since", "until", "state")
    rows = ((href, cells[1:]) for href, cells in held_rows(held, clock.now()))
    posts = listing("admin-posts", heads, rows, title=say("admin-posts.title"), empty=say(f"{PAGE}.no-posts"))
    actions = [(say(f"{PAGE}.{verb}"), f"{HOME}{pk}/{verb}") for verb in verbs]
    return draw_thing(request, PAGE, Thing(row.full_name, facts, actions, [posts], events(f"account:{pk}")))


@administrator
def change(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One of `VERBS`."""
    row, act = _one(pk), VERBS.get(verb)
    if act is None:
        raise Http404
    carried: Any = act

    def do(given: Given) -> None:
        carried(given.actor, pk, reason=given.reason, now=given.now, key=given.key)

    facts = [(say(f"{PAGE}.name"), row.full_name), (say(f"{PAGE}.number"), row.number)]
    return carry_out(
        request, Change(PAGE, verb, f"{HOME}{pk}", {}, do, facts=facts, final=verb == "reset-factor")
    )


def _found(words: str) -> QuerySet[Account]:
    """By the beginning of a number, or of each word of a name, as typed or with capitals."""
    rows = Account.objects.order_by("surname", "given_name", "company_name", "id")
    if words.replace(" ", "").isdecimal():
        return rows.filter(number__startswith=words.replace(" ", ""))
    for word in words.split():
        either = Q()
        for spelt in {word, word.capitalize(), word.upper()}:
            either |= (
                Q(surname__startswith=spelt)
                | Q(given_name__startswith=spelt)
                | Q(company_name__contains=spelt)
            )
        rows = rows.filter(either)
    return rows


def _one(pk: int) -> Account:
    row = Account.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _state(row: Account) -> Cell:
    if not row.is_active:
        return tag(say(f"{PAGE}.blocked"), "refused")
    return tag(say(f"{PAGE}.active"), "done") if row.confirmed_at else tag(say(f"{PAGE}.unconfirmed"), "soon")
