"""Is a PDF genuine: from the file alone, each altered one refused with the check that fails."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO

import pytest
import typst
from pypdf import PdfWriter

from qyzmet import evidence
from qyzmet.cases import blobs
from qyzmet.documents.attaching import File, with_files
from qyzmet.documents.decided import MOST_REVISIONS, revisions
from qyzmet.documents.examining import Examined, examine
from qyzmet.documents.sealing import sealed
from qyzmet.signatures import SignatureError, Trust, embedded_files, seal_pdf
from tests.cases.town import KEYS, Town
from tests.documents.walking import AMOUNT, MONDAY, Walk, decided, housing, one

__all__ = ["housing"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(housing: Town) -> Walk:
    return decided(housing, output=AMOUNT)


def notice(walk: Walk) -> bytes:
    return blobs.read(one(walk.case, "notice").digest)


def trust() -> Trust:
    """The demo's authority, whose key seals, and the town's, whose keys sign decisions."""
    town, own = KEYS.authority.trust(), evidence.trust()
    return Trust((*own.roots, *town.roots), (*own.intermediates, *town.intermediates))


def examined(pdf: bytes, walk: Walk) -> Examined:
    return examine(pdf, at=walk.now, trust=trust(), rules=evidence.rules())


def failed(pdf: bytes, walk: Walk) -> set[str]:
    found = examined(pdf, walk)
    assert not found.genuine
    return {each.check for each in found.findings if each.passed is False}


def test_an_issued_notice_is_genuine_and_says_what_it_is(walk: Walk) -> None:
    found = examined(notice(walk), walk)
    assert [each.detail("ru") for each in found.findings if each.passed is False] == []
    issued = one(walk.case, "notice")
    assert (found.data["number"], found.code) == (issued.number, issued.code)
    assert found.seal is not None
    assert "information-system" in found.seal.roles
    assert {"sealer", "data", "printed", "code", "decision", "decision-signature"} <= {
        each.check for each in found.findings
    }


def test_every_document_of_the_case_is_genuine(walk: Walk) -> None:
    for issued in walk.case.documents.all():
        found = examined(blobs.read(issued.digest), walk)
        assert [each.detail() for each in found.findings if each.passed is False] == [], issued.issued


def test_one_bit_more_or_less_and_it_is_not(walk: Walk) -> None:
    pdf = bytearray(notice(walk))
    place = pdf.index(b"/CreationDate") + 30
    pdf[place] ^= 1
    assert "content" in failed(bytes(pdf), walk)


def test_an_update_after_the_seal_is_named(walk: Walk) -> None:
    more = File("more.txt", b"x", "text/plain", "Data", "x")
    assert "update" in failed(with_files(notice(walk), [more], at=walk.now), walk)


def test_without_its_seal_it_is_only_paper(walk: Walk) -> None:
    planned = blobs.read(one(walk.case, "notice").before_seal)
    assert failed(planned, walk) == {"seal"}


def test_a_seal_by_somebody_is_not_the_systems(walk: Walk) -> None:
    planned = blobs.read(one(walk.case, "notice").before_seal)
    key = KEYS.authority.key_of("900205417747", algorithm="rsa")
    assert "sealer" in failed(seal_pdf(planned, key, at=walk.now, reason="мен"), walk)


def test_the_decision_of_another_document_is_noticed(walk: Walk) -> None:
    """The minutes dressed up with the decision and signature of the notice, even sealed by the System."""
    inside = embedded_files(notice(walk))
    minutes = one(walk.case, "minutes")
    files = [
        File(name, inside[name], "application/json", "Source", name)
        for name in ("decision.json", "decision.p7s")
    ]
    swapped = sealed(with_files(blobs.read(minutes.digest), files, at=walk.now), now=walk.now)
    assert failed(swapped, walk) == {"decision", "update"}


def told_otherwise(walk: Walk, **values: object) -> bytes:
    """The data of the notice, with these in place of its own."""
    data = json.loads(embedded_files(notice(walk))["document.json"])
    return json.dumps({**data, **values}).encode()


def dressed(walk: Walk, name: str, content: bytes) -> bytes:
    """A sheet somebody made, with this file inside, sealed by the System's own key."""
    page = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(page)
    made = File(name, content, "application/json", "Source", name)
    others = [] if name == "document.json" else [("document.json", told_otherwise(walk))]
    files = [made, *(File(each, data, "application/json", "Source", each) for each, data in others)]
    return sealed(with_files(page.getvalue(), files, at=walk.now), now=walk.now)


def test_strange_data_inside_is_told_and_breaks_nothing(walk: Walk) -> None:
    strange = [
        b"[" * 100_000,
        b"[1]",
        b'{"a":' * 200 + b"1" + b"}" * 200,
        told_otherwise(walk, rows=["a row"]),
        told_otherwise(walk, rows=7),
        told_otherwise(walk, signer="x"),
        told_otherwise(walk, number="\ud800"),
        told_otherwise(walk, verify={"code": "\0"}),
    ]
    for data in strange:
        assert failed(dressed(walk, "document.json", data), walk) == {"data"}, data[:80]


def test_a_strange_decision_inside_is_no_decision(walk: Walk) -> None:
    good = json.loads(embedded_files(notice(walk))["decision.json"])
    strange = [
        b"[" * 100_000,
        json.dumps({**good, "official": "x"}).encode(),
        json.dumps({**good, "documents": {"notice": "x"}}).encode(),
        json.dumps({**good, "documents": "x"}).encode(),
    ]
    for said in strange:
        assert "decision" in failed(dressed(walk, "decision.json", said), walk), said[:80]


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7 broken"])
def test_what_is_no_pdf_is_said_to_be_none(data: bytes, walk: Walk) -> None:
    with pytest.raises(SignatureError) as problem:
        examined(data, walk)
    assert problem.value.check == "format"


def test_a_file_is_read_once_however_many_revisions_it_claims() -> None:
    first = b"%PDF-1.7 a sheet %%EOF\n"
    claimed = list(revisions(first + b"%%EOF\n" * 100_000))
    assert claimed[1] == hashlib.sha256(first).hexdigest()
    assert len(claimed) <= 2 * MOST_REVISIONS


def test_data_nested_without_end_is_no_data() -> None:
    empty = typst.compile(b"a sheet", format="pdf")
    assert isinstance(empty, bytes)
    deep = File("document.json", b"[" * 100_000, "application/json", "Data", "x")
    made = examine(with_files(empty, [deep], at=MONDAY), at=MONDAY, trust=Trust())
    assert {"data", "seal"} <= {each.check for each in made.findings if each.passed is False}
