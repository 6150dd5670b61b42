"""What an official signs to complete a step: exactly what is decided, by their own key (A120 §10 ¶2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from qyzmet.cases import acts, blobs
from qyzmet.cases.acts.run_batch import Together, make_batch, run_batch
from qyzmet.cases.models import BatchItem, Case, Entry, Outbox, SignatureRecord, Token
from qyzmet.cases.queries import timeline
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import Signed, rechecked, records_of
from qyzmet.cases.signed.prepared import decision_bytes
from qyzmet.people.actor import Actor
from tests.cases.test_housing_assistance import AMOUNT, CALCULATION, MONDAY, Walk, application
from tests.cases.test_sampler import at_council, grant
from tests.cases.town import KEYS, Town, citizen, complete, file, open_step, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(samruk: Town) -> tuple[Case, Token, Any]:
    """A licence that waits for the mayor's signature."""
    case, now = at_council(samruk)
    grant(samruk, case, now)
    acts.deliver_event(
        citizen(), case.ref, "name-chosen", "chosen", output={"flight-name": "Найзағай"}, now=now
    )
    return Case.objects.get(pk=case.pk), open_step(case, "sign-results"), now


def assigned(housing: Town) -> tuple[Case, Token, Any]:
    """Housing assistance that is assigned and waits for its signed notice."""
    case = file(citizen(), application(), now=MONDAY)
    walk = Walk(housing, case, MONDAY)
    walk.do("register", "responsible-specialist")
    walk.do("resolve", "head")
    walk.do("to-commission", "responsible-specialist", output=CALCULATION)
    walk.decide("assign", output=AMOUNT)
    return Case.objects.get(pk=case.pk), open_step(case, "notify"), walk.now


def refusal(
    who: Actor, case: Case, no: int, by: Signed | None, now: Any, outcome: str = "done"
) -> ActRefused:
    with pytest.raises(ActRefused) as problem:
        acts.complete(who, case.ref, no, outcome, now=now, signed=by)
    assert Token.objects.get(case=case, no=no).closed_at is None
    assert not SignatureRecord.objects.filter(case=case, subject=f"step:{no}").exists()
    return problem.value


def test_the_step_is_completed_with_the_signature_and_the_journal_names_it(samruk: Town, ready: Any) -> None:
    case, token, now = ready
    mayor = samruk.actor("mayor")
    by = signed(mayor, case, token.no, now=now)
    acts.complete(mayor, case.ref, token.no, now=now, signed=by)
    (row,) = records_of(case)
    assert (row.subject, row.iin, row.outcome) == (f"step:{token.no}", mayor.person, "valid")
    entry = Entry.objects.get(stream=case.stream, seq=row.seq)
    assert entry.act == "task.completed"
    told = next(each for each in timeline(mayor, case.ref) if each.seq == row.seq)
    assert told.data["signature"] == by.plain()
    assert rechecked(row, now + timedelta(days=400), trust=KEYS.authority.trust()).valid


def test_nobody_completes_a_signed_step_unsigned(samruk: Town, ready: Any) -> None:
    case, token, now = ready
    said = refusal(samruk.actor("mayor"), case, token.no, None, now)
    assert (said.code, said.clause) == ("signature-needed", "SAMPLER ch.1 §12(11)")


def test_another_officials_key_is_refused(samruk: Town, ready: Any) -> None:
    case, token, now = ready
    mayor, vet = samruk.actor("mayor"), samruk.actor("vet")
    data = blobs.read(signed(mayor, case, token.no, now=now).prepared)
    said = refusal(mayor, case, token.no, KEYS.signed(vet.person, data, now), now)
    assert (said.code, said.hint["check"]) == ("signature-invalid", "iin")


@pytest.mark.parametrize(
    ("told", "part"),
    [
        ({"outcome": "refuse"}, "decision"),
        ({"output": {"note": "other"}}, "output"),
        ({"grounds": [{"ground": "ill", "reason": "It limps."}]}, "grounds"),
        ({"documents": {"licence": {"number": "1", "code": "x", "sha256": "0" * 64}}}, "documents"),
        ({"documents": {"protocol": {"number": "1", "code": "x", "sha256": "0" * 64}}}, "documents"),
    ],
)
def test_a_signature_over_another_decision_is_named(
    samruk: Town, ready: Any, told: dict[str, Any], part: str
) -> None:
    case, token, now = ready
    mayor = samruk.actor("mayor")
    by = _over(mayor, case, token, now, **told)
    said = refusal(mayor, case, token.no, by, now)
    assert (said.code, said.hint["differs"]) == ("signature-not-this", [part])


