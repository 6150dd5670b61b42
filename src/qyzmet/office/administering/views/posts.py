"""Posts: who holds which where, from when to when, and who stands in by what order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from qyzmet.cases.acts import administering as acts
from qyzmet.cases.acts.substitute import substitute
from qyzmet.cases.refusals import refused
from qyzmet.clock import local
from qyzmet.config import clock
from qyzmet.identity import sort_key
from qyzmet.office.administering import naming
from qyzmet.office.administering.changing import Change, Given, carry_out
from qyzmet.office.administering.fields import field
from qyzmet.office.administering.gate import administrator
from qyzmet.office.administering.history import events, said
from qyzmet.office.administering.listing import Cell, Listing, Thing, draw_list, draw_thing, listing, tag
from qyzmet.pages.words import current_language, say
from qyzmet.people.models import Account, Organisation, PostHolding, Substitution

__all__ = ["end", "give", "held_rows", "holding", "posts", "stand_in", "stop"]

PAGE = "admin-posts"
HOME = "/office/admin/posts/"
HEADS = ("person", "post", "body", "since", "until", "state")


@administrator
def posts(request: HttpRequest) -> HttpResponse:
    """Every post that is or was held, by name of who holds it; new ones are given from the body's page."""
    rows = PostHolding.objects.select_related("account", "organisation").order_by("id")
    by_name = sorted(rows, key=lambda row: sort_key(row.account.full_name))
    found = listing(PAGE, HEADS, held_rows(by_name, clock.now()))
    return draw_list(request, PAGE, found, actions=[(say(f"{PAGE}.choose-body"), "/office/admin/bodies/")])


@administrator
def holding(request: HttpRequest, pk: int) -> HttpResponse:
    """One post of one person, with its substitutions and history."""
    row, now = _found(pk), clock.now()
    facts = [
        (
            say("admin-accounts.name"),
            Cell(row.account.full_name, href=f"/office/admin/accounts/{row.account_id}"),
        ),
        (say("admin.f-person"), Cell(row.account.number)),
        (say("admin.f-post"), Cell(naming.post_title(row.post, row.organisation.kind))),
        (say(f"{PAGE}.body"), Cell(row.organisation.name(current_language()), href=_body(row))),
        (say("admin.f-service"), Cell(row.service or say(f"{PAGE}.every-service"))),
        (say("admin.f-chair"), Cell(said(row.chair))),
        (say("admin.f-since"), Cell(said(row.since.isoformat()))),
        (say("admin.f-until"), Cell(_until(row.until))),
        (say(f"{PAGE}.state"), _state(row.since, row.until, now)),
    ]
    held = row.until is None or row.until > now
    actions = [(say(f"{PAGE}.{verb}"), f"{HOME}{pk}/{verb}") for verb in ("stand-in", "end")] if held else []
    past = events(f"organisation:{row.organisation_id}", about=lambda data: _is_about(row, data))
    return draw_thing(
        request, PAGE, Thing(row.account.full_name, facts, actions, [_stand_ins(row, now)], past)
    )


@administrator
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a post in this organisation."""
    row = Organisation.objects.filter(pk=pk, closed_at__isnull=True).first()
    if row is None:
        raise Http404

    def do(given: Given) -> str:
        clean = given.clean
        made = acts.give_post(
            given.actor,
            clean["person"],
            pk,
            clean["post"],
            service=clean.get("service", ""),
            chair=bool(clean.get("chair")),
            since=_moment(clean.get("since")),
            until=_moment(clean.get("until")),
            reason=given.reason,
            now=given.now,
            key=given.key,
        )
        return f"{HOME}{made.pk}"

    fields = {
        "person": field(PAGE, "person", "iin"),
        "post": field(PAGE, "post", "choice", choices=naming.posts_of(row.kind)),
        "service": field(PAGE, "service", "choice", required=False, choices=naming.service_names()),
        "chair": field(PAGE, "chair", "consent", required=False),
        "since": field(PAGE, "since", "moment", required=False),
        "until": field(PAGE, "until", "moment", required=False),
    }
    title = f"{say(f'{PAGE}.give')}: {row.name(current_language())}"
    return carry_out(request, Change(PAGE, "give", f"/office/admin/bodies/{pk}", fields, do, title=title))


@administrator
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post, now or on a day."""
    row = _found(pk)

    def do(given: Given) -> None:
        until = _moment(given.clean.get("until"))
        acts.end_post(given.actor, pk, until=until, reason=given.reason, now=given.now, key=given.key)

    fields = {"until": field(PAGE, "end-until", "moment", required=False)}
    return carry_out(request, _change(row, "end", {"until": fields["until"]}, do, final=True))


