"""A verdict is kept as a record and made again from its own evidence, years later, with nothing else at hand."""

from __future__ import annotations

import json

import pytest

from qyzmet.signatures import (
    Expected,
    SignatureError,
    recheck,
    signed_as_expected,
    verdict_of,
    verify_cms,
    verify_xml,
)
from qyzmet.signatures.authority import Revoked, Validity, answer_ocsp
from qyzmet.signatures.expectations import BINDING
from tests.signatures.test_timestamps import stamped
from tests.signatures.town import (
    ASAN,
    BASQA,
    DAY,
    DINA,
    KALA,
    LETTER,
    MONDAY,
    Town,
    attached,
    detached,
    digests,
    letter,
)

LATER = MONDAY + 5000 * DAY
A_MONTH_ON = Validity(MONDAY + 30 * DAY, MONDAY + 37 * DAY)


def kept(verdict):  # type: ignore[no-untyped-def]
    """As it comes back from where it was kept."""
    return verdict_of(json.loads(json.dumps(verdict.to_json())))


@pytest.mark.parametrize("form", ["detached", "attached", "stamped", "by an answer"])
def test_made_again_years_later(town: Town, form: str) -> None:
    trust = town.trust
    data = attached(town.asan) if form == "attached" else detached(town.asan)
    if form == "stamped":
        data = stamped(town, town.time_stamper)
    if form == "by an answer":
        answer = answer_ocsp(town.responder, town.authority, town.asan.certificate, "good", MONDAY)
        trust = town.roots.with_more((), (), [answer])
    verdict = verify_cms(data, at=MONDAY, trust=trust, content=digests())
    assert verdict.valid
    assert kept(verdict) == verdict
    again = recheck(kept(verdict), digests(), LATER)
    assert again.outcome == "valid"
    assert again.signers == verdict.signers


def test_an_xml_document_made_again(town: Town) -> None:
    verdict = verify_xml(letter(town.asan, town.official("head")), at=MONDAY, trust=town.trust)
    content = {name: bytes.fromhex(value) for name, value in verdict.content.items()}
    assert recheck(kept(verdict), content, LATER).valid


def test_other_content_is_named(town: Town) -> None:
    verdict = verify_cms(detached(town.asan), at=MONDAY, trust=town.trust, content=digests())
    again = recheck(kept(verdict), digests(b"something else"), LATER)
    assert {each.check for each in again.failed} == {"content"}


def test_a_record_somebody_changed_is_named(town: Town) -> None:
    verdict = verify_cms(detached(town.asan), at=MONDAY, trust=town.trust, content=digests())
    record = verdict.to_json()
    record["signers"][0]["certificate"] = "00" * 32
    assert {each.check for each in recheck(verdict_of(record), digests(), LATER).failed} == {"signers"}
    record = verdict.to_json()
    record["evidence"]["signature"] = json.loads(json.dumps(verify_cms(
        detached(town.person()), at=MONDAY, trust=town.trust, content=digests()
    ).to_json()))["evidence"]["signature"]  # fmt: skip
    assert "signers" in {each.check for each in recheck(verdict_of(record), digests(), LATER).failed}


def test_ones_own_trust_decides(town: Town, rsa_town: Town) -> None:
    verdict = verify_cms(detached(town.asan), at=MONDAY, trust=town.trust, content=digests())
    assert recheck(verdict, digests(), LATER, trust=town.roots).valid
    assert {each.check for each in recheck(verdict, digests(), LATER, trust=rsa_town.roots).failed} == {
        "chain"
    }


def test_what_became_known_later_counts(town: Town) -> None:
    """A list of next month says that the key was lost before the verdict."""
    verdict = verify_cms(detached(town.asan), at=MONDAY, trust=town.trust, content=digests())
    lost = Revoked(town.asan.certificate.serial, MONDAY + 20 * DAY, "key_compromise", lost=MONDAY - DAY)
    newer = town.crl(lost, week=A_MONTH_ON, number=9)
    again = recheck(verdict, digests(), LATER, trust=town.roots.with_more((), [newer]))
    assert {each.check for each in again.failed} == {"revocation"}


def test_revoked_after_the_verdict_leaves_it(town: Town) -> None:
    verdict = verify_cms(detached(town.asan), at=MONDAY, trust=town.trust, content=digests())
    newer = town.crl(Revoked(town.asan.certificate.serial, MONDAY + 20 * DAY), week=A_MONTH_ON, number=9)
    assert recheck(verdict, digests(), LATER, trust=town.roots.with_more((), [newer])).valid


def test_checked_again_before_it_was_made(town: Town) -> None:
    verdict = verify_cms(detached(town.asan), at=MONDAY, trust=town.trust, content=digests())
    assert "moment" in {each.check for each in recheck(verdict, digests(), MONDAY - DAY).failed}


def test_a_pending_verdict_is_settled_by_what_arrives(town: Town) -> None:
    verdict = verify_cms(detached(town.asan), at=MONDAY, trust=town.roots, content=digests())
    assert verdict.outcome == "pending"
    again = recheck(kept(verdict), digests(), MONDAY + DAY, trust=town.roots.with_more((), [town.crl()]))
    assert again.outcome == "valid"


def test_an_unreadable_record() -> None:
    for record in ({}, {"v": 1}, {"v": 99}):
        with pytest.raises(SignatureError) as refused:
            verdict_of(record)
        assert refused.value.code == "verdict-unreadable"


@pytest.mark.parametrize(
    ("expected", "failed"),
    [
        ([Expected(bin=KALA, roles=BINDING)], []),
        ([Expected(iin=DINA, bin=KALA)], []),
        ([Expected(bin=BASQA)], ["bin"]),
        ([Expected(iin=ASAN, bin=BASQA, roles=frozenset({"employee"}))], ["iin", "bin", "role"]),
        ([Expected(bin=KALA), Expected(iin=ASAN)], ["signers"]),
        ([Expected(bin=KALA), Expected(bin=KALA)], ["signers"]),
        ([], []),
    ],
)
def test_who_signed_for_whom(town: Town, expected: list[Expected], failed: list[str]) -> None:
    verdict = verify_cms(detached(town.official("head")), at=MONDAY, trust=town.trust, content=digests())
    assert [each.check for each in signed_as_expected(verdict, expected).failed] == failed


def test_what_is_said_is_said_in_three_languages(town: Town) -> None:
    verdict = verify_xml(letter(town.asan, document=LETTER), at=MONDAY, trust=town.roots)
    for check in verdict.checks:
        said = {check.detail(language) for language in ("kk", "ru", "en")}
        assert len(said) == 3
        assert not any("{" in each for each in said)
