"""Nobody but the platform's administrator sees these pages, and they see every one of them in three languages."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import URLPattern

from qyzmet.cases.models import CaseAccess, Outbox
from qyzmet.clock import local
from qyzmet.office.administering.urls import urlpatterns
from qyzmet.people.models import PostHolding
from tests.cases.test_housing_assistance import application
from tests.cases.town import citizen, file
from tests.office.administering.conftest import Platform
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db
EDITION = "housing-assistance/2019-04-25-n2-261"


def addresses(platform: Platform) -> list[str]:
    """One address for every pattern, of things that are there."""
    post = PostHolding.objects.filter(organisation=platform.town.above).first() or PostHolding.objects.first()
    assert post is not None
    there = {
        "bodies/<int:pk>": f"bodies/{platform.operator.pk}", "posts/<int:pk>": f"posts/{post.pk}",
        "accounts/<int:pk>": f"accounts/{platform.second.account}", "hours/<slug:name>": "hours/provider",
        "parameters/<slug:name>": "parameters/mci", "packages/<slug:service>/<slug:edition>": f"packages/{EDITION}",
    }  # fmt: skip
    verbs = {"bodies": "rename", "accounts": "block"}
    found = []
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern)
        for generic, real in there.items():
            route = route.replace(generic, real)
        route = route.replace("<slug:verb>", verbs.get(route.partition("/")[0], ""))
        if "<" not in route:
            found.append(f"/office/admin/{route}")
    return found


@pytest.mark.parametrize(
    "language", ["kk", *(pytest.param(each, marks=pytest.mark.full) for each in ("ru", "en"))]
)
def test_the_administrator_opens_every_page(platform: Platform, monday: datetime, language: str) -> None:
    desk = Desk(platform.first, language)
    opened = {path: desk.open(path).status for path in addresses(platform)}
    assert len(opened) > 25
    assert set(opened.values()) == {200}


def test_no_other_post_opens_any(platform: Platform, monday: datetime) -> None:
    head = Desk(platform.town.actors["head"])
    assert {head.open(path).status for path in addresses(platform)} == {403}


def test_a_services_own_administrator_is_not_the_platforms(platform: Platform, monday: datetime) -> None:
    other = platform.town.official("administrator", platform.town.above)
    assert Desk(other).open("/office/admin/").status == 403


def test_a_citizen_and_a_stranger_open_none(platform: Platform, monday: datetime) -> None:
    paths = addresses(platform)
    client = Client()
    assert {client.get(path).status_code for path in paths} == {302}
    person = platform.town.official("head", platform.town.above)
    PostHolding.objects.filter(account=person.account).delete()
    assert {Desk(person).open(path).status for path in paths} == {403}
    assert citizen().post is None


def test_what_is_not_there_is_not_found(platform: Platform, monday: datetime) -> None:
    desk = Desk(platform.first)
    for path in (
        "bodies/999999", "bodies/999999/close", "posts/999999", "posts/999999/end", "accounts/999999/block",
        "hours/none", "parameters/none/set", "packages/none/none", "packages/proposals/999999", "parked/999999",
        "maintenance/999999/cancel", "openings/none/none/2019-01-01/end", "posts/substitutions/99999/stop",
        f"bodies/{platform.operator.pk}/vanish", f"accounts/{platform.second.account}/vanish",
    ):  # fmt: skip
        assert desk.open(f"/office/admin/{path}").status == 404, path


def test_the_menu_leads_here_only_for_the_administrator(platform: Platform, monday: datetime) -> None:
    assert "/office/admin/" in Desk(platform.first).open("/office/").page.xpath("//nav//a/@href")
    assert "/office/admin/" not in Desk(platform.town.actors["head"]).open("/office/").page.xpath(
        "//nav//a/@href"
    )


def test_the_overview_says_what_waits(platform: Platform, monday: datetime) -> None:
    Outbox.objects.create(destination="mail", stream="system", seq=1, kind="case.received", next_at=monday, state="parked",
                          last_error="no route")  # fmt: skip
    text = Desk(platform.first).open("/office/admin/").main
    assert "1 delivery is parked" in text
    assert local(monday).year == 2019


def menu(desk: Desk) -> list[str]:
    return [str(a) for a in desk.page.xpath("//header//a/@href")]


def test_the_administrator_begins_at_their_own_page_and_reads_no_case_of_the_operator_s(
    platform: Platform, monday: datetime
) -> None:
    desk = Desk(platform.first).open("/office/")
    assert desk.path == "/office/admin/"
    assert "/office/" not in menu(desk)
    case = file(citizen(), application(), now=monday)
    CaseAccess.objects.filter(case=case, capacity="provider").update(organisation=platform.operator)
    colleague = platform.town.official("operator", platform.operator)
    assert Desk(colleague).client.get(f"/office/cases/{case.ref}").status_code == 200
    assert desk.client.get(f"/office/cases/{case.ref}").status_code == 404
    assert desk.open(f"/office/search?q={case.number}").links("/office/cases/") == []
