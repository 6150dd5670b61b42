"""The page anyone may open: by the code on the sheet, or by the file itself; nobody's personal data."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from qyzmet.cases import acts, blobs
from qyzmet.documents.attaching import File, with_files
from qyzmet.documents.codes import plain_code
from tests.cases.town import KEYS, Town
from tests.documents.walking import AMOUNT, Walk, decided, housing, one, words

__all__ = ["housing"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(housing: Town, settings: Settings, tmp_path: Path) -> Walk:
    for name, certificate in KEYS.authority.certificates().items():
        (tmp_path / f"{name}.cer").write_bytes(certificate.der)
    settings.QYZMET_TRUST = str(tmp_path)
    return decided(housing, output=AMOUNT)


def asked(code: str) -> str:
    return Client().get(f"/verify/{code}").content.decode()


def uploaded(pdf: bytes, code: str = "") -> str:
    where = f"/verify/{code}" if code else "/verify"
    return Client().post(where, {"file": SimpleUploadedFile("a.pdf", pdf)}).content.decode()


def test_a_code_tells_what_it_is_who_issued_it_and_when_it_was_sealed(walk: Walk) -> None:
    notice = one(walk.case, "notice")
    page = asked(notice.code)
    for part in ("Құжат түпнұсқа", notice.number, "Мөр қойылды", "Күшінде", notice.digest):
        assert part in page


def test_nobodys_data_stands_on_it(walk: Walk) -> None:
    notice = one(walk.case, "notice")
    assert "Омарова" in words(notice.digest)
    for page in (asked(notice.code), uploaded(blobs.read(notice.digest))):
        for part in ("Омарова", walk.case.applicant, "21 000", "Responsible"):
            assert part not in page


@pytest.mark.parametrize("typed", ["{code}", " {code} ", "http://q/verify/{code}", "{plain}"])
def test_a_code_is_understood_however_it_is_typed(walk: Walk, typed: str) -> None:
    code = one(walk.case, "notice").code
    given = typed.format(code=code.lower(), plain=code.replace("-", " ").replace("0", "o").replace("1", "i"))
    assert plain_code(given) == code
    assert Client().get("/verify", {"code": given}).headers["Location"] == f"/verify/{code}"


def test_the_file_itself_is_genuine(walk: Walk) -> None:
    notice = one(walk.case, "notice")
    page = uploaded(blobs.read(notice.digest), notice.code)
    assert "Файл түпнұсқа емес" not in page
    assert "Тізілімде дәл осы файл бар." in page


def test_an_altered_file_is_named_with_the_check_that_fails(walk: Walk) -> None:
    notice = one(walk.case, "notice")
    more = File("x.txt", b"x", "text/plain", "Data", "x")
    page = uploaded(with_files(blobs.read(notice.digest), [more], at=walk.now), notice.code)
    assert "Файл түпнұсқа емес" in page
    assert "Тізілімде осы кодпен басқа файл тұр" in page


def test_the_qr_of_another_document_is_noticed(walk: Walk) -> None:
    notice, minutes = one(walk.case, "notice"), one(walk.case, "minutes")
    page = uploaded(blobs.read(notice.digest), minutes.code)
    assert "QR коды басқа құжаттікі" in page


def test_an_annulled_document_says_since_when(walk: Walk, housing: Town) -> None:
    acts.annul(housing.actor("head"), walk.case.ref, "notice", reason="Шешім жойылды", now=walk.now)
    walk.deliver()
    code = walk.case.documents.get(issued="notice").code
    page = asked(code)
    assert "Күші жойылған" in page
    assert "3 маусым" in page
    assert "Шешім жойылды" not in page  # the reason is for the sides of the case


@pytest.mark.parametrize("file", [b"", b"hello", b"%PDF-1.4\n%%EOF"])
def test_what_is_no_pdf_is_told_so(walk: Walk, file: bytes) -> None:
    answer = Client().post("/verify", {"file": SimpleUploadedFile("a.pdf", file)})
    assert answer.status_code == 422


def test_guesses_are_counted_for_all_processes_of_the_web_together(walk: Walk) -> None:
    for guess in range(20):
        cache.clear()  # another process has a memory of its own
        assert Client().get(f"/verify/{'0000-' * 3}{guess:04d}").status_code == 404
    assert Client().get(f"/verify/{'0000-' * 3}0020").status_code == 429


def test_guessing_is_slowed_down(walk: Walk) -> None:
    client = Client()
    answers = [client.get(f"/verify/{'0000-' * 3}{guess:04d}").status_code for guess in range(21)]
    assert answers == [404] * 20 + [429]
    assert client.get(f"/verify/{one(walk.case, 'notice').code}").status_code == 429
    assert Client(REMOTE_ADDR="10.1.1.1").get(f"/verify/{one(walk.case, 'notice').code}").status_code == 200
