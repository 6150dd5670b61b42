"""A seal inside a PDF vouches for every byte of the file, and other programs agree."""

from __future__ import annotations

import contextlib
import io
import json
import zlib
from datetime import UTC, datetime

import pytest
from asn1crypto import x509
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader

from qyzmet.signatures import (
    SignatureError,
    Trust,
    embedded_files,
    recheck,
    seal_pdf,
    verdict_of,
    verify_pdf,
)
from qyzmet.signatures.authority import stamp, stamp_imprint
from qyzmet.signatures.pdf.file import PdfFile
from qyzmet.signatures.pdf.seals import seals_of
from tests.signatures.papers import DOCUMENT, paper, sealed, updated
from tests.signatures.town import ASAN, DAY, DINA, KALA, MONDAY, Town

LATER = MONDAY + 4000 * DAY
TRUST = Trust()


def stamped(town: Town, pdf: bytes | None = None) -> bytes:
    """The paper sealed with a time stamp."""
    return seal_pdf(
        pdf or paper(), town.asan, at=MONDAY, reason="Мөр",
        stamp=lambda imprint: stamp_imprint(town.time_stamper, imprint, MONDAY),
    )  # fmt: skip


def by_pyhanko(pdf: bytes, town: Town) -> list[PdfSignatureStatus]:
    """What pyHanko says of every seal, trusting the town's root alone."""
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(town.root.certificate.der)],
        other_certs=[x509.Certificate.load(town.authority.certificate.der)],
        crls=[town.crl()], moment=MONDAY, revocation_mode="hard-fail",
    )  # fmt: skip
    found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return [validate_pdf_signature(each, context, ts_validation_context=context) for each in found]


@pytest.mark.parametrize("kind", ["town", "rsa_town"])
def test_sealed_and_verified(kind: str, request: pytest.FixtureRequest) -> None:
    town: Town = request.getfixturevalue(kind)
    verdict = verify_pdf(sealed(town.asan), at=MONDAY, trust=town.trust)
    assert (verdict.outcome, verdict.kind) == ("valid", "pdf")
    (signer,) = verdict.signers
    assert (signer.iin, signer.claimed_at) == (ASAN, MONDAY)
    names = [each.check for each in verdict.checks]
    assert names[:3] == ["format", "structure", "update"]
    assert {"content", "signature", "signing-certificate", "chain", "validity", "revocation"} <= set(names)


def test_the_paper_stays_the_paper(town: Town) -> None:
    """Nothing before the seal changes, nor what the file says of itself; the words and the data are there."""
    made = sealed(town.asan)
    assert made.startswith(paper())
    assert embedded_files(made) == {"document.json": DOCUMENT}
    assert json.loads(embedded_files(made)["document.json"])["қызмет"] == "тұрғын үй көмегі"
    before, after = PdfReader(io.BytesIO(paper())), PdfReader(io.BytesIO(made))
    assert "Әлия Қасымқызына көмек тағайындалды" in after.pages[0].extract_text()
    assert before.metadata == after.metadata
    assert before.xmp_metadata.stream.get_data() == after.xmp_metadata.stream.get_data()  # type: ignore[union-attr]


