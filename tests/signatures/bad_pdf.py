"""Seals inside PDF files that must not pass: changed afterwards, moved, hidden, or never what they seem."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from qyzmet.documents.content import Content, verification
from qyzmet.documents.examining import Examined, examine
from qyzmet.documents.render import render
from qyzmet.signatures import BINDING, Expected, Verdict, seal_pdf, sign_cms, signed_as_expected, verify_pdf
from qyzmet.signatures.authority import Holder, Revoked, issue_to, stamp, stamp_imprint
from qyzmet.signatures.pdf.file import PdfFile
from qyzmet.signatures.pdf.seals import Seal, seals_of
from tests.signatures.cases import Bad, flipped, other_town, pdf
from tests.signatures.papers import number_of, other_page, paper, raw, sealed, updated
from tests.signatures.town import ASAN, DAY, KALA, MONDAY, THIS_YEAR, Town


def seal_of(made: bytes) -> Seal:
    return seals_of(PdfFile(made), 9)[-1]


def with_message(made: bytes, message: bytes) -> bytes:
    """The sealed file with another message in the place of its seal's."""
    seal = seal_of(made)
    digits = message.hex().encode()
    return (
        made[: seal.start + 1] + digits.ljust(seal.resumed - seal.start - 2, b"0") + made[seal.resumed - 1 :]
    )


def edited(old: bytes, new: bytes) -> Callable[[Town], Verdict]:
    """The seal's dictionary with one word of the same length exchanged."""

    def judged(town: Town) -> Verdict:
        made = sealed(town.asan)
        assert made.count(old) == 1
        return pdf(made.replace(old, new), town.trust)

    return judged


def altered(town: Town) -> Verdict:
    """One bit in the stream that draws the page."""
    made = sealed(town.asan)
    return pdf(flipped(made, made.index(b"stream\n") + 40), town.trust)


def signature_altered(town: Town) -> Verdict:
    made = sealed(town.asan)
    message = seal_of(made).message
    return pdf(with_message(made, message[:-1] + bytes([message[-1] ^ 1])), town.trust)


def attachment_swapped(town: Town) -> Verdict:
    """The embedded data of another document, in the place of its own."""
    made = sealed(town.asan)
    number = number_of(made, "Filespec")
    assert b"document.json" in raw(made, number)
    return pdf(
        made.replace(raw(made, number), raw(made, number).replace(b"document", b"decision")), town.trust
    )


def seal_of_another(town: Town) -> Verdict:
    """The seal of one document put on another."""
    donor = sealed(town.asan, document=updated(paper(), {500: b"(another document)"}))
    return pdf(with_message(sealed(town.asan), seal_of(donor).message), town.trust)


def another_page(town: Town) -> Verdict:
    made = sealed(town.asan)
    return pdf(updated(made, other_page(made)), town.trust)


def sealed_over_another_page(town: Town) -> Verdict:
    """The page changed after Asan's seal, and sealed again by somebody whose key is good."""
    made = sealed(town.asan)
    return pdf(sealed(town.official("head"), document=updated(made, other_page(made))), town.trust)


def covered_by_a_field(town: Town) -> Verdict:
    """A field over the whole page, with whatever it draws, before the second seal."""
    made = sealed(town.asan)
    form, page = PdfFile(made).catalog["AcroForm"].number, number_of(made, "Page")
    field = b"<</FT/Sig/T(Big)/Type/Annot/Subtype/Widget/F 4/Rect[0 0 595 842]/P %d 0 R>>" % page
    (first,) = number_of_fields(made)
    fields = b"[%d 0 R 900 0 R]" % first
    objects = {
        900: field,
        form: b"<</Fields %b/SigFlags 3>>" % fields,
        page: re.sub(rb"/Annots \[.*?\]", b"/Annots " + fields, raw(made, page)),
    }
    return pdf(sealed(town.official("head"), document=updated(made, objects)), town.trust)


def number_of_fields(made: bytes) -> list[int]:
    form = PdfFile(made)
    return [each.number for each in form.array(form.dictionary(form.catalog["AcroForm"])["Fields"])]


def named_before_it_was_there(town: Town) -> Verdict:
    """The page names an object that does not exist when it is sealed, and appears afterwards."""
    number, fresh = number_of(paper(), "Page"), PdfFile(paper()).trailer["Size"] + 40
    page = re.sub(rb"/Contents (\d+ 0 R)", rb"/Contents[\1 %d 0 R]" % fresh, raw(paper(), number))
    made = sealed(town.asan, document=updated(paper(), {number: page}))
    drawn = {fresh: b"<</Length 2>>\nstream\nBT\nendstream"}
    return pdf(sealed(town.official("head"), document=updated(made, drawn)), town.trust)


