"""XML signatures: stacked, in namespaces, with what canonical XML has to keep."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qyzmet.signatures import SignatureError, verify_xml
from tests.signatures.town import ASAN, KALA, LETTER, MONDAY, Town, letter

DOCUMENTS = [
    LETTER,
    b'<?xml version="1.0"?>\n<a xml:lang="kk" xmlns="urn:a" xmlns:b="urn:b">\n  <b:c d="1" b="2"/>\n</a>\n',
    b'<?xml version="1.0"?><?before pi?><a><![CDATA[<&>]]><!-- said aside --> text </a>',
    "<?xml version='1.0' encoding='windows-1251'?><a>Привет</a>".encode("cp1251"),
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=["letter", "namespaces", "asides", "cp1251"])
def test_signed_once_and_twice(town: Town, document: bytes) -> None:
    once = verify_xml(letter(town.asan, document=document), at=MONDAY, trust=town.trust)
    twice = verify_xml(
        letter(town.asan, town.official("head"), document=document), at=MONDAY, trust=town.trust
    )
    assert once.outcome == twice.outcome == "valid"
    assert [each.iin for each in once.signers] == [ASAN]
    assert [each.bin for each in twice.signers] == ["", KALA]
    assert once.content == twice.content


def test_rsa(rsa_town: Town) -> None:
    verdict = verify_xml(letter(rsa_town.asan), at=MONDAY, trust=rsa_town.trust)
    assert verdict.valid
    assert verdict.signers[0].algorithm == "rsa sha256"


def test_carriage_returns_in_base64_are_let_pass(town: Town) -> None:
    data = letter(town.asan).replace(b"</ds:SignatureValue>", b"&#13;\n</ds:SignatureValue>")
    assert verify_xml(data, at=MONDAY, trust=town.trust).valid


def test_each_check_names_its_signer(town: Town) -> None:
    data = letter(town.asan, town.official("head")).replace("көмегі".encode(), "көмегі!".encode())
    verdict = verify_xml(data, at=MONDAY, trust=town.trust)
    assert [(each.check, each.signer) for each in verdict.failed] == [("content", 0), ("content", 1)]


def test_text_put_between_two_signatures_breaks_both(town: Town) -> None:
    data = letter(town.asan, town.official("head"))
    first = data.index(b"</ds:Signature>") + len(b"</ds:Signature>")
    verdict = verify_xml(data[:first] + b"more" + data[first:], at=MONDAY, trust=town.trust)
    assert {each.signer for each in verdict.failed if each.check == "content"} == {0, 1}


@pytest.mark.parametrize("place", [b"<ds:DigestValue>", b"<ds:SignatureValue>", b"<ds:X509Certificate>"])
def test_a_comment_inside_a_value_is_refused(town: Town, place: bytes) -> None:
    """The canonical form drops comments: a value read with one would not be the value signed."""
    data = letter(town.asan).replace(place, place + b"<!--AAAA-->")
    assert "structure" in {each.check for each in verify_xml(data, at=MONDAY, trust=town.trust).failed}


@settings(max_examples=40, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_one_wrong_byte_never_breaks_anything(town: Town, place: float, byte: int) -> None:
    data = letter(town.asan)
    at = int(place * len(data))
    signed = verify_xml(data, at=MONDAY, trust=town.trust).content
    with contextlib.suppress(SignatureError):
        verdict = verify_xml(data[:at] + bytes([byte]) + data[at + 1 :], at=MONDAY, trust=town.trust)
        assert not verdict.valid or (verdict.signers[0].iin, verdict.content) == (ASAN, signed)
