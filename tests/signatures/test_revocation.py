"""Lists and answers: which one counts, and that silence is waiting, not refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qyzmet.signatures import Trust, verify_cms
from qyzmet.signatures.algorithms.curves import TC26_512
from qyzmet.signatures.algorithms.keys import new_gost_key
from qyzmet.signatures.authority import Revoked, Validity, answer_ocsp, make_crl
from qyzmet.signatures.revocation.crl import judge_by_crl, read_crl
from qyzmet.signatures.revocation.judge import judge_revocation
from qyzmet.signatures.revocation.ocsp import build_request, nonce_of
from tests.signatures.town import A_WEEK, DAY, MONDAY, Town, detached, digests


def judged(town: Town, *, crls: list[bytes] = [], ocsps: list[bytes] = []) -> tuple[str, str]:  # noqa: B006
    trust = town.roots.with_more((), crls, ocsps)
    answer = judge_revocation(town.asan.certificate, town.authority.certificate, trust, MONDAY)
    return answer.status, answer.code


def answered(town: Town, status: str, *, hours: int = 0, **more: object) -> bytes:
    at = MONDAY + timedelta(hours=hours)
    return answer_ocsp(town.responder, town.authority, town.asan.certificate, status, at, **more)  # type: ignore[arg-type]


def test_silence_is_waiting(town: Town) -> None:
    verdict = verify_cms(detached(town.asan), at=MONDAY, trust=town.roots, content=digests())
    assert verdict.outcome == "pending"
    assert verdict.failed == ()
    assert [each.check for each in verdict.checks if each.passed == "pending"] == ["revocation"]


def test_lists(town: Town) -> None:
    serial = town.asan.certificate.serial
    last_week = Validity(MONDAY - 9 * DAY, MONDAY - 2 * DAY)
    assert judged(town, crls=[town.crl()]) == ("good", "crl-good")
    assert judged(town, crls=[town.crl(Revoked(serial, MONDAY - DAY))]) == ("revoked", "revoked")
    assert judged(town, crls=[town.crl(Revoked(serial, MONDAY))]) == ("revoked", "revoked")
    assert judged(town, crls=[town.crl(Revoked(serial, MONDAY + DAY))]) == ("good", "revoked-later")
    assert judged(town, crls=[town.crl(week=last_week)]) == ("pending", "crl-stale")
    assert judged(town, crls=[town.crl(), town.crl(week=last_week)]) == ("good", "crl-good")
    assert judged(town, crls=[b"not a list"]) == ("pending", "revocation-unreadable")


def test_a_list_of_after_the_certificate_expired_says_nothing_of_it(town: Town) -> None:
    years_on = Validity(MONDAY + 900 * DAY, MONDAY + 907 * DAY)
    assert judged(town, crls=[town.crl(week=years_on)]) == ("pending", "crl-late")


def test_a_list_somebody_else_signed_does_not_count(town: Town) -> None:
    forged = make_crl(town.authority, [], A_WEEK, signer=new_gost_key(TC26_512))
    assert judged(town, crls=[forged]) == ("pending", "crl-forged")


def test_a_delta_adds_to_its_list_and_takes_away(town: Town) -> None:
    serial = town.asan.certificate.serial
    today = Validity(MONDAY - DAY / 2, MONDAY + DAY)
    whole = town.crl(number=5)
    held = make_crl(
        town.authority, [Revoked(serial, MONDAY - DAY, "certificate_hold")], today, number=6, base=5
    )
    foreign = make_crl(town.authority, [Revoked(serial, MONDAY - DAY)], today, number=9, base=7)
    assert judged(town, crls=[whole, held])[0] == "revoked"
    assert judged(town, crls=[whole, foreign])[0] == "good"
    on_hold = town.crl(Revoked(serial, MONDAY - DAY, "certificate_hold"), number=5)
    released = make_crl(town.authority, [Revoked(serial, MONDAY, "remove_from_crl")], today, number=6, base=5)
    assert judged(town, crls=[on_hold])[0] == "revoked"
    assert judged(town, crls=[on_hold, released])[0] == "good"


def test_a_long_list_is_indexed_by_serial(town: Town) -> None:
    entries = [Revoked(number, MONDAY - DAY) for number in range(1, 400)]
    found = read_crl(town.crl(*entries, Revoked(town.asan.certificate.serial, MONDAY - DAY)))
    assert len(found.places) == 400
    assert found.entry(399) is not None
    assert found.entry(400) is None
    answer = judge_by_crl(town.asan.certificate, town.authority.certificate, [found.der], MONDAY)
    assert answer.status == "revoked"


def test_answers(town: Town) -> None:
    assert judged(town, ocsps=[answered(town, "good")]) == ("good", "ocsp-good")
    assert judged(town, ocsps=[answered(town, "unknown")]) == ("pending", "ocsp-unknown")
    assert judged(town, ocsps=[answered(town, "good", hours=-1)]) == ("pending", "ocsp-stale")
    assert judged(town, ocsps=[answered(town, "good", hours=-1, until=MONDAY + DAY)]) == ("good", "ocsp-good")
    revoked = answered(town, "revoked", revoked_at=MONDAY - DAY)
    assert judged(town, ocsps=[revoked]) == ("revoked", "revoked")
    later = answered(town, "revoked", hours=48, revoked_at=MONDAY + DAY)
    assert judged(town, ocsps=[later]) == ("good", "revoked-later")


def test_revoked_anywhere_is_revoked_and_good_anywhere_is_good(town: Town) -> None:
    revoked = town.crl(Revoked(town.asan.certificate.serial, MONDAY - DAY))
    assert judged(town, crls=[revoked], ocsps=[answered(town, "good")])[0] == "revoked"
    assert judged(town, crls=[town.crl()], ocsps=[answered(town, "unknown")])[0] == "good"
    assert judged(town, crls=[b"not a list"], ocsps=[answered(town, "good")])[0] == "good"


def test_an_answer_of_somebody_nobody_appointed(town: Town) -> None:
    forged = answer_ocsp(town.asan, town.authority, town.asan.certificate, "good", MONDAY)
    assert judged(town, ocsps=[forged]) == ("pending", "ocsp-forged")


def test_the_authority_may_answer_itself(town: Town) -> None:
    own = answer_ocsp(town.authority, town.authority, town.asan.certificate, "good", MONDAY)
    assert judged(town, ocsps=[own]) == ("good", "ocsp-good")


def test_an_answer_about_another_certificate_is_silence(town: Town) -> None:
    other = answer_ocsp(town.responder, town.authority, town.person().certificate, "good", MONDAY)
    assert judged(town, ocsps=[other]) == ("pending", "revocation-silent")


def test_a_question_and_its_nonce(town: Town) -> None:
    assert build_request(town.asan.certificate, town.authority.certificate, b"12345678")
    assert nonce_of(answered(town, "good", nonce=b"12345678")) == b"12345678"
    assert nonce_of(answered(town, "good")) == b""


def test_a_revoked_authority_takes_its_people_along(town: Town) -> None:
    of_root = make_crl(town.root, [Revoked(town.authority.certificate.serial, MONDAY - DAY)], A_WEEK)
    trust = town.trust.with_more((), [of_root])
    verdict = verify_cms(detached(town.asan), at=MONDAY, trust=trust, content=digests())
    assert [each.code for each in verdict.failed] == ["revoked-authority"]


@pytest.mark.parametrize("town_name", ["town", "rsa_town"])
def test_both_algorithms(town_name: str, request: pytest.FixtureRequest) -> None:
    town: Town = request.getfixturevalue(town_name)
    for trust in (town.trust, town.roots.with_more((), (), [answered(town, "good")])):
        assert isinstance(trust, Trust)
        assert verify_cms(detached(town.asan), at=MONDAY, trust=trust, content=digests()).valid
