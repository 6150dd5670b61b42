"""Standing in for somebody: no power is gained by one's own order, none kept past another's, none passed on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from qyzmet.cases import acts
from qyzmet.cases.laws import law_of
from qyzmet.cases.queries import case_page
from qyzmet.cases.refusals import ActRefused
from qyzmet.gateway.mail.whom import told
from qyzmet.people.actor import Actor, actors_for
from qyzmet.people.models import Account, PostHolding
from tests.cases.town import Town, citizen, licence, moment

pytestmark = pytest.mark.django_db

NOW, DAY = moment("2024-09-02 10:00"), timedelta(days=1)


def test_nobody_gains_a_post_by_their_own_order_or_keeps_one_past_anothers(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    head = samruk.official("head", case.provider)
    week: dict[str, Any] = {"since": NOW, "until": NOW + 7 * DAY}
    heads, seat = PostHolding.objects.get(post="head"), PostHolding.objects.get(post="registrar")
    with pytest.raises(ActRefused, match="substitute-own"):
        acts.substitute(head, seat.pk, heads.account_id, order="1", **week, now=NOW)
    acts.substitute(head, heads.pk, seat.account_id, order="2", **week, now=NOW)
    (acting,) = (each for each in actors_for(seat.account, NOW) if each.order)
    friend = Account.objects.create(number="999999999999", surname="Стажёр", confirmed_at=NOW)
    with pytest.raises(ActRefused, match="substitute-passes-on"):
        acts.substitute(
            acting, heads.pk, friend.pk, order="3", since=NOW + 7 * DAY, until=NOW + 99 * DAY, now=NOW
        )
    acts.substitute(acting, seat.pk, friend.pk, order="4", **week, now=NOW)
    # What the registrar stands in for is not passed on with the registrar's own post.
    assert [(each.post, each.order) for each in actors_for(friend, NOW) if each.order] == [("registrar", "4")]


def in_post(account: int | None, now: datetime) -> Actor:
    """Somebody in their post as a session has them, with the seat they sit in."""
    return next(each for each in actors_for(Account.objects.get(pk=account), now) if each.post)


def test_what_was_taken_in_a_seat_is_gone_on_with_by_who_stands_in_and_by_who_comes_back(
    samruk: Town,
) -> None:
    first, second = (acts.submit(citizen(), licence(), now=NOW, key=each) for each in ("1", "2"))
    head, seat = samruk.official("head", first.provider), PostHolding.objects.get(post="registrar")
    colleague = in_post(samruk.official("registrar", first.provider).account, NOW)
    friend = Account.objects.create(number="999999999999", surname="Стажёр", confirmed_at=NOW)
    acts.take(in_post(seat.account_id, NOW), first.ref, 1, now=NOW)
    with pytest.raises(ActRefused, match="substitute-unfit"):
        acts.assign(head, second.ref, 1, friend.pk, now=NOW)
    acts.substitute(head, seat.pk, friend.pk, order="4", since=NOW, until=NOW + 7 * DAY, now=NOW)
    stand_in = in_post(friend.pk, NOW)
    assert [each.no for each in case_page(stand_in, first.ref).doable] == [1]
    assert case_page(colleague, first.ref).doable == ()
    acts.take(stand_in, first.ref, 1, now=NOW)
    acts.assign(head, second.ref, 1, friend.pk, now=NOW)
    law, where = law_of(second.edition_id), second.provider_id
    assert [each.person for each in told(second, law, f"official:{friend.pk}:{where}", NOW)] == [
        friend.number
    ]
    assert friend.number in {each.person for each in told(first, law, "holder", NOW)}
    # The order has run out: what the substitute had in hand is the registrar's again, and nobody else's.
    after = NOW + 8 * DAY
    assert [each.post for each in actors_for(friend, after) if each.post] == []
    for case in (first, second):
        with pytest.raises(ActRefused, match="assigned-elsewhere"):
            acts.take(colleague, case.ref, 1, now=after)
        acts.take(in_post(seat.account_id, after), case.ref, 1, now=after)