@administrator
def stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the order by which somebody stands in."""
    row = _found(pk)

    def do(given: Given) -> None:
        clean = given.clean
        other = Account.objects.filter(number=clean["person"]).values_list("pk", flat=True).first()
        if other is None:
            raise refused("post-person", hint={"field": "person"})
        since, until = _moment(clean["since"]), _moment(clean["until"])
        if since is None or until is None or until <= since:
            raise refused("dates-reversed", hint={"field": "until"})
        if until <= given.now:
            raise refused("dates-past", day=local(given.now).date(), hint={"field": "until"})
        substitute(
            given.actor,
            pk,
            other,
            order=clean["order"],
            since=since,
            until=until,
            reason=given.reason,
            now=given.now,
            key=given.key,
        )

    fields = {
        "person": field(PAGE, "person", "iin"),
        "order": field(PAGE, "order", most=100),
        "since": field(PAGE, "since-needed", "moment"),
        "until": field(PAGE, "until-needed", "moment"),
    }
    return carry_out(request, _change(row, "stand-in", fields, do))


@administrator
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End a substitution before its day."""
    row = Substitution.objects.select_related("holding__account", "substitute").filter(pk=pk).first()
    if row is None:
        raise Http404

    def do(given: Given) -> None:
        acts.end_substitution(given.actor, pk, reason=given.reason, now=given.now, key=given.key)

    title = f"{say(f'{PAGE}.stop')}: {row.substitute.full_name}"
    return carry_out(
        request, Change(PAGE, "stop", f"{HOME}{row.holding_id}", {}, do, title=title, final=True)
    )


def held_rows(rows: Iterable[PostHolding], now: datetime) -> Iterator[tuple[str, tuple[str | Cell, ...]]]:
    """Rows of `HEADS`."""
    language = current_language()
    titles: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows:
        kind = row.organisation.kind
        if kind not in titles:
            titles[kind] = naming.posts_of(kind)
        post = titles[kind].get(row.post, {}).get(language, row.post)
        since, until = said(local(row.since).date().isoformat()), _until(row.until)
        name, where = row.account.full_name, row.organisation.name(language)
        yield f"{HOME}{row.pk}", (name, post, where, since, until, _state(row.since, row.until, now))


def _change(row: PostHolding, verb: str, fields: dict[str, Any], do: Any, **more: Any) -> Change:
    post = naming.post_title(row.post, row.organisation.kind)
    facts = [(say("admin-accounts.name"), row.account.full_name), (say("admin.f-post"), post),
             (say(f"{PAGE}.body"), row.organisation.name(current_language()))]  # fmt: skip
    return Change(PAGE, verb, f"{HOME}{row.pk}", fields, do, facts=facts, **more)


def _stand_ins(row: PostHolding, now: datetime) -> Listing:
    found = Substitution.objects.filter(holding=row).select_related("substitute").order_by("-since")
    rows = (
        (
            "",
            (
                each.substitute.full_name,
                each.order,
                said(each.since.isoformat()),
                said(each.until.isoformat()),
                _state(each.since, each.until, now),
                _stop(each, now),
            ),
        )
        for each in found
    )
    heads = ("person", "order", "since", "until", "state", "do")
    return listing(PAGE, heads, rows, title=say(f"{PAGE}.stand-ins"), empty=say(f"{PAGE}.no-stand-ins"))


def _stop(each: Substitution, now: datetime) -> Cell:
    return (
        Cell(say(f"{PAGE}.stop"), href=f"{HOME}substitutions/{each.pk}/stop")
        if each.until > now
        else Cell("")
    )


def _found(pk: int) -> PostHolding:
    row = PostHolding.objects.select_related("account", "organisation").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _is_about(row: PostHolding, data: Any) -> bool:
    if "holding" in data:
        return bool(data["holding"] == row.pk)
    return bool(data.get("post") == row.post and data.get("for", row.account_id) == row.account_id)


def _body(row: PostHolding) -> str:
    return f"/office/admin/bodies/{row.organisation_id}"


def _moment(words: str | None) -> datetime | None:
    return datetime.fromisoformat(words) if words else None


def _until(until: datetime | None) -> str:
    return said(until.isoformat()) if until else say(f"{PAGE}.open-ended")


def _state(since: datetime, until: datetime | None, now: datetime) -> Cell:
    if until is not None and until <= now:
        return tag(say("admin.over"), "past")
    return tag(say("admin.ahead"), "soon") if since > now else tag(say("admin.now"), "done")