def test_the_seal_is_as_an_archive_demands(town: Town) -> None:
    """ISO 19005-3 §6.3: an annotation without looks has no area and is printed; the form asks for none."""
    (field,) = PdfReader(io.BytesIO(sealed(town.asan))).trailer["/Root"]["/AcroForm"]["/Fields"]
    said = field.get_object()
    assert list(said["/Rect"]) == [0, 0, 0, 0]
    assert said["/F"] & 0b100111 == 0b100
    assert said["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"
    assert "/NeedAppearances" not in PdfReader(io.BytesIO(sealed(town.asan))).trailer["/Root"]["/AcroForm"]


@pytest.mark.parametrize("with_stamp", [False, True])
def test_pyhanko_accepts_it(rsa_town: Town, with_stamp: bool) -> None:
    made = stamped(rsa_town) if with_stamp else sealed(rsa_town.asan)
    (status,) = by_pyhanko(made, rsa_town)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert (status.timestamp_validity is not None) is with_stamp


def test_two_seals(rsa_town: Town) -> None:
    made = sealed(rsa_town.asan, rsa_town.official("head"))
    verdict = verify_pdf(made, at=MONDAY, trust=rsa_town.trust)
    assert verdict.outcome == "valid"
    assert [(each.iin, each.bin) for each in verdict.signers] == [(ASAN, ""), (DINA, KALA)]
    assert all(status.bottom_line for status in by_pyhanko(made, rsa_town))


@pytest.mark.parametrize("streams", [False, True], ids=["tables", "streams"])
def test_a_seal_made_by_pyhanko(rsa_town: Town, streams: bool) -> None:
    """By another program, in a file with cross-reference tables or streams."""
    key = rsa_town.asan
    assert key.key.key is not None
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(key.certificate.der),
        signing_key=translate_pyca_cryptography_key_to_asn1(key.key.key),
        cert_registry=SimpleCertificateStore.from_certs([x509.Certificate.load(rsa_town.authority.certificate.der)]),
    )  # fmt: skip
    document = paper()
    if streams:
        rewritten = copy_into_new_writer(PdfFileReader(io.BytesIO(document)))
        rewritten.stream_xrefs = True
        target = io.BytesIO()
        rewritten.write(target)
        document = target.getvalue()
    for name in ("A", "B"):
        meta = signers.PdfSignatureMetadata(
            field_name=name, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
        )
        output = signers.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(document)),
            meta,
            signer=signer,
            new_field_spec=SigFieldSpec(name),
        )
        document = output.getvalue()
    verdict = verify_pdf(sealed(key, document=document), at=MONDAY, trust=rsa_town.trust)
    assert verdict.outcome == "valid", [each.detail() for each in verdict.failed]
    assert len(verdict.signers) == 3
    assert embedded_files(document) == {"document.json": DOCUMENT}


def test_years_later_the_stamped_moment_counts(town: Town) -> None:
    verdict = verify_pdf(stamped(town), at=LATER, trust=town.trust)
    assert verdict.outcome == "valid"
    assert verdict.signers[0].stamped_at == verdict.signers[0].moment == MONDAY
    assert verify_pdf(sealed(town.asan), at=LATER, trust=town.trust).outcome == "invalid"


def test_a_silent_time_stamp_authority_leaves_a_seal_without_a_stamp(town: Town) -> None:
    made = seal_pdf(paper(), town.asan, at=MONDAY, reason="Мөр", stamp=lambda _: None)
    verdict = verify_pdf(made, at=MONDAY, trust=town.trust)
    assert (verdict.outcome, verdict.signers[0].stamped_at) == ("valid", None)


def test_a_stamp_of_something_else_is_named(town: Town) -> None:
    token = stamp(town.time_stamper, b"something else", MONDAY)
    made = seal_pdf(paper(), town.asan, at=MONDAY, reason="Мөр", stamp=lambda _: token)
    assert [each.check for each in verify_pdf(made, at=MONDAY, trust=town.trust).failed] == ["time-stamp"]


def test_the_evidence_outlives_the_key(town: Town) -> None:
    verdict = verify_pdf(sealed(town.asan), at=MONDAY, trust=town.trust)
    kept = verdict_of(json.loads(json.dumps(verdict.to_json())))
    assert kept == verdict
    content = {name: bytes.fromhex(value) for name, value in verdict.content.items()}
    assert recheck(kept, content, LATER).valid
    assert {each.check for each in recheck(kept, {"sha256": bytes(32)}, LATER).failed} == {"content"}


def test_what_nothing_refers_to_may_lie_between_two_seals(town: Town) -> None:
    """Programs leave their traces when they save; the pages of the earlier seal are the same."""
    changed = updated(sealed(town.asan), {500: b"<</Note(nobody reads this)>>"})
    verdict = verify_pdf(sealed(town.official("head"), document=changed), at=MONDAY, trust=town.trust)
    assert verdict.outcome == "valid"


