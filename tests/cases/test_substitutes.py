"""Standing in for somebody: no power is gained by one's own order, none kept past another's, none passed on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from qyzmet.cases import acts
from qyzmet.cases.refusals import ActRefused
from qyzmet.people.actor import actors_for
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
