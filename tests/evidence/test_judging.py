"""A signature is judged with what the sources say now; who may not sign makes nobody ask anything."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from qyzmet import evidence
from qyzmet.evidence.sources import Sources
from qyzmet.signatures import Expected, SignatureError, Verdict, with_time_stamps
from qyzmet.signatures.algorithms.curves import TC26_512
from qyzmet.signatures.algorithms.keys import new_gost_key, new_rsa_key
from qyzmet.signatures.authority import Holder, issue_to, make_authority, make_root, stamp
from qyzmet.signatures.cms.reading import read_cms
from tests.evidence.authority_server import AuthorityServer
from tests.evidence.named import naming
from tests.signatures.town import (
    APPLICATION,
    ASAN,
    AUTHORITY_YEARS,
    DAY,
    DINA,
    MONDAY,
    THIS_YEAR,
    Town,
    attached,
    detached,
)


def judged(signature: bytes, content: bytes = APPLICATION, **more: object) -> Verdict:
    return evidence.judge(signature, content, now=MONDAY, **more)  # type: ignore[arg-type]


def failing(verdict: Verdict) -> list[str]:
    return [each.check for each in verdict.failed]


def test_the_status_service_is_asked_first_and_then_no_list(town: Town, sources: AuthorityServer) -> None:
    verdict = judged(detached(town.asan), expected=[Expected(iin=ASAN)])
    assert verdict.outcome == "valid"
    assert sources.asked == ["/ocsp"]
    assert [each.code for each in verdict.checks if each.check == "revocation"] == ["ocsp-good"]
    assert len(verdict.evidence.ocsps) == 1


def test_the_list_is_read_where_the_status_service_is_silent(town: Town, sources: AuthorityServer) -> None:
    sources.mood["/ocsp"] = "silent"
    assert judged(attached(town.asan)).outcome == "valid"
    assert sources.asked == ["/ocsp", "/crl"]


@pytest.mark.parametrize("mood", ["silent", "error", "redirect", "rubbish", "huge", "replayed"])
def test_sources_that_give_no_usable_answer_leave_it_pending(
    town: Town, sources: AuthorityServer, mood: str
) -> None:
    sources.mood.update({"/ocsp": mood, "/crl": "forged"})
    verdict = judged(detached(town.asan))
    assert verdict.outcome == "pending"
    assert "/elsewhere" not in sources.asked


def test_a_key_revoked_before_the_signing_is_refused_and_one_revoked_later_is_not(
    town: Town, sources: AuthorityServer
) -> None:
    signature = detached(town.asan)
    sources.revoked[town.asan.certificate.serial] = MONDAY - DAY
    assert failing(judged(signature)) == ["revocation"]
    sources.revoked[town.asan.certificate.serial] = MONDAY + DAY
    sources.now = MONDAY + 2 * DAY
    later = evidence.judge(signature, APPLICATION, now=MONDAY + 2 * DAY, at=MONDAY)
    assert later.outcome == "valid"
    assert "revoked-later" in [each.code for each in later.checks]


@pytest.mark.parametrize(
    ("content", "expected", "check"),
    [(APPLICATION + b" ", Expected(iin=ASAN), "content"), (APPLICATION, Expected(iin=DINA), "iin")],
)
def test_nobody_is_asked_about_a_signature_that_cannot_stand(
    town: Town, sources: AuthorityServer, content: bytes, expected: Expected, check: str
) -> None:
    verdict = judged(detached(town.asan), content, expected=[expected])
    assert check in failing(verdict)
    assert sources.asked == []


def test_a_certificate_somebody_made_himself_chooses_no_address_for_us(
    sources: AuthorityServer, settings: Settings
) -> None:
    settings.QYZMET_OCSP = settings.QYZMET_CRL = ()
    root = make_root("ӨЗ ТҮБІРІМ", new_rsa_key(), AUTHORITY_YEARS)
    own = make_authority(root, "ӨЗ ОРТАЛЫҒЫМ", new_rsa_key(), AUTHORITY_YEARS)
    inside = naming(own, new_rsa_key(), ocsp=sources.at("/inside"), crl=sources.at("/crl"))
    verdict = judged(detached(inside))
    assert "chain" in failing(verdict)
    assert sources.asked == []


def test_a_certificate_of_our_authority_says_where_to_ask(
    town: Town, sources: AuthorityServer, settings: Settings
) -> None:
    settings.QYZMET_OCSP = settings.QYZMET_CRL = ()
    key = naming(
        town.authority,
        new_rsa_key(),
        ocsp=sources.at("/ocsp"),
        crl=sources.at("/crl"),
        delta=sources.at("/delta"),
    )
    assert judged(detached(key)).outcome == "valid"
    assert sources.asked == ["/ocsp"]
    sources.mood["/ocsp"] = "silent"
    sources.in_delta[key.certificate.serial] = MONDAY - DAY
    assert failing(judged(detached(key))) == ["revocation"]
    assert sources.asked == ["/ocsp", "/ocsp", "/crl", "/delta"]


def test_an_address_that_is_no_http_is_never_opened(
    town: Town, sources: AuthorityServer, settings: Settings
) -> None:
    settings.QYZMET_OCSP = settings.QYZMET_CRL = ()
    key = naming(town.authority, new_rsa_key(), ocsp="file:///etc/passwd", crl="ldap://127.0.0.1/cn=crl")
    assert judged(detached(key)).outcome == "pending"


def test_the_authority_of_a_time_stamp_is_asked_about_too(town: Town, sources: AuthorityServer) -> None:
    signature = detached(town.asan)
    value = read_cms(signature).signers[0].signature
    stamped = with_time_stamps(signature, {0: stamp(town.time_stamper, value, MONDAY)})
    verdict = judged(stamped)
    assert verdict.outcome == "valid"
    assert sources.asked == ["/ocsp", "/ocsp"]
    sources.revoked[town.time_stamper.certificate.serial] = MONDAY - DAY
    assert failing(judged(stamped)) == ["time-stamp"]


def test_each_certificate_is_asked_about_once_for_a_page_of_signatures(
    town: Town, sources: AuthorityServer
) -> None:
    shared = Sources(MONDAY)
    contents = [b'{"no":%d}' % number for number in range(3)]
    verdicts = [judged(detached(town.asan, content=each), each, sources=shared) for each in contents]
    assert [each.outcome for each in verdicts] == ["valid"] * 3
    assert sources.asked == ["/ocsp"]


def test_gost_under_an_rsa_authority_is_judged_the_same(town: Town, sources: AuthorityServer) -> None:
    holder = Holder(iin=ASAN, surname="АХМЕТОВ", first_name="АСАН")
    key = issue_to(town.authority, holder, new_gost_key(TC26_512), THIS_YEAR)
    assert judged(detached(key)).outcome == "valid"


def test_what_is_no_signature_is_refused_with_a_sentence(sources: AuthorityServer) -> None:
    with pytest.raises(SignatureError) as refusal:
        judged(b"not a signature")
    assert refusal.value.check == "format"
