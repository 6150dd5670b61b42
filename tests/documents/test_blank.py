"""Every form prints empty, with what it asks, in both languages."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from qyzmet.documents.blank import blank_form
from tests.cases.town import shipped

SERVICES = (
    "housing-assistance",
    "equity-permit",
    "housing-certificate",
    "land-private-ownership",
    "livestock-subsidy",
)


@pytest.mark.parametrize("service", SERVICES)
def test_every_question_and_document_stands_on_the_blank_form(service: str) -> None:
    package = shipped(service)
    pdf = blank_form(package, address=f"https://qyzmet.example/services/{service}", day=date(2024, 5, 13))
    said = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
    assert b"<pdfaid:part>3</pdfaid:part>" in pdf
    for section in package.form.values():
        for field in section.fields.values():
            for language in ("kk", "ru"):
                assert "".join(field.name.in_language(language).split()) in said
    assert "Кімге(басшысыныңтегі,аты,әкесініңаты)" in said
    assert "Өтінішберушінің(уәкілеттітұлғаның)аты-жөні,қолы" in said
    assert "Кімнен(тегі,аты,әкесініңатынеатауы;ЖСН/БСН)" in said
    for document in package.documents.values():
        assert "".join(document.name.in_language("kk").split()) in said
