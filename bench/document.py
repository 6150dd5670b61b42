"""One PDF/A notice with its QR, beside WeasyPrint printing the same words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from weasyprint import HTML

from bench.harness import Row, rates_side_by_side
from qyzmet.documents.content import Content, verification
from qyzmet.documents.render import render

NOTICE = Content(
    languages=("kk", "ru"),
    issuer={"kk": "Алатау ауданының бөлімі", "ru": "Отдел Алатауского района"},
    title={
        "kk": "Тұрғын үй көмегін тағайындау туралы хабарлама",
        "ru": "Уведомление о назначении жилищной помощи",
    },
    number="2019-000123",
    date="14.06.2019",
    issued=date(2019, 6, 14),
    body={
        "kk": ("Сізге тұрғын үй көмегі тағайындалды. " * 6,),
        "ru": ("Вам назначена жилищная помощь. " * 6,),
    },
)
PAGE = (
    '<html lang="kk"><style>@page{size:A4;margin:20mm} body{font-family:"Noto Sans"}</style>'
    f"<h1>{NOTICE.title['kk']}</h1><h2>{NOTICE.title['ru']}</h2>"
    f"<p>{NOTICE.body['kk'][0]}</p><p>{NOTICE.body['ru'][0]}</p>"
)


def rows(_size: str) -> list[Row]:
    count = iter(range(10**9))

    def ours() -> object:
        number = f"2019-{next(count):06}"
        sealed = verification(f"QZ7K-{number}", f"https://qyzmet.example/verify/{number}")
        return render("notice.typ", replace(NOTICE, number=number, verify=sealed))

    mine, theirs, ratio = rates_side_by_side(ours, lambda: HTML(string=PAGE).write_pdf(), 40, 6)
    return [
        Row("PDF/A notice with QR (WeasyPrint)", f"{mine * 1e3:.1f} ms", f"{theirs * 1e3:.0f} ms", f"{ratio:.0f} x",
            "<= 15 ms", mine * 1e3, 15, larger_is_better=False),
    ]  # fmt: skip