@settings(max_examples=60, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_one_wrong_bit_anywhere_is_never_valid(rsa_town: Town, place: float, bit: int) -> None:
    """Inside the seal's own value the certificates sent along are signed by nobody here."""
    made = sealed(rsa_town.asan)
    at = int(place * len(made))
    altered = made[:at] + bytes([made[at] ^ 1 << bit]) + made[at + 1 :]
    with contextlib.suppress(SignatureError):
        verdict = verify_pdf(altered, at=MONDAY, trust=rsa_town.trust)
        (seal,) = seals_of(PdfFile(made), 1)
        assert not verdict.valid or (seal.start < at < seal.resumed and verdict.signers[0].iin == ASAN)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_file_breaks_the_reader(data: st.DataObject) -> None:
    """Cut, doubled or scribbled over: a refusal by name, or an answer."""
    made = bytearray(paper())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(made) - 1))
        made[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    for read in (
        embedded_files,
        lambda pdf: verify_pdf(pdf, at=datetime(2026, 1, 1, tzinfo=UTC), trust=TRUST),
    ):
        with contextlib.suppress(SignatureError):
            read(bytes(made))


def small(content: bytes, *, filtered: str = "", names: str = "(a)4 0 R") -> bytes:
    """The smallest PDF with a file inside, under these names."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 3 0 R>>>>", b"<</Type/Pages/Kids[]/Count 0>>",
        f"<</Names[{names}]>>".encode(), "<</Type/Filespec/F(құжат)/UF<FEFF049A>/EF<</F 5 0 R>>>>".encode(),
        b"<<%b/Length %d>>\nstream\n%b\nendstream" % (filtered.encode(), len(content), content),
    ]  # fmt: skip
    made, places = b"%PDF-1.7\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%btrailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table, len(made),
    )  # fmt: skip


def test_files_inside() -> None:
    assert embedded_files(small(b"words")) == {"Қ": b"words"}
    assert embedded_files(small(zlib.compress(b"words"), filtered="/Filter/FlateDecode")) == {"Қ": b"words"}


@pytest.mark.parametrize(
    ("pdf", "code"),
    [
        (small(b"x", names="0 " * 600_000), "pdf-broken"),
        (small(zlib.compress(bytes(300_000_000), 9), filtered="/Filter/FlateDecode"), "too-large"),
        (small(b"not deflated", filtered="/Filter/FlateDecode"), "pdf-broken"),
        (small(b"x", filtered="/Filter/JBIG2Decode"), "pdf-broken"),
        (small(b"x", names="(a)4 0 R(b)4 0 R"), "pdf-broken"),
        (small(b"x").replace(b"/Root 1", b"/Encrypt 2 0 R/Root 1"), "pdf-encrypted"),
        (small(b"x").replace(b"/Root 1", b"/Prev 9/Root 1"), "pdf-broken"),
        (b"", "empty"),
        (b"%PDF-1.7", "truncated"),
        (b"<html>", "pdf-broken"),
        (b"%PDF-1.7" + bytes(60_000_000), "too-large"),
    ],
    ids=["a million values", "bomb", "not flate", "a strange filter", "one name twice", "locked", "lost", "empty", "cut",
         "not a PDF", "60 MB"],
)  # fmt: skip
def test_files_that_do_not_come_out(pdf: bytes, code: str) -> None:
    with pytest.raises(SignatureError) as refused:
        embedded_files(pdf)
    assert (refused.value.code, refused.value.check) == (code, "format")


def test_many_seals_on_one_large_file_are_compared_so_far_and_then_refused(town: Town) -> None:
    heavy = updated(paper(), {500: b"[" + b"1 " * 480_000 + b"]"})
    verdict = verify_pdf(sealed(*[town.asan] * 4, document=heavy), at=MONDAY, trust=town.trust)
    assert [each.code for each in verdict.checks if each.check == "update"] == [
        "pdf-earlier-same", "pdf-earlier-same", "pdf-between", "pdf-last-whole",
    ]  # fmt: skip
