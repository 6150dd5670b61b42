"""Organisations: who takes part, under what name, by what hours, under whom."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse

from qyzmet.cases.acts import administering as acts
from qyzmet.cases.dates import calendars
from qyzmet.config import clock
from qyzmet.office.administering import moving, naming
from qyzmet.office.administering.changing import Change, Given, carry_out
from qyzmet.office.administering.fields import everywhere, field, in_three, names
from qyzmet.office.administering.gate import administrator
from qyzmet.office.administering.history import events, last_entry
from qyzmet.office.administering.hours_names import hours_name, hours_names
from qyzmet.office.administering.listing import Cell, Listing, Thing, draw_list, draw_thing, listing, tag
from qyzmet.office.administering.views.posts import held_rows
from qyzmet.pages.words import current_language, say
from qyzmet.people.in_force import not_over
from qyzmet.people.models import Organisation, PostHolding
from qyzmet.regulation.model import Field

__all__ = ["bodies", "body", "change", "new"]

PAGE = "admin-bodies"
HOME = "/office/admin/bodies/"


@administrator
def bodies(request: HttpRequest) -> HttpResponse:
    """Every organisation by name, the open ones first."""
    rows = Organisation.objects.select_related("parent").order_by(
        "closed_at", f"name_{current_language()}", "id"
    )
    now, kinds = clock.now(), _kind_names()
    held = Count("posts", filter=not_over(now, "posts__"))
    found = listing(
        PAGE,
        ("name", "kind", "hours", "parent", "held", "state"),
        (
            (
                f"{HOME}{o.pk}",
                (
                    _name(o),
                    kinds.get(o.kind, o.kind),
                    hours_name(o.hours),
                    _name(o.parent),
                    str(o.held),
                    _state(o),
                ),
            )
            for o in rows.annotate(held=held)
        ),
    )
    return draw_list(request, PAGE, found, actions=[(say(f"{PAGE}.new"), f"{HOME}new")])


@administrator
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation with its posts, the bodies below it and all that was done to it."""
    row = _found(pk)
    base = f"{HOME}{pk}"
    acts_on = [] if row.closed_at else [
        (say(f"{PAGE}.rename"), f"{base}/rename"), (say(f"{PAGE}.hours-give"), f"{base}/hours-give"),
        (say(f"{PAGE}.place"), f"{base}/place"), (say("admin-posts.give"), f"{base}/posts"),
        (say(f"{PAGE}.close"), f"{base}/close"),
    ]  # fmt: skip
    facts = [
        (say("admin.f-code"), Cell(row.code)),
        (say("admin.f-kind"), Cell(naming.kind_name(row.kind))),
        (say("admin.f-name-kk"), Cell(row.name_kk)),
        (say("admin.f-name-ru"), Cell(row.name_ru)),
        (say("admin.f-name-en"), Cell(row.name_en)),
        (say("admin.f-bin"), Cell(row.bin)),
        (say("admin.f-address"), Cell(row.address)),
        (say("admin.f-region"), Cell(row.region)),
        (say("admin.f-hours"), Cell(hours_name(row.hours), href=f"/office/admin/hours/{row.hours}")),
        (
            say("admin.f-parent"),
            Cell(_name(row.parent), href=f"{HOME}{row.parent_id}" if row.parent_id else ""),
        ),
        (say(f"{PAGE}.state"), _state(row)),
    ]
    thing = Thing(_name(row), facts, acts_on, [_posts(row), _below(row)], events(f"organisation:{pk}"))
    return draw_thing(request, PAGE, thing)


@administrator
def new(request: HttpRequest) -> HttpResponse:
    """Enter an organisation."""

    def do(given: Given) -> str:
        clean = given.clean
        made = acts.make_organisation(
            given.actor, clean["code"], in_three(clean, "name"), kind=clean["kind"], hours=clean["hours"],
            number=clean.get("bin", ""), address=clean.get("address", ""), region=clean.get("region", ""),
            parent=_pk(clean.get("parent")), reason=given.reason, now=given.now, key=given.key,
        )  # fmt: skip
        return f"{HOME}{made.pk}"

    fields = {
        **names(PAGE, "name"),
        "code": field(PAGE, "code", most=60),
        "kind": field(PAGE, "kind", "choice", choices=naming.kinds()),
        "hours": _hours(),
        "parent": _parent(),
        "bin": field(PAGE, "bin", "bin", required=False),
        "address": field(PAGE, "address", required=False),
        "region": field(PAGE, "region", required=False, most=60),
    }
    return carry_out(request, Change(PAGE, "new", HOME, fields, do))