def drawn(words: bytes, said: bytes = b"") -> bytes:
    """A stream that draws these words."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (said, len(words), words)


WORDS = b"BT /F1 12 Tf 72 700 Td (99 999) Tj ET"


def drawn_as_metadata(town: Town) -> Verdict:
    """What draws the page is called the file's metadata too, which programs may touch."""
    page, root = number_of(paper(), "Page"), PdfFile(paper()).trailer["Root"].number
    found = re.search(rb"/Contents (\d+) 0 R", raw(paper(), page))
    assert found is not None
    aliased = re.sub(rb"/Metadata \d+ 0 R", b"/Metadata %b 0 R" % found[1], raw(paper(), root))
    made = sealed(town.asan, document=updated(paper(), {root: aliased}))
    return pdf(
        sealed(town.official("head"), document=updated(made, {int(found[1]): drawn(WORDS)})), town.trust
    )


def entered(made: bytes, field: bytes, listed: dict[int, bytes]) -> bytes:
    """A further field 900, entered in the form and in other lists."""
    form = PdfFile(made).catalog["AcroForm"].number
    fields = b"<</Fields[%d 0 R 900 0 R]/SigFlags 3>>" % number_of_fields(made)[0]
    return updated(made, {900: field, 901: drawn(WORDS), form: fields, **listed})


def field_that_draws(town: Town) -> Verdict:
    """A field of no size that is a stream besides, entered in the list of what draws the page."""
    page, fresh = number_of(paper(), "Page"), PdfFile(paper()).trailer["Size"]
    found = re.search(rb"/Contents (\d+ 0 R)", raw(paper(), page))
    assert found is not None
    listed = re.sub(rb"/Contents \d+ 0 R", b"/Contents %d 0 R" % fresh, raw(paper(), page))
    made = sealed(town.asan, document=updated(paper(), {page: listed, fresh: b"[%b]" % found[1]}))
    field = drawn(WORDS, b"/FT/Sig/T(Big)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]")
    later = entered(made, field, {fresh: b"[%b 900 0 R]" % found[1]})
    return pdf(sealed(town.official("head"), document=later), town.trust)


def field_that_is_a_page(town: Town) -> Verdict:
    """A field of no size that is a page besides, entered in the list of pages."""
    pages, page, fresh = (
        number_of(paper(), "Pages"),
        number_of(paper(), "Page"),
        PdfFile(paper()).trailer["Size"],
    )
    listed = re.sub(rb"/Kids ?\[.*?\]", b"/Kids %d 0 R" % fresh, raw(paper(), pages))
    made = sealed(town.asan, document=updated(paper(), {pages: listed, fresh: b"[%d 0 R]" % page}))
    field = b"<</FT/Sig/T(Big)/Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents 901 0 R/Rect[0 0 0 0]>>"
    later = entered(made, field % pages, {fresh: b"[%d 0 R 900 0 R]" % page})
    return pdf(sealed(town.official("head"), document=later), town.trust)


def field_that_is_a_note(town: Town) -> Verdict:
    """A field of no size that readers open as a note."""
    made = sealed(town.asan)
    page, (first,) = number_of(made, "Page"), number_of_fields(made)
    field = b"<</FT/Sig/T(Big)/Type/Annot/Subtype/Text/Open true/Contents(99 999)/F 4/Rect[0 0 0 0]>>"
    noted = re.sub(rb"/Annots \[.*?\]", b"/Annots [%d 0 R 900 0 R]" % first, raw(made, page))
    return pdf(sealed(town.official("head"), document=entered(made, field, {page: noted})), town.trust)


def other_catalog(town: Town) -> Verdict:
    made = sealed(town.asan)
    root = PdfFile(made).trailer["Root"].number
    changed = updated(made, {900: raw(made, root)}, root=900)
    return pdf(sealed(town.official("head"), document=changed), town.trust)


def padded(town: Town) -> Verdict:
    """Bytes hidden in the empty room behind the seal."""
    made = sealed(town.asan)
    return pdf(
        made[: seal_of(made).resumed - 9] + b"deadbeef" + made[seal_of(made).resumed - 1 :], town.trust
    )


