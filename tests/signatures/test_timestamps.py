"""A time stamp proves when a signature already stood; then that moment counts, not today."""

from __future__ import annotations

from datetime import datetime

import pytest

from qyzmet.signatures import Rules, SignatureError, SigningKey, read_cms, verify_cms, with_time_stamps
from qyzmet.signatures.authority import Revoked, Validity, answer_stamp_request, stamp
from qyzmet.signatures.timestamps import build_request, token_of
from tests.signatures.town import DAY, MONDAY, Town, detached, digests


def stamped(town: Town, by: SigningKey, *, at: datetime = MONDAY, over: bytes | None = None) -> bytes:
    """Asan's signature with a time stamp beside it."""
    data = detached(town.asan)
    value = over if over is not None else read_cms(data).signers[0].signature
    return with_time_stamps(data, {0: stamp(by, value, at)})


def test_years_later_the_stamped_moment_counts(town: Town) -> None:
    data = stamped(town, town.time_stamper)
    much_later = MONDAY + 3000 * DAY
    assert not town.asan.certificate.holds(much_later)
    verdict = verify_cms(data, at=much_later, trust=town.trust, content=digests())
    assert verdict.outcome == "valid"
    assert verdict.signers[0].stamped_at == verdict.signers[0].moment == MONDAY


def test_revoked_after_the_stamp_still_stands(town: Town) -> None:
    revoked = Revoked(town.asan.certificate.serial, MONDAY + DAY)
    trust = town.roots.with_more((), [town.crl(revoked)])
    verdict = verify_cms(
        stamped(town, town.time_stamper), at=MONDAY + 2 * DAY, trust=trust, content=digests()
    )
    assert verdict.outcome == "valid"
    assert "revoked-later" in {each.code for each in verdict.checks}


def test_a_key_lost_before_the_stamp_does_not(town: Town) -> None:
    lost = Revoked(town.asan.certificate.serial, MONDAY + DAY, "key_compromise", lost=MONDAY - DAY)
    trust = town.roots.with_more((), [town.crl(lost)])
    verdict = verify_cms(
        stamped(town, town.time_stamper), at=MONDAY + 2 * DAY, trust=trust, content=digests()
    )
    assert [each.check for each in verdict.failed] == ["revocation"]


def test_a_stamp_whose_authority_nobody_answers_for_waits(town: Town) -> None:
    verdict = verify_cms(stamped(town, town.time_stamper), at=MONDAY, trust=town.roots, content=digests())
    waiting = {each.check for each in verdict.checks if each.passed == "pending"}
    assert verdict.outcome == "pending"
    assert waiting == {"time-stamp", "revocation"}


def test_a_revoked_stamping_authority_proves_nothing(town: Town) -> None:
    revoked = Revoked(town.time_stamper.certificate.serial, MONDAY - DAY)
    trust = town.roots.with_more((), [town.crl(revoked)])
    verdict = verify_cms(stamped(town, town.time_stamper), at=MONDAY, trust=trust, content=digests())
    assert [each.check for each in verdict.failed] == ["time-stamp"]


def test_a_stamp_may_be_demanded(town: Town) -> None:
    rules = Rules(time_stamp=True)
    verdict = verify_cms(detached(town.asan), at=MONDAY, trust=town.trust, content=digests(), rules=rules)
    assert [each.code for each in verdict.failed] == ["stamp-missing"]


def test_a_question_is_answered_with_its_own_number(town: Town) -> None:
    request = build_request(b"value", "streebog512", nonce=7)
    response = answer_stamp_request(town.time_stamper, request, MONDAY)
    assert token_of(response, nonce=7) == token_of(response)
    with pytest.raises(SignatureError) as refused:
        token_of(response, nonce=8)
    assert refused.value.check == "time-stamp"


def test_an_expired_list_of_the_day_of_signing_is_enough(town: Town) -> None:
    """Evidence kept from the day of signing judges that day, however old it is now."""
    week = Validity(MONDAY - DAY, MONDAY + DAY)
    trust = town.roots.with_more((), [town.crl(week=week)])
    data = stamped(town, town.time_stamper)
    assert verify_cms(data, at=MONDAY + 900 * DAY, trust=trust, content=digests()).valid