def test_a_signature_for_one_step_completes_no_other_and_no_other_case(samruk: Town, ready: Any) -> None:
    case, token, now = ready
    mayor = samruk.actor("mayor")
    Token.objects.filter(pk=token.pk).update(step="elsewhere")
    other = signed(mayor, case, token.no, now=now)
    Token.objects.filter(pk=token.pk).update(step=token.step)
    assert refusal(mayor, case, token.no, other, now).hint["differs"] == ["step"]
    ref, case.ref = case.ref, "ABCDEFGHJKMN"
    strange = _over(mayor, case, token, now)
    case.ref = ref
    assert refusal(mayor, case, token.no, strange, now).hint["differs"] == ["case"]


def test_a_filings_signature_decides_nothing(housing: Town) -> None:
    asked = KEYS.sign_filing(citizen(), application(), key="k", now=MONDAY)
    case = acts.submit(citizen(), asked, now=MONDAY, key="k")
    official = housing.actor("responsible-specialist")
    with pytest.raises(ActRefused, match="signature-not-this"):
        acts.complete(official, case.ref, 1, now=MONDAY, signed=asked.signatures["applicant"])


def test_the_documents_that_were_signed_are_those_that_are_kept(housing: Town) -> None:
    case, token, now = assigned(housing)
    official = housing.actor("responsible-specialist")
    printed = blobs.put(b"%PDF-1.7 a notice", "application/pdf", now=now)
    for key, digest in (("notice", "0" * 64), ("refusal", printed)):
        other = {key: {"number": "1", "code": "x", "sha256": digest}}
        by = _over(official, case, token, now, documents=other)
        assert refusal(official, case, token.no, by, now).hint["differs"] == ["documents"]
    documents = {"notice": {"number": "1", "code": "x", "sha256": printed}}
    by = _over(official, case, token, now, documents=documents)
    acts.complete(official, case.ref, token.no, now=now, signed=by)
    assert Outbox.objects.filter(destination="documents", stream=case.stream, ref="notice").exists()


def test_one_prompt_signs_many_each_over_its_own_bytes(samruk: Town, ready: Any) -> None:
    case, _, _ = ready
    mayor = samruk.actor("mayor")
    second, later = at_council(samruk)
    grant(samruk, second, later)
    acts.deliver_event(
        citizen(), second.ref, "name-chosen", "chosen", output={"flight-name": "Құйын"}, now=later
    )
    tasks = [(each.ref, open_step(each, "sign-results").no) for each in (case, second)]
    one = signed(mayor, case, tasks[0][1], now=later)
    two = signed(mayor, second, tasks[1][1], now=later)
    swapped = Together("signature", signature={case.ref: two, second.ref: one})
    batch = make_batch(mayor, tasks, swapped, now=later)
    assert run_batch(mayor, batch, now=later) == {"done": 0, "refused": 2, "waiting": 0}
    results = [item.result or {} for item in BatchItem.objects.filter(batch=batch)]
    assert {each["refused"] for each in results} == {"signature-not-this"}
    right = Together("signature", signature={case.ref: one, second.ref: two})
    batch = make_batch(mayor, tasks, right, now=later)
    assert run_batch(mayor, batch, now=later) == {"done": 2, "refused": 0, "waiting": 0}


def test_a_signed_step_done_twice_is_done_once(samruk: Town, ready: Any) -> None:
    case, token, now = ready
    mayor = samruk.actor("mayor")
    by = signed(mayor, case, token.no, now=now)
    for _ in range(2):
        acts.complete(mayor, case.ref, token.no, now=now, signed=by, key="once")
    assert len(records_of(case)) == 1
    with pytest.raises(ActRefused, match="changed"):
        acts.complete(mayor, case.ref, token.no, now=now, signed=by)


def test_a_step_nobody_has_to_sign_may_be_signed_and_then_it_is_checked(samruk: Town, ready: Any) -> None:
    case, token, now = ready
    complete(samruk.actor("mayor"), case.ref, token.no, now=now)
    herald, no = samruk.actor("herald"), open_step(case, "herald").no
    good = signed(herald, case, no, now=now)
    other = replace(good, prepared=signed(herald, case, no, now=now + timedelta(seconds=1)).prepared)
    said = refusal(herald, case, no, other, now)
    assert said.hint["differs"] == ["prepared"]
    acts.complete(herald, case.ref, no, now=now, signed=good)


def _over(who: Actor, case: Case, token: Token, now: Any, **told: Any) -> Signed:
    from qyzmet.cases.laws import law_of

    said: dict[str, Any] = {"outcome": "done", "output": {}, "grounds": [], "documents": {}, **told}
    data = decision_bytes(
        case, token, edition=law_of(case.edition_id).name, actor=who, prepared_at=now, **said
    )
    return KEYS.signed(who.person, data, now)
