"""What is submitted for a request is signed by the one who was asked, or refused naming the failing check."""

from __future__ import annotations

import base64

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qyzmet import evidence
from qyzmet.evidence import Item, NotSigned
from qyzmet.evidence.refusals import _texts
from qyzmet.evidence.submitting import STAMPED_AT_MOST
from qyzmet.signatures.errors import check_of, codes
from tests.evidence.authority_server import AuthorityServer
from tests.evidence.test_asking import HOUR, NAME, asked, person
from tests.signatures.town import (
    APPLICATION,
    ASAN,
    DAY,
    DINA,
    LAST_YEAR,
    MONDAY,
    NEXT_YEAR,
    Town,
    attached,
    detached,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sources")]


def refused(signature: bytes) -> NotSigned:
    row = asked(person(ASAN))
    with pytest.raises(NotSigned) as refusal:
        evidence.judge_all(row, {"application": signature}, now=MONDAY)
    row.refresh_from_db()
    assert row.closed_at is None, "the request stays open to try again"
    return refusal.value


@pytest.mark.parametrize("form", [detached, attached], ids=["detached", "attached"])
@pytest.mark.parametrize(
    "written", [bytes, base64.b64encode, base64.encodebytes], ids=["DER", "base64", "lines"]
)
def test_every_form_of_a_good_signature_is_taken(town: Town, form: object, written: object) -> None:
    row = asked(person(ASAN))
    signature = written(form(town.asan))  # type: ignore[operator]
    signed = evidence.judge_all(row, {"application": signature}, now=MONDAY)
    assert signed["application"].verdict.outcome == "valid"
    assert signed["application"].prepared == row.items[0]["prepared"]
    assert signed["application"].plain()["iin"] == ASAN


def test_many_items_are_judged_with_one_question_about_the_key(town: Town, sources: AuthorityServer) -> None:
    contents = {f"case-{number}": b'{"case":%d}' % number for number in range(5)}
    row = asked(person(ASAN), *(Item(each, NAME, content) for each, content in contents.items()))
    signatures = {each: detached(town.asan, content=content) for each, content in contents.items()}
    assert list(evidence.judge_all(row, signatures, now=MONDAY)) == list(contents)
    assert sources.asked.count("/ocsp") == 2, "about Asan's key and the time-stamp authority's"
    swapped = {**signatures, "case-1": signatures["case-2"]}
    with pytest.raises(NotSigned) as refusal:
        evidence.judge_all(row, swapped, now=MONDAY)
    assert refusal.value.check == "content"
    assert list(refusal.value.verdicts) == ["case-0", "case-1"]


def test_what_is_signed_is_dated_by_a_time_stamp_of_ours(town: Town, sources: AuthorityServer) -> None:
    given = {"application": attached(town.asan)}
    signed = evidence.judge_all(asked(person(ASAN)), given, now=MONDAY)["application"]
    assert signed.signer.stamped_at == MONDAY
    for mood in ("silent", "rubbish"):
        sources.mood["/tsp"] = mood
        without = evidence.judge_all(asked(person(ASAN)), given, now=MONDAY)["application"]
        assert (without.verdict.outcome, without.signer.stamped_at) == ("valid", None)


def test_a_time_stamp_that_would_make_the_verdict_worse_is_left_out(
    town: Town, sources: AuthorityServer
) -> None:
    sources.revoked[town.time_stamper.certificate.serial] = MONDAY - DAY
    signed = evidence.judge_all(asked(person(ASAN)), {"application": detached(town.asan)}, now=MONDAY)
    assert (signed["application"].verdict.outcome, signed["application"].signer.stamped_at) == ("valid", None)


def test_a_large_batch_does_not_wait_for_time_stamps(town: Town, sources: AuthorityServer) -> None:
    contents = {f"case-{number}": b'{"case":%d}' % number for number in range(STAMPED_AT_MOST + 1)}
    row = asked(person(ASAN), *(Item(each, NAME, content) for each, content in contents.items()))
    evidence.judge_all(
        row, {each: detached(town.asan, content=content) for each, content in contents.items()}, now=MONDAY
    )
    assert sources.asked == ["/ocsp"]


def test_a_silent_source_is_pending_and_no_refusal(town: Town, sources: AuthorityServer) -> None:
    sources.mood.update({"/ocsp": "silent", "/crl": "silent"})
    signed = evidence.judge_all(asked(person(ASAN)), {"application": detached(town.asan)}, now=MONDAY)
    assert signed["application"].verdict.outcome == "pending"


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        ("nothing", "signature"),
        ("spaces", "signature"),
        ("rubbish", "format"),
        ("rubbish base64", "format"),
        ("half of it", "format"),
        ("100 MB", "format"),
        ("an image", "format"),
        ("two signers", "format"),
        ("other bytes", "content"),
        ("other bytes inside", "content"),
        ("one bit of the signature", "signature"),
        ("another person", "iin"),
        ("expired", "validity"),
        ("not yet valid", "validity"),
        ("a stranger's authority", "chain"),
        ("revoked", "revocation"),
    ],
)
def test_a_bad_signature_is_refused_by_name(
    town: Town, sources: AuthorityServer, wrong: str, check: str
) -> None:
    good = detached(town.asan)
    if wrong == "revoked":
        sources.revoked[town.asan.certificate.serial] = MONDAY - DAY
    bad = {
        "nothing": lambda: b"",
        "spaces": lambda: b" \r\n",
        "rubbish": lambda: b"\x00rubbish\xff",
        "rubbish base64": lambda: base64.b64encode(b"rubbish" * 40),
        "half of it": lambda: good[: len(good) // 2],
        "100 MB": lambda: b"0" * (100 << 20),
        "an image": lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 500,
        "two signers": lambda: detached(town.asan, town.person(DINA)),
        "other bytes": lambda: detached(town.asan, content=APPLICATION + b" "),
        "other bytes inside": lambda: attached(town.asan, content=b"{}"),
        "one bit of the signature": lambda: good[:-1] + bytes([good[-1] ^ 1]),
        "another person": lambda: detached(town.person(DINA)),
        "expired": lambda: detached(town.person(ASAN, LAST_YEAR)),
        "not yet valid": lambda: detached(town.person(ASAN, NEXT_YEAR)),
        "a stranger's authority": lambda: detached(Town(town.new_key).asan),
        "revoked": lambda: good,
    }[wrong]()
    refusal = refused(bad)
    assert refusal.check == check
    assert set(refusal.text) == set(refusal.name) == {"kk", "ru", "en"}
    assert refusal.clause == "A120 §10(7)"
    assert all(text.endswith(".") for text in refusal.text.values())


def test_a_request_that_has_ended_takes_nothing(town: Town) -> None:
    row = asked(person(ASAN))
    signatures = {"application": detached(town.asan)}
    with pytest.raises(NotSigned, match="has ended"):
        evidence.judge_all(row, signatures, now=MONDAY + HOUR)
    evidence.close(row, MONDAY)
    with pytest.raises(NotSigned, match="has ended"):
        evidence.judge_all(row, signatures, now=MONDAY)


def test_the_message_names_the_check_and_what_to_do_in_plain_words(town: Town) -> None:
    refusal = refused(detached(town.person(DINA)))
    assert refusal.text["kk"] == (
        "Электрондық цифрлық қолтаңба расталмады, өтпеген тексеру – «ЖСН сәйкестігі». Қажетті ЖСН – "
        f"{ASAN}, ал қол қойғанның ЖСН-і – {DINA}; өз кілтіңізбен қол қойыңыз."
    )


def test_every_check_there_is_has_a_name_in_plain_words() -> None:
    missing = {check_of(code) for code in codes()} - set(_texts()["checks"])
    assert missing == set()
    assert all(set(each) == {"kk", "ru", "en"} for each in _texts()["checks"].values())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_bytes_come_they_are_asans_signature_or_refused(
    town: Town, sources: AuthorityServer, data: st.DataObject
) -> None:
    good = data.draw(st.sampled_from([detached(town.asan), attached(town.asan)]))
    place = data.draw(st.integers(0, len(good) - 1))
    more = data.draw(st.binary(max_size=8))
    cut = data.draw(st.integers(0, 8))
    row = asked(person(ASAN))
    try:
        signed = evidence.judge_all(
            row, {"application": good[:place] + more + good[place + cut :]}, now=MONDAY
        )
    except NotSigned as refusal:
        named = refusal.check
    else:
        assert signed["application"].plain()["iin"] == ASAN
        named = "signature"
    assert named in _texts()["checks"]
