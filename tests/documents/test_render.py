"""Issued documents as PDF: what is printed can be read back, letter for letter."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from qyzmet.documents.content import Content, Day, Grounded, Row, Signer, verification
from qyzmet.documents.render import TEMPLATES, UnknownTemplate, render

NOTICE = Content(
    languages=("kk", "ru"),
    issuer={"kk": "Алатау ауданының жұмыспен қамту бөлімі", "ru": "Отдел занятости Алатауского района"},
    title={
        "kk": "Тұрғын үй көмегін тағайындау туралы хабарлама",
        "ru": "Уведомление о назначении жилищной помощи",
    },
    number="2019-000123",
    date="14.06.2019",
    issued=date(2019, 6, 14),
    addressee=("Әбенова Гүлназ Сәкенқызы", "Алматы қаласы, Өтеген батыр көшесі, 7"),
    body={"kk": ("Сізге тұрғын үй көмегі тағайындалды.",), "ru": ("Вам назначена жилищная помощь.",)},
    rows=(Row({"kk": "Мөлшері", "ru": "Размер"}, "12 345,50 ₸"),),
    days=(Day("10.06", "дс", "skipped", {"kk": "демалыс күні", "ru": "выходной день"}),),
    signer=Signer({"kk": "Бөлім басшысы", "ru": "Руководитель отдела"}, "Ұ. Қ. Іңкәрбек"),
    verify=verification("QZ7K-42MN-1A2B", "https://qyzmet.example/verify/QZ7K-42MN-1A2B"),
)


def text_of(pdf: bytes) -> str:
    return " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())


def test_kazakh_letters_and_the_tenge_sign_come_back_from_the_pdf() -> None:
    words = text_of(render("notice.typ", NOTICE))
    for part in (
        "Сізге тұрғын үй көмегі тағайындалды",
        "Ұ. Қ. Іңкәрбек",
        "12 345,50 ₸",
        "Гүлназ Сәкенқызы",
        "№ 2019-000123",
    ):
        assert part in words


def test_it_declares_pdf_a_3b() -> None:
    pdf = render("notice.typ", NOTICE)
    assert b"<pdfaid:part>3</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf


def test_a_ground_is_printed_with_its_clause_and_reason() -> None:
    ground = Grounded(
        {"kk": "деректер анық емес", "ru": "данные недостоверны"},
        "O109 an.2 row 9(1)",
        "табыс туралы анықтама",
    )
    words = text_of(
        render(
            "refusal.typ",
            Content(**{f: getattr(NOTICE, f) for f in NOTICE.__slots__} | {"grounds": (ground,)}),
        )
    )
    assert "O109 an.2 row 9(1)" in words
    assert "табыс туралы анықтама" in words


@pytest.mark.parametrize(
    "template", sorted(p.name for p in TEMPLATES.glob("*.typ") if p.name not in {"sheet.typ", "blank.typ"})
)
def test_every_template_prints(template: str) -> None:
    assert render(template, NOTICE).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["nothing.typ", "../render.py", "sheet.typ"])
def test_an_unknown_template_is_refused(name: str) -> None:
    with pytest.raises(UnknownTemplate):
        render(name, NOTICE)
