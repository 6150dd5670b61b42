"""The journal: what an act leaves, how it is chained, and that the database itself keeps it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from qyzmet.cases import acts
from qyzmet.cases.acts.seal import seal
from qyzmet.cases.journal import FIRST, commitment, decode, hash_of
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Entry, Outbox, Payload, Stream
from qyzmet.cases.queries import case_page
from qyzmet.people.actor import SYSTEM
from qyzmet.people.models import PostHolding
from tests.cases.town import Town, citizen, licence, moment, open_step

pytestmark = pytest.mark.django_db

NOW = moment("2024-09-02 10:00")


def test_every_entry_holds_the_hash_of_the_one_before_it(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    acts.complete(samruk.actor("registrar"), case.ref, 1, now=NOW)
    before = FIRST
    for number, entry in enumerate(Entry.objects.filter(stream=case.stream).order_by("seq"), 1):
        record = decode(bytes(entry.body))
        assert (record.seq, record.prev, bytes(entry.hash)) == (number, before, hash_of(bytes(entry.body)))
        assert (record.act, record.person) == (entry.act, entry.person)
        before = bytes(entry.hash)
    head = Stream.objects.get(name=case.stream)
    assert (head.seq, bytes(head.head)) == (number, before)


def test_an_entry_says_the_post_and_the_edition_and_commits_to_its_payload(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    registrar = samruk.actor("registrar")
    acts.complete(registrar, case.ref, 1, now=NOW)
    entry = Entry.objects.get(stream=case.stream, act="task.completed")
    record = decode(bytes(entry.body))
    payload = Payload.objects.get(stream=case.stream, seq=entry.seq)
    assert record.post == f"{registrar.organisation}/registrar"
    assert record.edition == "sampler/2024-01-10-n1"
    assert payload.salt is not None
    assert payload.data is not None
    assert record.data == commitment(bytes(payload.salt), payload.data)
    assert json.loads(payload.data)["step"] == "register"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_entry SET act = 'x'",
        "DELETE FROM cases_entry",
        "UPDATE cases_entry SET recorded_at = '2000-01-01 00:00:00'",
        "INSERT INTO cases_entry SELECT * FROM cases_entry WHERE 1 = 1 ON CONFLICT (id) DO UPDATE SET act = 'x'",
        "UPDATE cases_payload SET data = '{}'",
        "UPDATE cases_payload SET salt = NULL, data = NULL",
        "DELETE FROM cases_payload",
        "UPDATE cases_seal SET no = 7",
        "DELETE FROM cases_seal",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(
    samruk: Town, tmp_path: Path, statement: str
) -> None:
    acts.submit(citizen(), licence(), now=NOW)
    seal(SYSTEM, now=NOW, seals=tmp_path)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_payload_is_erased_with_its_rule(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    first = Payload.objects.get(stream=case.stream, seq=1)
    erased = {"rule": "five years", "clause": "Law on personal data art. 18"}
    Payload.objects.filter(pk=first.pk).update(salt=None, data=None, erased=erased)
    assert verify().erased == [f"{case.stream}#1"]
    assert not verify().tamperings


def test_the_database_refuses_to_replace_or_empty_the_journal(samruk: Town) -> None:
    acts.submit(citizen(), licence(), now=NOW)
    if connection.vendor == "sqlite":
        statement = "INSERT OR REPLACE INTO cases_entry SELECT * FROM cases_entry"
    else:
        statement = "TRUNCATE cases_entry"
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)


def test_reading_a_case_not_in_ones_hands_is_journaled_and_makes_no_page_stale(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    registrar, mayor = samruk.actor("registrar"), samruk.actor("mayor")
    page = case_page(registrar, case.ref)
    acts.read_case(registrar, case.ref, now=NOW)  # it is in the registrar's hands
    acts.read_case(citizen(), case.ref, now=NOW)  # it is one's own
    assert not Entry.objects.filter(act="case.read").exists()
    acts.read_case(mayor, case.ref, now=NOW)
    assert Entry.objects.get(act="case.read").person == mayor.person
    acts.complete(registrar, case.ref, 1, expected=page.seq, now=NOW)


def test_every_stage_is_reported_to_the_monitoring_system_in_order(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=NOW)
    acts.complete(samruk.actor("registrar"), case.ref, 1, now=NOW)
    told = Outbox.objects.filter(destination="monitoring", stream=case.stream).order_by("id")
    entries = Entry.objects.filter(stream=case.stream).order_by("seq")
    assert list(told.values_list("seq", "kind")) == list(entries.values_list("seq", "act"))


def test_a_head_orders_a_substitute_whose_acts_carry_the_order(samruk: Town) -> None:
    from datetime import timedelta

    from qyzmet.people.actor import actors_for
    from qyzmet.people.models import Account

    case = acts.submit(citizen(), licence(), now=NOW)
    head = samruk.official("head", case.provider)
    clerk = Account.objects.create(number="999999999999", surname="Стажёр", confirmed_at=NOW)
    holding = PostHolding.objects.get(post="registrar")
    acts.substitute(
        head, holding.pk, clerk.pk, order="17-ж", since=NOW, until=NOW + timedelta(days=5), now=NOW
    )
    (standing_in,) = [each for each in actors_for(clerk, NOW) if each.post]
    assert (standing_in.post, standing_in.order) == ("registrar", "17-ж")
    acts.complete(standing_in, case.ref, open_step(case, "register").no, now=NOW)
    assert [a for a in actors_for(clerk, NOW + timedelta(days=6)) if a.post] == []
