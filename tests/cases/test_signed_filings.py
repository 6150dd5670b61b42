"""What is filed by a signed way in: only with a signature over exactly that, by who may sign (A120 §10(6))."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qyzmet.cases import acts, blobs
from qyzmet.cases.filing import intake
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Blob, Case, Entry, Filing, Outbox, SignatureRecord
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import BIG, Proof, Signed, prove, rechecked, record_of, records_of, restored, signers
from qyzmet.cases.signed.prepared import application_bytes, read_prepared
from qyzmet.demo.authority import DemoAuthority
from qyzmet.demo.rehearsal.keys import Keys
from qyzmet.people.actor import Actor, Principal
from qyzmet.people.models import Account, Authority
from qyzmet.signatures import sign_cms
from tests.cases.test_housing_assistance import application
from tests.cases.town import APPLICANT, KEYS, OTHER, Town, citizen, file, licence, moment, tulpar

pytestmark = pytest.mark.django_db

NOW = moment("2019-06-03 10:00")
COMPANY, STRANGE = "940140000385", "070941024691"


def filed(application: Application, key: str = "a", who: Actor | None = None) -> Case:
    return acts.submit(who or citizen(), application, now=NOW, key=key)


def signed(application: Application, key: str = "a", who: Actor | None = None) -> Application:
    return KEYS.sign_filing(who or citizen(), application, key=key, now=NOW)


def refusal(application: Application, key: str = "a", who: Actor | None = None) -> ActRefused:
    with pytest.raises(ActRefused) as problem:
        filed(application, key, who)
    assert not Case.objects.exists()
    assert not SignatureRecord.objects.exists()
    return problem.value


def test_a_signed_application_is_filed_and_its_verdict_is_kept_whole(housing: Town) -> None:
    case = filed(signed(application()))
    (row,) = records_of(case)
    entry = Entry.objects.get(stream=case.stream, act="case.received")
    assert (row.subject, row.seq, row.outcome, row.iin) == ("filing:applicant", entry.seq, "valid", APPLICANT)
    assert Filing.objects.get(pk=case.pk).prepared == row.prepared
    assert read_prepared(blobs.read(row.prepared))["filing"] == "a"
    assert restored(row).valid
    again = rechecked(row, NOW + timedelta(days=365), trust=KEYS.authority.trust())
    assert again.valid, again.failed


def test_what_the_caller_keeps_of_a_filing_is_written_with_it_or_neither_is(housing: Town) -> None:
    asked = signed(application())

    def fails(case: Case) -> None:
        assert case.ref
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        acts.submit(citizen(), asked, now=NOW, key="a", then=fails)
    assert not Case.objects.exists()
    kept: list[str] = []
    for _ in range(2):  # the second time nothing is filed, and it is told of the same case
        acts.submit(citizen(), asked, now=NOW, key="a", then=lambda case: kept.append(case.ref))
    assert kept == [Case.objects.get().ref] * 2


def test_without_a_signature_the_portal_takes_nothing_in(housing: Town) -> None:
    said = refusal(application())
    assert (said.code, said.clause.partition(";")[0]) == ("signature-needed", "A120 §10(5) certificate")


def test_at_the_window_the_paper_is_signed_by_hand(housing: Town) -> None:
    asked = application("state-corporation")
    case = acts.submit(housing.actor("counter"), asked, now=NOW)
    assert not records_of(case)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"form": {}}, "form"),
        ({"documents": {}}, "attachments"),
        ({"language": "ru"}, "language"),
        ({"orgs": {"provider": 0}}, "organisations"),
    ],
)
def test_what_was_changed_after_the_signing_is_named(
    housing: Town, change: dict[str, Any], part: str
) -> None:
    if part == "organisations":
        change = {"orgs": {"provider": housing.bodies["social-department"].pk}}
    good = signed(application())
    if part == "form":
        change = {"form": {**good.form, "phone": "+7 700 000 00 00"}}
    said = refusal(replace(good, **change))
    assert (said.code, said.hint["differs"]) == ("signature-not-this", [part])


def test_swapped_attachments_are_not_those_signed(housing: Town) -> None:
    good = signed(application())
    first, *_ = good.documents
    swapped = [{**good.documents[first][0], "sha256": "f" * 64}]
    said = refusal(replace(good, documents={**good.documents, first: swapped}))
    assert said.hint["differs"] == ["attachments"]


def test_a_signature_files_once_and_only_its_own_filing(housing: Town) -> None:
    good = signed(application())
    assert refusal(good, "another").hint["differs"] == ["filing"]
    case = filed(good)
    assert filed(good).ref == case.ref
    assert Case.objects.count() == 1
    judged_later = KEYS.judged(blobs.read(good.signatures["applicant"].prepared), _cms(good), NOW)
    assert filed(replace(good, signatures={"applicant": judged_later})).ref == case.ref


def test_signatures_swapped_between_two_filings_fit_neither(housing: Town) -> None:
    mine, theirs = signed(application(), "mine"), signed(application(language="ru"), "theirs")
    said = refusal(replace(mine, signatures=theirs.signatures), "mine")
    assert said.hint["differs"] == ["filing", "language"]


def test_a_service_signed_for_is_not_another(housing: Town) -> None:
    data = application_bytes(
        replace(application(), service="sampler"), actor=citizen(), prepared_at=NOW, filing="a",
        edition="sampler/2024-01-10-n1",
    )  # fmt: skip
    by = {"applicant": KEYS.signed(APPLICANT, data, NOW)}
    assert refusal(application(signatures=by)).hint["differs"] == ["service", "edition"]


def test_somebody_elses_key_is_refused_naming_the_check(housing: Town) -> None:
    said = refusal(_signed_with(KEYS.key(OTHER)))
    assert (said.code, said.hint["check"]) == ("signature-invalid", "iin")
    assert OTHER in said.text["kk"]


@pytest.mark.parametrize(
    ("state", "check"),
    [("expired", "validity"), ("future", "validity"), ("revoked", "revocation"), ("foreign", "chain")],
)
def test_a_bad_key_is_refused_naming_the_check(housing: Town, state: Any, check: str) -> None:
    keys = Keys(DemoAuthority.temporary())
    said = refusal(_signed_with(keys.authority.key_of(APPLICANT, state=state), keys))
    assert (said.code, said.hint["check"]) == ("signature-invalid", check)


def test_national_test_numbers_sign_nothing_in_production(settings: Any) -> None:
    signature = _over(b'{"v":1}', KEYS.authority.key_of("123456789011"))
    anybody = signers.Whose((signers.Expected(),))
    signers.accept(signature, anybody, "")
    settings.PRODUCTION = True
    with pytest.raises(ActRefused, match="signature-invalid"):
        signers.accept(signature, anybody, "")


def _company(basis: str = "", until: Any = None) -> Actor:
    """A person who files for a company, with a recorded authority or without."""
    account = Account.objects.get(pk=citizen(OTHER, "Сатпаев").account)
    if basis:
        Authority.objects.create(
            account=account, principal=COMPANY, principal_kind="legal-entity", principal_name="ЖШС",
            basis=basis, since=NOW - timedelta(days=9), until=until,
        )  # fmt: skip
    principal = Principal(COMPANY, "legal-entity", "ЖШС", basis)
    return Actor(account=account.pk, person=OTHER, on_behalf_of=principal)


def _accepts(actor: Actor, *, software: bool = False, **key: Any) -> str:
    """`yes`, or the check that says no."""
    number = key.pop("number", OTHER)
    signature = _over(b'{"v":1}', KEYS.authority.key_of(number, **key))
    try:
        signers.accept(signature, signers.of_actor(actor, signature, NOW, software=software), "")
    except ActRefused as refused:
        return str(refused.hint["check"])
    return "yes"


def test_who_signs_for_a_company_by_the_certificate() -> None:
    actor = _company()
    assert _accepts(actor, bin=COMPANY, roles=("head",)) == "yes"
    assert _accepts(actor, bin=COMPANY, roles=("signing-right",)) == "yes"
    assert _accepts(actor, bin=COMPANY, roles=("employee",)) == "role"
    assert _accepts(actor, bin=STRANGE, roles=("head",)) == "bin"
    assert _accepts(actor) != "yes"
    assert _accepts(actor, number=APPLICANT, bin=COMPANY, roles=("head",)) == "iin"


def test_who_signs_for_a_company_by_a_recorded_authority() -> None:
    actor = _company("power-of-attorney", until=NOW + timedelta(days=1))
    assert _accepts(actor, bin=COMPANY, roles=("employee",)) == "yes"
    assert _accepts(actor) == "yes"  # the person's own key
    assert _accepts(actor, bin=STRANGE, roles=("head",)) == "bin"
    Authority.objects.update(until=NOW)  # it ended this very moment
    assert _accepts(actor, bin=COMPANY, roles=("employee",)) == "role"


def test_a_companys_own_system_signs_only_where_companies_file_by_software() -> None:
    actor = _company()
    own = {"number": "", "bin": COMPANY, "roles": ("information-system",)}
    assert _accepts(actor, software=True, **own) == "yes"
    assert _accepts(actor, **own) != "yes"


def test_a_companys_own_account_is_signed_for_by_its_head() -> None:
    company = Actor(account=None, person=COMPANY, kind="legal-entity")
    assert _accepts(company, bin=COMPANY, roles=("head",)) == "yes"
    assert _accepts(company, bin=COMPANY, roles=("employee",)) == "role"
    assert _accepts(company, bin=STRANGE, roles=("head",)) == "bin"


def test_a_representative_signs_with_their_own_number() -> None:
    account = Account.objects.get(pk=citizen(OTHER, "Сатпаев").account)
    actor = Actor(account.pk, OTHER, on_behalf_of=Principal(APPLICANT, "individual", "Омарова", "guardian"))
    assert _accepts(actor) == "signers"  # nothing is recorded
    Authority.objects.create(
        account=account, principal=APPLICANT, principal_kind="individual", principal_name="Омарова",
        basis="guardian", since=NOW - timedelta(days=1),
    )  # fmt: skip
    assert _accepts(actor) == "yes"
    assert _accepts(actor, number=APPLICANT) == "iin"


def test_everyone_who_co_signs_signs_the_same_bytes(samruk: Town) -> None:
    now = moment("2024-09-02 10:00")
    asked = licence(tulpar(**{"co-kept": True, "co-keeper-iin": OTHER}))
    good = KEYS.sign_filing(citizen(), asked, key="k", now=now)
    assert set(good.signatures) == {"co-keeper"}
    with pytest.raises(ActRefused, match="signature-not-this"):
        acts.submit(citizen(), replace(good, signatures={"co-keeper": _other_bytes(good)}), now=now, key="k")
    wrong = KEYS.signed(APPLICANT, blobs.read(good.signatures["co-keeper"].prepared), now)
    with pytest.raises(ActRefused) as problem:
        acts.submit(citizen(), replace(good, signatures={"co-keeper": wrong}), now=now, key="k")
    assert (problem.value.code, problem.value.hint["check"]) == ("signature-invalid", "iin")
    case = acts.submit(citizen(), good, now=now, key="k")
    assert [row.subject for row in records_of(case)] == ["filing:co-keeper"]


def test_a_falcon_carries_the_key_of_a_person(samruk: Town) -> None:
    now = moment("2024-09-02 10:00")
    case = file(citizen(), licence(channel="falcon"), now=now)
    assert [row.iin for row in records_of(case)] == [APPLICANT]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(bit=st.integers(min_value=0))
def test_one_bit_of_the_signed_bytes_changed_is_never_accepted(housing: Town, bit: int) -> None:
    good = signed(application()).signatures["applicant"]
    data = bytearray(blobs.read(good.prepared))
    place = bit % (8 * len(data))
    data[place // 8] ^= 1 << place % 8
    other = blobs.put(bytes(data), "application/json", now=NOW)
    with pytest.raises(ActRefused, match="signature-not-this"):
        prove(Signed(other, good.verdict), now=NOW)  # the verdict is about other bytes
    again = KEYS.judged(bytes(data), good.verdict.evidence.signature, NOW)
    with pytest.raises(ActRefused, match="signature-invalid"):
        signers.accept(again, signers.of_official(citizen()), "")


def test_stopped_between_verdict_and_act_nothing_is_left_and_it_files_again(housing: Town) -> None:
    tables = (Case, Entry, Outbox, SignatureRecord)
    before = [table.objects.count() for table in tables]
    good = signed(application())
    checked = intake.check(citizen(), good, NOW, key="a")  # judged, its evidence kept; here the power fails
    assert isinstance(checked.proofs["applicant"], Proof)
    assert [table.objects.count() for table in tables] == before
    assert filed(good).number


def test_a_list_of_revoked_keys_is_kept_once_for_many_signatures(housing: Town) -> None:
    good = signed(application()).signatures["applicant"]
    long = replace(good.verdict.evidence, crls=(b"x" * BIG,))
    big = Signed(good.prepared, replace(good.verdict, evidence=long))
    before = Blob.objects.count()
    kept = [record_of(big, now=NOW) for _ in range(3)]
    assert Blob.objects.count() == before + 1
    assert Signed.from_json({"prepared": big.prepared, "verdict": kept[0]}) == big
    assert Signed.from_json(good.to_json()) == good


def _over(data: bytes, key: Any, keys: Keys = KEYS) -> Signed:
    return keys.judged(data, sign_cms(data, [key], at=NOW), NOW)


def _signed_with(key: Any, keys: Keys = KEYS) -> Application:
    asked = signed(application())
    data = blobs.read(asked.signatures["applicant"].prepared)
    return replace(asked, signatures={"applicant": _over(data, key, keys)})


def _cms(asked: Application) -> bytes:
    return asked.signatures["applicant"].verdict.evidence.signature


def _other_bytes(asked: Application) -> Signed:
    data = application_bytes(
        asked, actor=citizen(), edition="sampler/2024-01-10-n1", filing="other",
        prepared_at=moment("2024-09-02 09:00"),
    )  # fmt: skip
    return KEYS.signed(OTHER, data, moment("2024-09-02 10:00"))
