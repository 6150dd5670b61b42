"""Internal notes stay inside the body; one seat of a commission has one vote, whoever sits in it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import acts
from qyzmet.cases.acts import accounts
from qyzmet.cases.acts.erase_personal_data import erase_personal_data
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Case, CaseWord, Entry, Payload, Vote
from qyzmet.cases.notes import notes_of
from qyzmet.cases.queries import timeline
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.documents.export.contents import export_case
from qyzmet.documents.export.scope import scope_of
from qyzmet.office import agenda
from qyzmet.people.actor import SYSTEM, Actor, actor_for
from qyzmet.people.models import Account, PostHolding
from tests.cases import town
from tests.cases.test_housing_assistance import CALCULATION, Walk, application
from tests.cases.town import Town, citizen, licence, moment, open_step
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db

TEXT = "Көршісі қоңырау шалды: <b>үй бос</b>."
NOW = moment("2024-09-02 10:00")


@pytest.fixture
def case(samruk: Town) -> Case:
    return acts.submit(citizen(), licence(), now=NOW)


def test_a_note_is_read_in_the_body_and_nowhere_else(samruk: Town, case: Case) -> None:
    registrar = samruk.actor("registrar")
    with clock.hold(NOW):
        desk = Desk(registrar).case(case.ref).send("/notes", note=TEXT)
        assert TEXT in desk.main
        assert "<b>үй" not in desk.answer.content.decode()
    fresh = Case.objects.get(pk=case.pk)
    assert [each.text for each in notes_of(registrar, fresh)] == [TEXT]
    above = samruk.official("head", samruk.above)
    for stranger in (citizen(), samruk.actor("vet"), above):
        assert notes_of(stranger, fresh) == []
    assert "note.added" not in {each.code for each in timeline(citizen(), case.ref)}
    assert TEXT not in Desk(above).case(case.ref).text


def test_the_body_takes_its_notes_away_with_the_case_and_the_recipient_does_not(
    samruk: Town, case: Case
) -> None:
    acts.add_note(samruk.actor("registrar"), case.ref, TEXT, now=NOW)
    for who, there in ((samruk.actor("registrar"), True), (citizen(), False)):
        out = io.BytesIO()
        export_case(scope_of(who, case.ref), out, now=NOW)
        with zipfile.ZipFile(out) as archive:
            names = archive.namelist()
            assert ("journal/notes.json" in names) is there
            told = b"".join(archive.read(name) for name in names)
        assert (TEXT.encode() in told) is there


def test_a_note_makes_no_page_stale_and_is_never_empty_or_endless(samruk: Town, case: Case) -> None:
    registrar = samruk.actor("registrar")
    with clock.hold(NOW):
        desk = Desk(registrar).case(case.ref)
        for note in (" ", "а" * 4001):
            refused = desk.send("/notes", note=note)
            assert refused.status == 422
        form = desk.open(f"/office/cases/{case.ref}").form("/steps/1/decide")
        acts.add_note(registrar, case.ref, TEXT, now=NOW)
        sent = desk.client.post(form.get("action"), dict(form.form_values()), follow=True)
        assert sent.status_code == 200
        assert "complete-docs" not in sent.request["PATH_INFO"]
    assert not open_(case, "register")


def open_(case: Case, step: str) -> bool:
    return case.tokens.filter(step=step, closed_at__isnull=True).exists()


def test_who_only_watches_and_a_party_write_no_notes(samruk: Town, case: Case) -> None:
    auditor = samruk.official("auditor", case.provider)
    for who in (auditor, citizen()):
        with pytest.raises(ActRefused, match="not-your-act"):
            acts.add_note(who, case.ref, TEXT, now=NOW)
    with pytest.raises(ActRefused, match="not-found"):
        acts.add_note(samruk.official("registrar", samruk.body("far", "town-hall")), case.ref, TEXT, now=NOW)


def test_a_lawful_erasure_takes_notes_and_words_and_the_journal_stays_whole(samruk: Town, case: Case) -> None:
    registrar = samruk.actor("registrar")
    acts.add_note(registrar, case.ref, TEXT, now=NOW)
    acts.withdraw(citizen(), case.ref, now=NOW)
    assert CaseWord.objects.filter(case=case, depth__gt=0).exists()
    erase_personal_data(
        SYSTEM, case.ref, rule="court", clause="a court's decision", now=NOW + timedelta(days=1)
    )
    assert [each.text for each in notes_of(registrar, Case.objects.get(pk=case.pk))] == [""]
    assert not Payload.objects.filter(stream=f"notes:{case.pk}", data__isnull=False).exists()
    assert not CaseWord.objects.filter(case=case, depth__gt=0).exists()
    assert verify().tamperings == []


def before_the_commission(housing: Town, now: datetime) -> tuple[Case, int, datetime]:
    case = town.file(citizen(), application(), now=now)
    walk = Walk(housing, case, now)
    walk.do("register", "responsible-specialist")
    walk.do("resolve", "head")
    walk.do("to-commission", "responsible-specialist", output=CALCULATION)
    return case, open_step(case, "decide").no, walk.now


def seated(actor: Actor, now: datetime) -> Actor:
    """The member as a session has them: with the seat."""
    account = Account.objects.get(pk=actor.account)
    return actor_for(account, now, post=actor.post, organisation=actor.organisation)


def test_a_member_and_who_stands_in_for_them_have_one_vote(housing: Town, monday: datetime) -> None:
    case, no, now = before_the_commission(housing, monday)
    member = seated(housing.actor("commission"), now)
    stand_in = housing.actor("responsible-specialist")
    seat = PostHolding.objects.get(account=member.account)
    head = housing.official("head", seat.organisation)
    acts.substitute(
        head, seat.pk, stand_in.account or 0, order="5", since=now, until=now + timedelta(days=3), now=now
    )
    acts.vote(member, case.ref, no, "assign", now=now)
    substitute = actor_for(Account.objects.get(pk=stand_in.account), now, post="commission")
    assert (substitute.holding, substitute.order) == (seat.pk, "5")
    with pytest.raises(ActRefused, match="seat-voted") as problem:
        acts.vote(substitute, case.ref, no, "refuse", now=now)
    assert member.name in problem.value.text["en"]
    with pytest.raises(ActRefused, match="seat-voted"):
        acts.recuse(substitute, case.ref, no, reason="I know them.", now=now)
    assert Vote.objects.count() == 1


def test_a_member_stands_aside_in_the_case_of_a_relative_and_does_not_vote_in_it(
    housing: Town, monday: datetime
) -> None:
    case, no, now = before_the_commission(housing, monday)
    member = housing.actor("commission")
    accounts.declare_relative(member, case.applicant, "sibling", now=now)
    with pytest.raises(ActRefused, match="relative-case"):
        acts.vote(member, case.ref, no, "assign", now=now)
    with clock.hold(now):
        desk = Desk(member).case(case.ref).send("/recuse", reason="My sister.")
    assert desk.status == 200
    assert Vote.objects.get().recused


def test_whoever_stands_aside_after_voting_has_no_vote_in_that_sitting(
    housing: Town, monday: datetime
) -> None:
    case, no, now = before_the_commission(housing, monday)
    member = housing.actor("commission")
    acts.vote(member, case.ref, no, "assign", now=now)
    acts.declare_conflict(member, case.ref, reason="My brother's family.", now=now)
    vote = Vote.objects.get()
    assert (vote.recused, vote.outcome, vote.reason) == (True, "", "My brother's family.")
    entry = Entry.objects.get(stream=case.stream, act="conflict.declared")
    said = json.loads(Payload.objects.get(stream=case.stream, seq=entry.seq).data)
    assert said["votes"] == ["decide"]


def test_the_substitutes_vote_counts_where_the_member_has_not_voted(housing: Town, monday: datetime) -> None:
    case, no, now = before_the_commission(housing, monday)
    member = seated(housing.actor("commission"), now)
    seat = PostHolding.objects.get(account=member.account)
    stand_in = housing.actor("responsible-specialist")
    head = housing.official("head", seat.organisation)
    acts.substitute(
        head, seat.pk, stand_in.account or 0, order="5", since=now, until=now + timedelta(days=3), now=now
    )
    substitute = actor_for(Account.objects.get(pk=stand_in.account), now, post="commission")
    acts.vote(substitute, case.ref, no, "assign", now=now)
    with pytest.raises(ActRefused, match="seat-voted"):
        acts.vote(member, case.ref, no, "assign", now=now)
    with clock.hold(now):
        desk = Desk(member).case(case.ref)
        assert f"{stand_in.name} (for {member.name})" in desk.main


def test_a_sitting_over_many_files_is_one_page(housing: Town, monday: datetime) -> None:
    files = [before_the_commission(housing, monday + timedelta(minutes=n))[:2] for n in range(3)]
    member = housing.actor("commission")
    with clock.hold(monday + timedelta(hours=2)):
        desk = Desk(member).open("/office/agenda")
        typed = {f"vote.{case.ref}.{no}": "assign" for case, no in files[:2]}
        typed[f"opinion.{files[0][0].ref}.{files[0][1]}"] = "The share is above the limit."
        desk.send("/agenda/votes", **typed)
        assert "2 of your votes are counted" in desk.main
        again = desk.client.post(
            "/office/agenda/votes", {**typed, "key": "another-key-altogether"}, follow=True
        )
        assert "already voted" in again.content.decode()
    assert Vote.objects.filter(account=member.account).count() == 2
    assert Vote.objects.filter(reason="The share is above the limit.").count() == 1


def test_an_agenda_is_turned_page_by_page_and_costs_no_more_the_fuller_it_is(
    housing: Town, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    member, asked, refs = housing.actor("commission"), [], []
    for n in range(3):
        case, no, _ = before_the_commission(housing, monday + timedelta(minutes=n))
        other = housing.official("commission", housing.bodies["social-department"])
        acts.vote(other, case.ref, no, "assign", now=monday + timedelta(hours=1))
        refs.append(case.ref)
        with CaptureQueriesContext(connection) as queries:
            found = agenda.files(member, monday + timedelta(hours=2))
        asked.append(len(queries))
        assert [(each.row.ref, each.given) for each in found.files] == [(ref, 1) for ref in refs]
    assert len(set(asked)) == 1
    monkeypatch.setattr("qyzmet.office.agenda.A_PAGE", 2)
    with clock.hold(monday + timedelta(hours=2)):
        desk = Desk(member).open("/office/agenda")
        assert (desk.links(refs[2]), len(desk.links(refs[0]))) == ([], 1)
        assert "3 files" in desk.main
        desk.open(desk.links("?after=")[0])
        assert (desk.links(refs[0]), len(desk.links(refs[2]))) == ([], 1)
        assert desk.links("?after=") == []
