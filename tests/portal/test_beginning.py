"""Beginning an application: with choices there are, for oneself, and about a case of one's own."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from qyzmet.cases.models import Case
from qyzmet.config import clock
from qyzmet.people.directory import body
from qyzmet.portal.models import Draft
from tests.portal.conftest import MONDAY, NEIGHBOUR, settle, signed_in
from tests.portal.filling import ready, send


@pytest.mark.parametrize("channel", ["zzz", "state-corporation", "", "\x00"])
def test_a_way_in_that_is_not_offered_is_asked_again(citizen: Client, channel: str) -> None:
    settle("land-private-ownership")
    answer = citizen.post("/apply/land-private-ownership", {"channel": channel, "org.provider": "9" * 30})
    assert answer.status_code in (409, 422)
    assert not Draft.objects.exists()


def test_which_body_is_asked_in_words_and_remembered_the_next_time(citizen: Client) -> None:
    first = citizen.get("/apply/housing-assistance")
    (asked,) = first.context["beginning"].questions
    assert asked.label == "Өтінішіңізді қай орган қарайды?"
    assert "тіркелген аумақтың" in asked.hint
    assert (asked.chosen, asked.remembered) == ("", False)
    chosen = asked.options[-1][0]
    citizen.post("/apply/housing-assistance", {"org.provider": chosen})
    (again,) = citizen.get("/apply/housing-assistance").context["beginning"].questions
    assert (again.chosen, again.remembered) == (chosen, True)
    (stranger,) = signed_in(NEIGHBOUR).get("/apply/housing-assistance").context["beginning"].questions
    assert stranger.chosen == ""


def test_an_open_application_is_told_of_before_another_is_begun(citizen: Client) -> None:
    address = "/apply/housing-assistance"
    assert not citizen.get(address).context["opened"]
    send(citizen, ready(citizen))
    case = Case.objects.get()
    page = citizen.get(address).content.decode()
    assert "Осы қызмет бойынша қаралып жатқан өтінішіңіз бар" in page
    assert f'href="/cabinet/{case.ref}">{case.number}</a>, {body(case.provider_id).names["kk"]}' in page
    assert not signed_in(NEIGHBOUR).get(address).context["opened"]
    # It is told, and stands in the way of nothing.
    assert citizen.post(address, {"org.provider": case.provider_id}).status_code == 302


def test_an_official_begins_nothing_in_the_post(monday: datetime) -> None:
    head = signed_in("640619310500")
    post = next(each for each in head.get("/roles").context["choices"] if each["key"].startswith("post:head"))
    head.post("/roles", {"role": post["key"]})
    assert head.post("/apply/housing-assistance", {"org.provider": "1"}).status_code == 409
    assert not Draft.objects.exists()


def test_only_a_party_begins_a_complaint(citizen: Client) -> None:
    with clock.hold(MONDAY + timedelta(days=4 * 365)):
        send(citizen, ready(citizen))
        filed = Case.objects.get()
        head = signed_in("640619310500")
        post = next(c for c in head.get("/roles").context["choices"] if c["key"].startswith("post:head"))
        head.post("/roles", {"role": post["key"]})
        assert head.get(f"/office/cases/{filed.ref}").status_code == 200
        assert head.get(f"/cabinet/{filed.ref}/complain").status_code == 404
