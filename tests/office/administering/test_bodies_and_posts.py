"""Organisations and posts: entered, renamed, placed, closed; given, ended, stood in for by order."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from qyzmet.cases import acts as case_acts
from qyzmet.cases.acts import administering as acts
from qyzmet.cases.models import Entry, Token
from qyzmet.cases.refusals import ActRefused
from qyzmet.office.administering.history import events
from qyzmet.people import directory
from qyzmet.people.models import Account, Organisation, PostHolding, Substitution
from tests.cases.test_housing_assistance import application
from tests.cases.town import citizen, file, moment
from tests.office.administering.conftest import Platform
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db
NAMES = {"kk": "Жаңа бөлім", "ru": "Новый отдел", "en": "New department"}
BODIES = "/office/admin/bodies/"


def made(platform: Platform, code: str = "new-department", **more: object) -> Organisation:
    given = {
        "kind": "social-department",
        "hours": "provider",
        "reason": "Order 1",
        "now": moment("2019-06-03 10:00"),
    }
    return acts.make_organisation(platform.first, code, NAMES, **{**given, **more})  # type: ignore[arg-type]


def typed(**more: str) -> dict[str, str]:
    return {
        "name_kk": "Жаңа бөлім", "name_ru": "Новый отдел", "name_en": "New department", "code": "new-department",
        "kind": "social-department", "hours": "provider", "reason": "Order 1", **more,
    }  # fmt: skip


def test_posts_stand_in_the_order_of_the_kazakh_alphabet(platform: Platform, monday: datetime) -> None:
    for surname in ("Іңкәрбек", "Юсупов", "Әбенова", "Борисов"):
        platform.town.official("clerk", platform.operator)
        held = PostHolding.objects.latest("pk")
        Account.objects.filter(pk=held.account_id).update(surname=surname)
    said = Desk(platform.first).open("/office/admin/posts/").main
    places = [said.index(surname) for surname in ("Әбенова", "Борисов", "Іңкәрбек", "Юсупов")]
    assert places == sorted(places)


def test_a_body_is_entered_with_a_reason_and_stands_in_the_list(platform: Platform, monday: datetime) -> None:
    desk = Desk(platform.first).open(f"{BODIES}new")
    desk.send(".act", **typed())
    row = Organisation.objects.get(code="new-department")
    assert desk.path == f"{BODIES}{row.pk}"
    assert "Order 1" in desk.main
    entry = Entry.objects.get(stream=f"organisation:{row.pk}")
    assert (entry.act, entry.person) == ("organisation.made", platform.first.person)
    assert "New department" in desk.open(f"{BODIES}?q=new dep").main
    assert "Nothing was found" in desk.open(f"{BODIES}?q=emojis").main


UNFIT_BODIES = [
    ("reason", "", "is empty"), ("name_kk", "", "is empty"), ("name_kk", "New department", "in the letters"),
    ("name_en", "Новый", "in the letters"), ("name_ru", "Отдел 😀", "signs no official record"),
    ("name_ru", "<b>Отдел</b>", "signs no official record"), ("name_en", "D" * 301, "too long"),
    ("code", "Жаңа", "small Latin letters"), ("code", "a" * 61, "too long"), ("bin", "123456789012", "BIN"),
    ("kind", "no-such-kind", "no such answer"), ("hours", "midnight", "no such answer"),
    ("parent", "n999999", "no such answer"), ("reason", "r" * 2001, "too long"),
]  # fmt: skip


def test_what_cannot_be_entered_is_said_beside_its_field(platform: Platform, monday: datetime) -> None:
    for field, value, says in UNFIT_BODIES:
        desk = Desk(platform.first).open(f"{BODIES}new")
        desk.send(".act", **typed(**{field: value}))
        assert desk.status == 422
        (wrong,) = desk.page.find_class("wrong")
        assert says in wrong.text_content()
        assert not Organisation.objects.filter(kind="social-department", name_en="New department").exists()


def test_an_apostrophe_is_a_letter_like_others(platform: Platform, monday: datetime) -> None:
    desk = Desk(platform.first).open(f"{BODIES}new")
    desk.send(".act", **typed(name_en="Citizens' office"))
    assert Organisation.objects.get(code="new-department").name_en == "Citizens' office"


def test_two_administrators_rename_at_once_and_the_second_is_told(
    platform: Platform, monday: datetime
) -> None:
    row = made(platform)
    slow, quick = (Desk(each).open(f"{BODIES}{row.pk}/rename") for each in (platform.first, platform.second))
    quick.send(".act", name_en="Quick department", reason="Order 2")
    slow.send(".act", name_en="Slow department", reason="Order 3")
    assert slow.status == 409
    assert "Another administrator has changed this" in slow.errors
    row.refresh_from_db()
    assert row.name_en == "Quick department"
    assert [each.reason for each in events(f"organisation:{row.pk}")] == ["Order 2", "Order 1"]


def test_the_same_form_sent_twice_enters_one_body(platform: Platform, monday: datetime) -> None:
    desk = Desk(platform.first).open(f"{BODIES}new")
    form = dict(desk.form(".act").form_values())
    sent = {**form, **{k.replace("_", "-"): v for k, v in typed().items()}}
    first, again = (desk.client.post(f"{BODIES}new", sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    assert Organisation.objects.filter(code="new-department").count() == 1


def test_a_body_does_not_come_to_stand_above_itself(platform: Platform, monday: datetime) -> None:
    row = made(platform)
    below = made(platform, "below", parent=row.pk)
    with pytest.raises(ActRefused, match="organisation-circle"):
        acts.place_organisation(platform.first, row.pk, below.pk, reason="Order 2", now=monday)


def test_a_body_with_open_cases_or_posts_stays_open(platform: Platform, monday: datetime) -> None:
    case = file(citizen(), application(), now=monday)
    with pytest.raises(ActRefused, match="organisation-busy"):
        acts.close_organisation(platform.first, case.provider_id, reason="Order 2", now=monday)


def test_closing_asks_twice_and_a_closed_body_takes_part_in_nothing(
    platform: Platform, monday: datetime
) -> None:
    row = made(platform)
    assert row.pk in {each.id for each in directory.fitting("social-department", "housing-assistance")}
    desk = Desk(platform.first).open(f"{BODIES}{row.pk}/close")
    desk.send(".act", reason="Order 2")
    assert desk.status == 422
    desk.send(".act", reason="Order 2", sure="yes")
    assert "The organisation is closed" in desk.text
    assert row.pk not in {each.id for each in directory.fitting("social-department", "housing-assistance")}
    assert desk.open(f"{BODIES}{row.pk}/rename").status == 404


def test_a_post_is_given_and_ends(platform: Platform, monday: datetime) -> None:
    row = made(platform)
    person = platform.town.official("head", platform.town.above)
    desk = Desk(platform.first).open(f"{BODIES}{row.pk}/posts")
    desk.send(".act", person=person.person, post="head", reason="Order 5")
    held = PostHolding.objects.get(organisation=row)
    assert (held.post, held.account_id, held.since) == ("head", person.account, monday)
    desk.open(f"/office/admin/posts/{held.pk}/end").send(".act", reason="Order 6", sure="yes")
    held.refresh_from_db()
    assert held.until == monday
    assert "Order 6" in desk.open(f"/office/admin/posts/{held.pk}").main
    assert (
        desk.open(f"/office/admin/posts/{held.pk}/end").send(".act", reason="Order 7", sure="yes").status
        == 409
    )


UNFIT_POSTS = [
    ("person", "811201401189", "check"), ("person", "811201401188", "no working account"),
    ("post", "cook", "no such answer"), ("since", "01.06.2019 09:00", "lies in the past"),
    ("until", "02.06.2019 09:00", "before it begins"), ("until", "yesterday", "cannot be read"),
]  # fmt: skip


def test_a_post_that_cannot_be_given(platform: Platform, monday: datetime) -> None:
    for field, value, says in UNFIT_POSTS:
        person = platform.town.official("head", platform.town.above)
        desk = Desk(platform.first).open(f"{BODIES}{platform.town.above.pk}/posts")
        given = {"person": person.person, "post": "supervisor", "reason": "Order 5", field: value}
        assert desk.send(".act", **given).status == 422
        (wrong,) = desk.page.find_class("wrong")
        assert says in wrong.text_content()


def test_nobody_gives_a_post_to_oneself_or_ends_ones_own(platform: Platform, monday: datetime) -> None:
    with pytest.raises(ActRefused, match="post-own"):
        acts.give_post(
            platform.first, platform.first.person, platform.operator.pk, "auditor", reason="x", now=monday
        )
    own = PostHolding.objects.get(account=platform.first.account)
    with pytest.raises(ActRefused, match="post-own"):
        acts.end_post(platform.first, own.pk, reason="x", now=monday)


def test_a_post_with_tasks_in_hand_does_not_end_at_once(platform: Platform, monday: datetime) -> None:
    case = file(citizen(), application(), now=monday)
    specialist = platform.town.actors["responsible-specialist"]
    case_acts.take(specialist, case.ref, Token.objects.get(case=case, step="register").no, now=monday)
    held = PostHolding.objects.get(account=specialist.account, post="responsible-specialist")
    with pytest.raises(ActRefused, match="post-has-tasks"):
        acts.end_post(platform.first, held.pk, reason="Order 6", now=monday)
    later = monday + timedelta(days=3)
    assert acts.end_post(platform.first, held.pk, reason="Order 6", until=later, now=monday).until == later


def test_two_orders_for_the_same_days_are_refused(platform: Platform, monday: datetime) -> None:
    held = PostHolding.objects.get(post="head", organisation=platform.town.bodies["social-department"])
    one, other = (platform.town.official("commission", platform.town.above) for _ in range(2))
    address = f"/office/admin/posts/{held.pk}/stand-in"
    days = {"since": "04.06.2019 09:00", "until": "10.06.2019 18:30", "reason": "Leave"}
    desk = Desk(platform.first).open(address)
    desk.send(".act", person=one.person, order="№ 14-ж", **days)
    assert Substitution.objects.get().order == "№ 14-ж"
    desk.open(address).send(
        ".act",
        person=other.person,
        order="№ 15-ж",
        **{**days, "since": "10.06.2019 18:00", "until": "12.06.2019 18:30"},
    )
    assert desk.status == 422
    assert "Another order already has somebody" in desk.errors
    desk.open(address).send(
        ".act",
        person=other.person,
        order="№ 15-ж",
        **{**days, "since": "10.06.2019 18:30", "until": "12.06.2019 18:30"},
    )
    assert Substitution.objects.count() == 2


def test_a_substitution_is_ended_or_struck_out(platform: Platform, monday: datetime) -> None:
    held = PostHolding.objects.get(post="head", organisation=platform.town.bodies["social-department"])
    one = platform.town.official("commission", platform.town.above)
    since = monday + timedelta(days=1)
    row = case_acts.substitute(platform.first, held.pk, one.account or 0, order="№ 1", since=since,
                               until=since + timedelta(days=5), now=monday)  # fmt: skip
    Desk(platform.second).open(f"/office/admin/posts/substitutions/{row.pk}/stop").send(
        ".act", reason="Order 9", sure="yes"
    )
    assert not Substitution.objects.exists()
    assert Entry.objects.filter(act="post.substitution-ended").exists()


def test_only_the_operator_acts(platform: Platform, monday: datetime) -> None:
    head = platform.town.actors["head"]
    with pytest.raises(ActRefused, match="not-your-act"):
        acts.make_organisation(head, "x", NAMES, kind="leb", hours="provider", reason="x", now=monday)
    with pytest.raises(ActRefused, match="not-your-act"):
        acts.block_account(
            head, Account.objects.exclude(pk=head.account).latest("pk").pk, reason="x", now=monday
        )
