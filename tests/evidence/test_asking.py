"""Somebody is asked to sign exact bytes, within an hour, once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections, transaction

from qyzmet import evidence
from qyzmet.cases import blobs
from qyzmet.cases.lock import writing
from qyzmet.evidence import Item, NotSigned, Shown, SigningRequest
from qyzmet.people.actor import SYSTEM, Actor, actor_for
from qyzmet.people.models import Account
from qyzmet.signatures import Expected
from tests.evidence.authority_server import AuthorityServer
from tests.signatures.town import APPLICATION, ASAN, DINA, MONDAY

HOUR = timedelta(hours=1)
NAME = {"kk": "Өтініш", "ru": "Заявление", "en": "Application"}


def person(number: str) -> Actor:
    account, _ = Account.objects.get_or_create(
        number=number, defaults={"kind": "individual", "surname": "Ахметов", "given_name": "Асан"}
    )
    return actor_for(account, MONDAY)


def asked(who: Actor, *items: Item, **more: object) -> SigningRequest:
    wanted = items or (Item("application", NAME, APPLICATION),)
    return evidence.ask(
        who,
        "filing",
        "draft",
        wanted,
        expected=Expected(iin=ASAN),
        now=MONDAY,
        **more,  # type: ignore[arg-type]
    )


def four_at_once(taking: Callable[[], AbstractContextManager[None]]) -> list[str]:
    """What became of four that take a request at one moment: done, or the check that refused them."""
    gate, said = threading.Barrier(4), []

    def take() -> None:
        gate.wait()
        try:
            with taking():
                pass
            said.append("done")
        except NotSigned as refusal:
            said.append(refusal.check)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(said)


pytestmark = pytest.mark.usefixtures("sources")


@pytest.mark.django_db
def test_the_exact_bytes_are_kept_and_the_request_says_what_shows_them() -> None:
    pdf = Shown({"kk": "Шешім"}, "0" * 64, "application/pdf")
    row = asked(person(ASAN), Item("application", NAME, APPLICATION, [pdf]), params={"ref": "abc"})
    row.refresh_from_db()
    assert evidence.content_of(row, "application") == APPLICATION
    (item,) = row.items
    assert (item["id"], item["name"], item["size"]) == ("application", NAME, len(APPLICATION))
    assert blobs.read(item["prepared"]) == APPLICATION
    assert item["shows"] == [{"name": {"kk": "Шешім"}, "sha256": "0" * 64, "media": "application/pdf"}]
    assert row.params == {"ref": "abc"}


@pytest.mark.django_db
def test_only_the_one_who_was_asked_finds_it_and_only_for_an_hour() -> None:
    who, other = person(ASAN), person(DINA)
    row = asked(who)
    assert evidence.find(who, row.token, MONDAY + HOUR / 2) == row
    assert evidence.find(other, row.token, MONDAY) is None
    assert evidence.find(replace(other, person=ASAN), row.token, MONDAY) is None
    assert evidence.find(who, "guessed", MONDAY) is None
    assert evidence.find(who, row.token, MONDAY + HOUR) is None
    assert len(row.token) == 32
    assert row.token != row.phone_token


@pytest.mark.django_db
def test_the_phone_finds_it_by_its_own_token_and_its_signatures_wait_for_the_page() -> None:
    row = asked(person(ASAN))
    assert evidence.find_by_phone(row.token, MONDAY) is None
    found = evidence.find_by_phone(row.phone_token, MONDAY)
    assert found == row
    evidence.receive(found, {"application": b"signature"}, MONDAY)
    row.refresh_from_db()
    assert evidence.received_of(row) == {"application": b"signature"}
    assert evidence.find_by_phone(row.phone_token, MONDAY + HOUR) is None


@pytest.mark.django_db
def test_what_comes_from_the_phone_too_large_too_late_or_unasked_is_not_kept() -> None:
    row = asked(person(ASAN))
    with pytest.raises(NotSigned) as refusal:
        evidence.receive(row, {"application": b"0" * (3 << 20)}, MONDAY)
    assert refusal.value.check == "format"
    with pytest.raises(LookupError):
        evidence.receive(row, {"else": b"signature"}, MONDAY)
    evidence.close(row, MONDAY)
    with pytest.raises(NotSigned) as refusal:
        evidence.receive(row, {"application": b"signature"}, MONDAY)
    assert refusal.value.check == "request"


@pytest.mark.django_db
def test_one_capacity_was_asked_and_not_another_of_the_same_person() -> None:
    who = person(ASAN)
    row = asked(replace(who, post="registrar", organisation=7))
    assert evidence.asked_as(row, replace(who, post="registrar", organisation=7))
    assert not evidence.asked_as(row, who)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "items",
    [
        [],
        [Item("a", NAME, b"1"), Item("a", NAME, b"2")],
        [Item("a", NAME, b"0" * ((20 << 20) + 1))],
        [Item(str(number), NAME, b"1") for number in range(1001)],
    ],
    ids=["nothing", "one id twice", "too large", "too many"],
)
def test_nobody_is_asked_for_what_cannot_be_signed(items: list[Item]) -> None:
    with pytest.raises(ValueError, match="item"):
        evidence.ask(person(ASAN), "filing", "draft", items, expected=Expected(iin=ASAN), now=MONDAY)


@pytest.mark.django_db
def test_the_system_is_not_asked_to_sign() -> None:
    with pytest.raises(ValueError, match="account"):
        asked(SYSTEM)


@pytest.mark.django_db
def test_what_follows_is_done_once_and_a_failure_leaves_the_request_open() -> None:
    row = asked(person(ASAN))
    with pytest.raises(ZeroDivisionError), evidence.once(row, MONDAY):
        _ = 1 / 0
    with evidence.once(row, MONDAY), pytest.raises(NotSigned) as refusal, evidence.once(row, MONDAY):
        pass
    assert refusal.value.check == "request"
    assert "right now" in refusal.value.text["en"]
    with pytest.raises(NotSigned, match="has ended"), evidence.once(row, MONDAY):
        pass
    assert not evidence.close(row, MONDAY)


@pytest.mark.django_db
def test_a_submission_that_was_killed_does_not_lock_the_request_for_good() -> None:
    row = asked(person(ASAN))
    submission = evidence.once(row, MONDAY)
    submission.__enter__()
    with evidence.once(row, MONDAY + timedelta(minutes=3)):
        pass
    row.refresh_from_db()
    assert row.closed_at == MONDAY + timedelta(minutes=3)


@pytest.mark.once
def test_two_submissions_at_once_are_done_once(committed: None, sources: AuthorityServer) -> None:
    row = asked(person(ASAN))
    assert four_at_once(lambda: evidence.once(row, MONDAY)) == ["done", "request", "request", "request"]


def failing_act(row: SigningRequest) -> None:
    with evidence.taken_by_its_act(row, MONDAY), transaction.atomic():
        evidence.take(row, MONDAY)
        _ = 1 / 0


@pytest.mark.django_db
def test_an_act_that_came_to_nothing_has_not_taken_the_request() -> None:
    row = asked(person(ASAN))
    with pytest.raises(ZeroDivisionError):
        failing_act(row)
    with evidence.taken_by_its_act(row, MONDAY):
        evidence.take(row, MONDAY)
        row.closed_at = MONDAY
    with pytest.raises(NotSigned, match="has ended"):
        evidence.take(row, MONDAY)


@pytest.mark.django_db
def test_what_led_to_no_act_ends_the_request_all_the_same() -> None:
    row = asked(person(ASAN))
    with evidence.taken_by_its_act(row, MONDAY):
        pass
    row.refresh_from_db()
    assert row.closed_at == MONDAY


@pytest.mark.once
def test_of_several_acts_at_once_one_takes_the_request(committed: None, sources: AuthorityServer) -> None:
    row = asked(person(ASAN))

    @contextmanager
    def filing() -> Iterator[None]:
        with writing(), transaction.atomic():
            evidence.take(row, MONDAY)
            yield

    assert four_at_once(filing) == ["done", "request", "request", "request"]
