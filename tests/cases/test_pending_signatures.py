"""A silent source of revocation holds a filing up without refusing it; its answer registers it or ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from qyzmet.cases import acts, blobs
from qyzmet.cases.acts.register import to_register
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Case, CaseState, Duty, Entry, Outbox, SignatureRecord, Token
from qyzmet.cases.queries import case_page, conditions
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import Signed, records_of, restored
from qyzmet.demo.authority import DemoAuthority
from qyzmet.demo.rehearsal.keys import DIGESTS, Keys, Told
from qyzmet.people.actor import SYSTEM, Actor
from qyzmet.signatures import Rules, Verdict, digest, verify_cms
from tests.cases.test_housing_assistance import application
from tests.cases.test_signed_decisions import assigned, ready
from tests.cases.town import Town, citizen, licence, moment, open_step, steps, tulpar

__all__ = ["ready"]

pytestmark = pytest.mark.django_db

NOW = moment("2019-06-03 10:00")
AN_HOUR_LATER = NOW + timedelta(hours=1)


@pytest.fixture
def keys() -> Keys:
    """An authority of this test's own, whose keys it may revoke."""
    return Keys(DemoAuthority.temporary())


def judged(keys: Keys, of: Signed, at: datetime, *lists: bytes) -> Signed:
    """The signature judged with the lists that could be had."""
    data = blobs.read(of.prepared)
    content = {name: digest(name, data) for name in DIGESTS}
    trust, evidence = keys.authority.trust().with_more((), lists), of.verdict.evidence
    verdict = verify_cms(evidence.signature, at=at, trust=trust, content=content, rules=Rules(test_ids=True))
    return Signed(of.prepared, verdict)


def silent(keys: Keys, of: Signed, at: datetime) -> Signed:
    """The same signature judged while no list could be had."""
    found = judged(keys, of, at)
    assert found.pending
    return found


def received(keys: Keys, asked: Application, now: datetime = NOW) -> Case:
    asked = keys.sign_filing(citizen(), asked, key="k", now=now)
    waiting = {party: silent(keys, each, now) for party, each in asked.signatures.items()}
    return acts.submit(citizen(), replace(asked, signatures=waiting), now=now, key="k")


def answer(keys: Keys, row: SignatureRecord, *, good: bool) -> Verdict:
    """What the source says in the end: the key stands, or had been revoked."""
    before = Signed(row.prepared, restored(row))
    if not good:
        known = keys.key(row.iin).certificate
        keys.authority.revoke(known, row.judged_at - timedelta(days=1))
    found = judged(keys, before, row.judged_at, keys.authority.crl(row.judged_at)).verdict
    assert found.outcome == ("valid" if good else "invalid")
    return found


def test_it_is_received_and_waits_for_its_number(housing: Town, keys: Keys) -> None:
    case = received(keys, application())
    assert (case.state, case.number, case.unconfirmed) == (CaseState.RECEIVED, None, True)
    assert steps(case) == []
    assert to_register(AN_HOUR_LATER) == []
    with pytest.raises(ActRefused, match="signature-awaited"):
        acts.register(SYSTEM, case.ref, now=AN_HOUR_LATER)
    sent = Outbox.objects.get(destination="revocation", stream=case.stream)
    assert (sent.seq, sent.ref) == (1, "filing:applicant")


def test_confirmed_it_registers_at_the_moment_of_its_receipt(housing: Town, keys: Keys) -> None:
    case = received(keys, application())
    (row,) = records_of(case)
    done = acts.confirm_signature(row, answer(keys, row, good=True), now=AN_HOUR_LATER)
    assert (done.state, done.registered_at, done.unconfirmed) == (CaseState.OPEN, NOW, False)
    assert done.due == moment("2019-06-13 18:30")  # 8 working days from the receipt, not from the answer
    entry = Entry.objects.get(stream=case.stream, act="case.registered")
    assert (entry.occurred_at, entry.recorded_at) == (NOW, AN_HOUR_LATER)
    (row,) = records_of(case)
    assert (row.outcome, row.confirmed_at) == ("valid", AN_HOUR_LATER)


def test_confirmed_at_night_it_registers_when_the_office_opens(housing: Town, keys: Keys) -> None:
    night = moment("2019-06-03 22:00")
    case = received(keys, application(), night)
    (row,) = records_of(case)
    done = acts.confirm_signature(row, answer(keys, row, good=True), now=night + timedelta(minutes=1))
    assert (done.state, done.registered_at) == (CaseState.RECEIVED, moment("2019-06-04 09:00"))
    assert to_register(moment("2019-06-04 09:00")) == [case.ref]