@administrator
def change(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Rename, give hours, place under another, close."""
    row = _found(pk)
    made = {"rename": _rename, "hours-give": _give_hours, "place": _place, "close": _close}.get(verb)
    if made is None or row.closed_at is not None:
        raise Http404
    return carry_out(request, made(row))


def _rename(row: Organisation) -> Change:
    fields = {
        **names(PAGE, "name"), "bin": field(PAGE, "bin", "bin", required=False),
        "address": field(PAGE, "address", required=False),
    }  # fmt: skip
    first = {
        "name-kk": row.name_kk,
        "name-ru": row.name_ru,
        "name-en": row.name_en,
        "bin": row.bin,
        "address": row.address,
    }

    def do(given: Given) -> None:
        acts.rename_organisation(
            given.actor,
            row.pk,
            in_three(given.clean, "name"),
            number=given.clean.get("bin", ""),
            address=given.clean.get("address", ""),
            reason=given.reason,
            now=given.now,
            seen=given.entry,
            key=given.key,
        )

    return _change(row, "rename", fields, do, first=first)


def _give_hours(row: Organisation) -> Change:
    def do(given: Given) -> None:
        acts.give_hours(given.actor, row.pk, given.clean["hours"], reason=given.reason, now=given.now,
                        seen=given.entry, key=given.key)  # fmt: skip

    def preview(given: Given) -> Any:
        return moving.of_body(row, given.clean["hours"], given.now)

    return _change(row, "hours-give", {"hours": _hours()}, do, first={"hours": row.hours}, preview=preview)


def _place(row: Organisation) -> Change:
    def do(given: Given) -> None:
        acts.place_organisation(given.actor, row.pk, _pk(given.clean.get("parent")), reason=given.reason,
                                now=given.now, seen=given.entry, key=given.key)  # fmt: skip

    first = {"parent": f"n{row.parent_id}" if row.parent_id else None}
    return _change(row, "place", {"parent": _parent(row.pk)}, do, first=first)


def _close(row: Organisation) -> Change:
    def do(given: Given) -> None:
        acts.close_organisation(given.actor, row.pk, reason=given.reason, now=given.now, seen=given.entry,
                                key=given.key)  # fmt: skip

    return _change(row, "close", {}, do, final=True)


def _change(row: Organisation, verb: str, fields: dict[str, Field], do: Any, **more: Any) -> Change:
    title = f"{say(f'{PAGE}.{verb}')}: {_name(row)}"
    stream = f"organisation:{row.pk}"
    return Change(PAGE, verb, f"{HOME}{row.pk}", fields, do, title=title, seen=last_entry(stream), **more)


def _hours() -> Field:
    book = calendars.current().hours
    return field(PAGE, "hours", "choice", choices={name: hours_names(name) for name in book})


def _parent(but: int = 0) -> Field:
    rows = Organisation.objects.filter(closed_at__isnull=True).exclude(pk=but).order_by("id")
    choices = {f"n{o.pk}": {"kk": o.name_kk, "ru": o.name_ru, "en": o.name_en} for o in rows}
    return field(PAGE, "parent", "choice", required=False, choices=choices or {"none": everywhere("–")})


def _pk(chosen: str | None) -> int | None:
    return int(chosen[1:]) if chosen and chosen[1:].isdecimal() else None


def _posts(row: Organisation) -> Listing:
    held = (
        PostHolding.objects.filter(organisation=row)
        .select_related("account", "organisation")
        .order_by("-since", "id")
    )
    heads = ("person", "post", "since", "until", "state")
    rows = ((href, cells[:2] + cells[3:]) for href, cells in held_rows(held, clock.now()))
    return listing("admin-posts", heads, rows, title=say(f"{PAGE}.posts"), empty=say(f"{PAGE}.no-posts"))


def _below(row: Organisation) -> Listing:
    below = Organisation.objects.filter(parent=row).order_by("id")
    rows = ((f"{HOME}{o.pk}", (_name(o), naming.kind_name(o.kind), _state(o))) for o in below)
    return listing(
        PAGE, ("name", "kind", "state"), rows, title=say(f"{PAGE}.below"), empty=say(f"{PAGE}.no-below")
    )


def _found(pk: int) -> Organisation:
    row = Organisation.objects.select_related("parent").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _name(row: Organisation | None) -> str:
    return row.name(current_language()) if row else ""


def _kind_names() -> dict[str, str]:
    return {kind: words[current_language()] for kind, words in naming.kinds().items()}


def _state(row: Organisation) -> Cell:
    return tag(say("admin.closed"), "past") if row.closed_at else tag(say("admin.now"), "done")