def range_moved(town: Town) -> Verdict:
    """A range that leaves out more than the seal's own value."""
    made = sealed(town.asan)
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\] *", made)
    assert found is not None
    start, resumed, rest = (int(each) for each in found.groups())
    moved = b"/ByteRange [0 %d %d %d]" % (start, resumed + 8, rest - 8)
    return pdf(made.replace(found[0], moved.ljust(len(found[0]))), town.trust)


def range_elsewhere(town: Town) -> Verdict:
    """The message in a string beside the one the range leaves out: what a reader shows is not what is judged."""
    made = sealed(town.asan)
    return pdf(
        made.replace(b"/Contents <", b"/Contants <").replace(
            b"/Filter /Adobe.PPKLite", b"/Contents <3000>      "
        ),
        town.trust,
    )


def content_inside(town: Town) -> Verdict:
    """A message that carries a content of its own: its signature says nothing about the file."""
    return pdf(
        with_message(sealed(town.asan), sign_cms(b"anything", [town.asan], at=None, attached=True)),
        town.trust,
    )


def two_signers(town: Town) -> Verdict:
    made = sealed(town.asan)
    seal = seal_of(made)
    covered = made[: seal.start] + made[seal.resumed :]
    return pdf(with_message(made, sign_cms(covered, [town.asan, town.asan], at=None)), town.trust)


def last_stripped(town: Town) -> Verdict:
    """The file cut back to before the company's seal: nothing tells but who was expected."""
    one = sealed(town.asan)
    made = sealed(town.official("head"), document=one)
    expected = [Expected(iin=ASAN), Expected(bin=KALA, roles=BINDING)]
    return signed_as_expected(pdf(made[: len(one)], town.trust), expected)


def first_stripped(town: Town) -> Verdict:
    """The form made to forget the first seal, and the second one left."""
    made = sealed(town.asan, town.official("head"))
    form = PdfFile(made).catalog["AcroForm"].number
    return pdf(
        updated(made, {form: b"<</Fields[%d 0 R]/SigFlags 3>>" % number_of_fields(made)[-1]}), town.trust
    )


def replaced_oid(old: str, new: str) -> Callable[[Town], Verdict]:
    def judged(town: Town) -> Verdict:
        made = sealed(town.asan)
        message = seal_of(made).message.replace(bytes.fromhex(old), bytes.fromhex(new))
        return pdf(with_message(made, message), town.trust)

    return judged


def stamped(token: Callable[[Town, bytes], bytes]) -> Callable[[Town], Verdict]:
    def judged(town: Town) -> Verdict:
        made = seal_pdf(
            paper(), town.asan, at=MONDAY, reason="Мөр", stamp=lambda imprint: token(town, imprint)
        )
        return pdf(made, town.trust)

    return judged


def revoked_stamped(day: int) -> Callable[[Town], Verdict]:
    """Revoked that many days from Monday, sealed and stamped on Monday, judged two days later."""

    def judged(town: Town) -> Verdict:
        revoked = town.crl(Revoked(town.asan.certificate.serial, MONDAY + day * DAY))
        made = seal_pdf(
            paper(), town.asan, at=MONDAY, reason="Мөр",
            stamp=lambda imprint: stamp_imprint(town.time_stamper, imprint, MONDAY),
        )  # fmt: skip
        return verify_pdf(made, at=MONDAY + 2 * DAY, trust=town.roots.with_more((), [revoked]))

    return judged


revoked_after_stamp_pdf = revoked_stamped(1)


def qr_of_another(town: Town) -> Examined:
    """A document of the System with the QR and the code of another, under a seal of an information system."""
    content = Content(
        languages=("kk",), issuer={"kk": "Бөлім"}, title={"kk": "Хабарлама"}, number="2026-000123",
        date="01.06.2026", issued=MONDAY.date(), body={"kk": ("Көмек тағайындалды.",)},
        verify=verification("QZ7K-AAAA-AAAA-AAAA", "https://qyzmet.example/verify/QZ7K-AAAA-AAAA-AAAA"),
    )  # fmt: skip
    data = content.as_data() | {"v": 1, "kind": "document"}
    other = replace(
        content,
        verify=verification("QZ7K-BBBB-BBBB-BBBB", "https://qyzmet.example/verify/QZ7K-BBBB-BBBB-BBBB"),
    )
    printed = render("notice.typ", other, json.dumps(data).encode())
    system = Holder(system="Қызмет", bin=KALA, organisation="ҚАЛА", roles=("information-system",))
    key = issue_to(town.authority, system, town.new_key(), THIS_YEAR)
    return examine(sealed(key, document=printed), at=MONDAY, trust=town.trust)