def test_found_revoked_it_is_not_accepted_and_the_check_is_named(housing: Town, keys: Keys) -> None:
    case = received(keys, application())
    (row,) = records_of(case)
    done = acts.confirm_signature(row, answer(keys, row, good=False), now=AN_HOUR_LATER)
    assert (done.state, done.exit, done.number) == (CaseState.ENDED, "not-accepted", None)
    codes = list(Entry.objects.filter(stream=case.stream).order_by("seq").values_list("act", flat=True))
    assert codes == ["case.received", "signature.refused", "case.not-accepted"]
    assert Outbox.objects.filter(destination="mail", stream=case.stream, kind="case.not-accepted").exists()
    told = {(each.kind, each.number): each for each in conditions(case_page(citizen(), case.ref))}
    assert told["condition", 2].outcome == "failed"
    failed = [each for each in told["condition", 2].details if each.outcome == "failed"]
    assert [each.check for each in failed] == ["revocation"]
    assert ("process", 4) in told
    assert ("process", 5) not in told


def test_what_a_filing_brings_about_waits_with_it(samruk: Town, keys: Keys) -> None:
    now = moment("2024-09-02 10:00")
    case = received(keys, licence(tulpar(**{"foaled-on": "2024-08-30"}), channel="falcon"), now)
    assert not Duty.objects.filter(case=case).exists()
    (row,) = records_of(case)
    acts.confirm_signature(row, answer(keys, row, good=True), now=now + timedelta(hours=1))
    assert Duty.objects.filter(case=case, code="bring-foal").exists()


def test_an_answer_comes_once_and_a_second_changes_nothing(housing: Town, keys: Keys) -> None:
    case = received(keys, application())
    (row,) = records_of(case)
    acts.confirm_signature(row, answer(keys, row, good=True), now=AN_HOUR_LATER)
    before = Entry.objects.filter(stream=case.stream).count()
    acts.confirm_signature(row, answer(keys, row, good=False), now=AN_HOUR_LATER)
    assert Entry.objects.filter(stream=case.stream).count() == before
    assert Case.objects.get(pk=case.pk).state == CaseState.OPEN


def test_still_silent_changes_nothing(housing: Town, keys: Keys) -> None:
    case = received(keys, application())
    (row,) = records_of(case)
    acts.confirm_signature(row, restored(row), now=AN_HOUR_LATER)
    assert records_of(case)[0].outcome == "pending"


def test_withdrawn_meanwhile_it_stays_withdrawn(housing: Town, keys: Keys) -> None:
    case = received(keys, application())
    acts.withdraw(citizen(), case.ref, now=AN_HOUR_LATER)
    (row,) = records_of(case)
    done = acts.confirm_signature(row, answer(keys, row, good=True), now=AN_HOUR_LATER)
    assert (done.state, done.exit, done.number) == (CaseState.ENDED, "withdrawn", None)


def test_a_pending_decision_is_recorded_and_its_documents_wait(housing: Town, keys: Keys) -> None:
    case, token, now = assigned(housing)
    official = housing.actor("responsible-specialist")
    by = silent(keys, _signed(keys, official, case, token, now), now)
    acts.complete(official, case.ref, token.no, now=now, signed=by)
    results = Outbox.objects.filter(destination="documents", stream=case.stream, ref="notice")
    assert Token.objects.get(pk=token.pk).outcome == "done"
    assert not results.exists()
    row = records_of(case)[-1]
    assert ["documents", "issue", row.seq, "notice"] in row.waiting
    acts.confirm_signature(row, answer(keys, row, good=True), now=now + timedelta(hours=1))
    assert results.get().seq == row.seq


def test_a_result_given_at_the_end_waits_for_a_signature_before_it(
    samruk: Town, ready: Any, keys: Keys
) -> None:
    case, token, now = ready
    mayor = samruk.actor("mayor")
    by = silent(keys, _signed(keys, mayor, case, token, now), now)
    acts.complete(mayor, case.ref, token.no, now=now, signed=by)
    ended = acts.complete(samruk.actor("herald"), case.ref, open_step(case, "herald").no, now=now)
    assert ended.exit == "licensed"
    results = Outbox.objects.filter(destination="documents", stream=case.stream, ref="licence")
    told = Outbox.objects.filter(destination="mail", stream=case.stream, kind="case.ended")
    assert not results.exists()
    assert not told.exists()
    (row,) = records_of(case)
    acts.confirm_signature(row, answer(keys, row, good=True), now=now + timedelta(hours=1))
    assert results.exists()
    assert told.exists()


def test_a_decision_by_a_revoked_key_gives_out_nothing_and_the_supervisor_is_told(
    samruk: Town, ready: Any, keys: Keys
) -> None:
    case, token, now = ready
    mayor = samruk.actor("mayor")
    by = silent(keys, _signed(keys, mayor, case, token, now), now)
    acts.complete(mayor, case.ref, token.no, now=now, signed=by)
    (row,) = records_of(case)
    acts.confirm_signature(row, answer(keys, row, good=False), now=now + timedelta(hours=1))
    assert not Outbox.objects.filter(destination="documents", stream=case.stream, ref="licence").exists()
    told = Outbox.objects.get(destination="mail", stream=case.stream, kind="signature.refused")
    assert told.ref == "supervisor"


def _signed(keys: Keys, who: Actor, case: Case, token: Token, now: datetime) -> Signed:
    return keys.sign_step(who, case, token, Told(), now=now)
