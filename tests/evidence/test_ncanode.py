"""NCANode in the place of our own verification: its answers, its habits, its silence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from qyzmet.evidence import judge, ncanode_calling
from qyzmet.evidence.fetching import sources_rest
from qyzmet.signatures import BINDING, Expected, SignatureError, SigningKey, Verdict, with_time_stamps
from qyzmet.signatures.authority import stamp
from tests.evidence.authority_server import AuthorityServer
from tests.evidence.ncanode_server import NcanodeServer, ncanode_server
from tests.signatures.cases import other_town
from tests.signatures.town import (
    APPLICATION,
    ASAN,
    DAY,
    DINA,
    KALA,
    LAST_YEAR,
    MONDAY,
    Town,
    attached,
    detached,
)


@pytest.fixture
def ncanode(town: Town, sources: AuthorityServer, settings: Settings) -> Iterator[NcanodeServer]:
    """The settings choose NCANode."""
    with ncanode_server(town) as server:
        settings.QYZMET_SIGNATURES = "ncanode"
        settings.QYZMET_NCANODE = server.base
        yield server
    sources_rest.forget()


def judged(data: bytes, content: bytes = APPLICATION, *expected: Expected) -> Verdict:
    return judge(data, content, expected, now=MONDAY)


def failed(verdict: Verdict) -> set[str]:
    return {each.check for each in verdict.failed}


@pytest.mark.parametrize("form", [detached, attached])
def test_confirmed(town: Town, ncanode: NcanodeServer, form) -> None:  # type: ignore[no-untyped-def]
    verdict = judged(form(town.asan), APPLICATION, Expected(iin=ASAN))
    assert verdict.outcome == "valid"
    names = {each.check for each in verdict.checks}
    assert {"content", "signature", "subject", "key-usage", "chain", "validity", "revocation", "iin"} <= names
    (signer,) = verdict.signers
    # The patronymic stands last, whatever NCANode calls it.
    assert (signer.iin, signer.name, signer.roles) == (ASAN, "АХМЕТОВ АСАН СЕРІКҰЛЫ", ("individual",))
    assert [question["revocationCheck"] for question in ncanode.asked] == [["OCSP"]]
    assert ("data" in ncanode.asked[0]) is (form is detached)


def test_two_signers(town: Town, ncanode: NcanodeServer) -> None:
    data = detached(town.asan, town.official("head"))
    expected = [Expected(iin=ASAN), Expected(iin=DINA, bin=KALA, roles=BINDING)]
    assert judged(data, APPLICATION, *expected).outcome == "valid"


@pytest.mark.parametrize(
    ("key", "check"),
    [
        (lambda _: other_town().asan, "chain"),
        (lambda town: town.person(validity=LAST_YEAR), "validity"),
        (lambda town: town.person(usages=("digital_signature",)), "key-usage"),
        (lambda town: town.person(iin="811201401189"), "subject"),
    ],
    ids=["a foreign key", "an expired key", "a key not for signing", "an invented IIN"],
)
def test_refused_by_name(town: Town, ncanode: NcanodeServer, key, check: str) -> None:  # type: ignore[no-untyped-def]
    assert failed(judged(detached(key(town)))) == {check}


def test_another_content_is_not_even_asked_about(town: Town, ncanode: NcanodeServer) -> None:
    assert failed(judged(detached(town.asan), b"something else")) == {"content"}
    assert failed(judged(attached(town.asan), b"something else")) == {"content"}
    assert ncanode.asked == []


def test_a_broken_signature(town: Town, ncanode: NcanodeServer) -> None:
    data = detached(town.asan)
    assert failed(judged(data[:-1] + bytes([data[-1] ^ 1]))) == {"signature"}


def test_revoked_and_revoked_later(town: Town, ncanode: NcanodeServer) -> None:
    ncanode.revoked[town.asan.certificate.serial] = MONDAY - DAY
    assert failed(judged(detached(town.asan))) == {"revocation"}
    ncanode.now = MONDAY + 2 * DAY
    ncanode.revoked[town.asan.certificate.serial] = MONDAY + DAY
    verdict = judge(detached(town.asan), APPLICATION, now=MONDAY + 2 * DAY, at=MONDAY)
    assert verdict.outcome == "valid"
    assert "revoked-later" in {each.code for each in verdict.checks}


def test_a_time_stamp_is_checked_by_ourselves(town: Town, ncanode: NcanodeServer) -> None:
    def stamped(by: SigningKey) -> bytes:
        from qyzmet.signatures import read_cms

        data = detached(town.asan)
        return with_time_stamps(data, {0: stamp(by, read_cms(data).signers[0].signature, MONDAY)})

    # NCANode is content with the second one too.
    assert judged(stamped(town.time_stamper)).signers[0].stamped_at == MONDAY
    assert failed(judged(stamped(town.asan))) == {"time-stamp"}


def test_the_list_answers_where_the_service_does_not(town: Town, ncanode: NcanodeServer) -> None:
    ncanode.down = {"OCSP"}
    assert judged(detached(town.asan)).outcome == "valid"
    assert [question["revocationCheck"] for question in ncanode.asked] == [["OCSP"], [], ["CRL"]]


def test_no_source_of_revocation_is_pending(town: Town, ncanode: NcanodeServer) -> None:
    ncanode.down = {"OCSP", "CRL"}
    verdict = judged(detached(town.asan))
    assert verdict.outcome == "pending"
    assert {each.check for each in verdict.checks if each.passed == "pending"} == {"revocation"}


@pytest.mark.parametrize(
    "mood",
    ["silent", "drip", "error", "unavailable", "rubbish", "list", "huge", "empty", "stranger", "nobody"],
)
def test_silence_and_nonsense_are_pending(
    town: Town, ncanode: NcanodeServer, mood: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ncanode_calling, "TIMEOUT", 0.3)
    ncanode.mood = mood
    verdict = judged(detached(town.asan))
    assert verdict.outcome == "pending"
    assert verdict.failed == ()
    said = [each.detail(language) for each in verdict.checks for language in ("kk", "ru", "en")]
    assert not any("{" in each for each in said)


def test_nobody_there(town: Town, ncanode: NcanodeServer, settings: Settings) -> None:
    settings.QYZMET_NCANODE = "http://127.0.0.1:9"
    assert judged(detached(town.asan)).outcome == "pending"


def test_what_is_no_signature(ncanode: NcanodeServer) -> None:
    with pytest.raises(SignatureError):
        judged(b"hello")
    assert ncanode.asked == []


def test_pending_is_settled_when_it_speaks_again(town: Town, ncanode: NcanodeServer) -> None:
    """Every check that waited is answered under its own name."""
    ncanode.mood = "error"
    before = judged(detached(town.asan))
    ncanode.mood = ""
    again = judged(detached(town.asan))
    known = {(each.check, each.signer) for each in again.checks}
    assert again.outcome == "valid"
    assert {(each.check, each.signer) for each in before.checks} <= known