def file_of(data: bytes) -> Callable[[Town], Verdict]:
    return lambda town: pdf(data, town.trust)


def nested() -> bytes:
    """A trailer of ten thousand arrays, one in another."""
    return b"%PDF-1.7\nxref\n0 0\ntrailer\n<</A " + b"[" * 10_000 + b"\nstartxref\n9\n%%EOF"


def pdf_cases() -> Iterator[Bad]:
    yield Bad("pdf", "an update after the seal", "update", lambda town: pdf(
        updated(sealed(town.asan), {500: b"<<>>"}), town.trust
    ))  # fmt: skip
    yield Bad(
        "pdf", "one byte after the seal", "update", lambda town: pdf(sealed(town.asan) + b"\n", town.trust)
    )
    yield Bad("pdf", "an update that shows another page", "update", another_page)
    yield Bad("pdf", "another page between two seals", "update", sealed_over_another_page)
    yield Bad("pdf", "a field over the page between two seals", "update", covered_by_a_field)
    yield Bad("pdf", "an object named first, drawn later", "update", named_before_it_was_there)
    yield Bad("pdf", "a page drawn as metadata, changed later", "update", drawn_as_metadata)
    yield Bad("pdf", "a field that draws on the page", "update", field_that_draws)
    yield Bad("pdf", "a field that is a page of its own", "update", field_that_is_a_page)
    yield Bad("pdf", "a field that opens as a note", "update", field_that_is_a_note)
    yield Bad("pdf", "another catalogue between two seals", "update", other_catalog)
    yield Bad("pdf", "content altered by one bit", "content", altered)
    yield Bad("pdf", "signature altered by one bit", "signature", signature_altered)
    yield Bad("pdf", "attachments swapped", "content", attachment_swapped)
    yield Bad("pdf", "the seal of another document", "content", seal_of_another)
    yield Bad("pdf", "a content inside the seal's message", "structure", content_inside)
    yield Bad("pdf", "two signers in one seal", "structure", two_signers)
    yield Bad("pdf", "stacked signature stripped, the first", "update", first_stripped)
    yield Bad("pdf", "stacked signature stripped, the last", "signers", last_stripped)
    yield Bad("pdf", "a range that leaves out more", "structure", range_moved)
    yield Bad("pdf", "a range around another string", "structure", range_elsewhere)
    yield Bad("pdf", "bytes hidden behind the seal", "structure", padded)
    yield Bad(
        "pdf", "a seal by SHA-1 alone", "structure", edited(b"ETSI.CAdES.detached", b"adbe.pkcs7.sha1    ")
    )
    yield Bad("pdf", "unknown digest", "algorithm", replaced_oid("2a830e030a010303", "2a830e030a010309"))
    yield Bad(
        "pdf", "unknown scheme", "algorithm", replaced_oid("2a830e030a0101020302", "2a830e030a0101020309")
    )
    yield Bad("pdf", "revoked before signing, with a time stamp", "revocation", revoked_stamped(-3))
    yield Bad("pdf", "time stamp of another signature", "time-stamp", stamped(
        lambda town, _: stamp(town.time_stamper, b"another signature", MONDAY)
    ))  # fmt: skip
    yield Bad("pdf", "time stamp from the future", "time-stamp", stamped(
        lambda town, imprint: stamp_imprint(town.time_stamper, imprint, MONDAY + DAY)
    ))  # fmt: skip
    yield Bad("pdf", "time stamp of a foreign authority", "time-stamp", stamped(
        lambda _, imprint: stamp_imprint(other_town().time_stamper, imprint, MONDAY)
    ))  # fmt: skip
    yield Bad("pdf", "QR of another document", "code", qr_of_another)
    yield Bad("pdf", "unsigned", "format", lambda town: pdf(paper(), town.trust))
    yield Bad("pdf", "truncated", "format", lambda town: pdf(sealed(town.asan)[:-40], town.trust))
    yield Bad("pdf", "empty", "format", file_of(b""))
    yield Bad("pdf", "100 MB", "format", file_of(b"%PDF-1.7" + b"0" * 101_000_000))
    yield Bad("pdf", "not a PDF", "format", file_of(b"<html><body>PDF</body></html>"))
    yield Bad("pdf", "10,000 arrays deep", "format", file_of(nested()))
    yield Bad("pdf", "locked with a password", "format", file_of(
        paper().replace(b"trailer\n<<", b"trailer\n<</Encrypt 1 0 R")
    ))  # fmt: skip
