"""An application for housing assistance, page by page, as a person would post it."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qyzmet.people.models import Account, Organisation
from qyzmet.portal.models import Draft
from qyzmet.portal.signing import ITEM
from tests.fence.files import PDF
from tests.office.keys import signed_by

PAGES: dict[str, dict[str, Any]] = {
    "applicant": {"phone": "+7 701 123 45 67", "email": "", "occupation": "employed"},
    "household": {
        "family.count": 1, "family[0].full-name": "Ысқақов Айдос", "family[0].iin": "810827427457",
        "family[0].relation": "spouse", "family[0].birth-date": "27.08.1981", "has-alimony": "no",
    },
    "income": {
        "income-quarter": "first", "incomes.count": 1, "incomes[0].earner": "Әлия", "incomes[0].source": "wage",
        "incomes[0].month-1": "85 000,50", "incomes[0].month-2": "85000.50", "incomes[0].month-3": "85000",
    },
    "dwelling": {
        "address": "Алматы, Ақын Сара көшесі, 12, 34", "tenure": "own", "dwelling-area": "54,3", "rooms": "2",
        "registered-people": "2", "only-dwelling": "yes", "has-telecom": "no",
    },
    "costs": {
        "maintenance": "3 200", "utilities.count": 1, "utilities[0].kind": "heating", "utilities[0].amount": "12000",
    },
    "account": {"bank": "Халық банкі", "iban": "KZ24 0701 05KS N000 0000"},
    "consent": {"data-consent": "yes", "truth": "yes"},
}  # fmt: skip


def begin(visitor: Client) -> Draft:
    """A draft for the Alatau department."""
    alatau = Organisation.objects.get(code="alatau-social-department")
    answer = visitor.post("/apply/housing-assistance", {"org.provider": alatau.pk})
    assert answer.status_code == 302, answer.content.decode()
    return Draft.objects.get(ref=answer["Location"].rsplit("/", 1)[1])


def fill(visitor: Client, draft: Draft, *pages: str) -> None:
    """Post these pages of the form, or all of them."""
    for page in pages or PAGES:
        answer = visitor.post(f"/drafts/{draft.ref}/part/{page}", PAGES[page])
        assert answer.status_code == 302, (page, answer.content.decode())


def file(name: str = "shot.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attach(visitor: Client, draft: Draft) -> None:
    """A file for every document that is missing."""
    page = visitor.get(f"/drafts/{draft.ref}/documents")
    keys = [row.key for row in page.context["rows"] if row.required]
    answer = visitor.post(f"/drafts/{draft.ref}/documents", {key: file() for key in keys})
    assert answer.status_code == 302, answer.content.decode()


def ready(visitor: Client) -> Draft:
    """A draft with everything in it."""
    draft = begin(visitor)
    fill(visitor, draft)
    attach(visitor, draft)
    return draft


def page_of(visitor: Client, draft: Draft) -> str:
    """The address of the page on which the draft is signed."""
    answer = visitor.get(f"/drafts/{draft.ref}/sign")
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def signature(visitor: Client, page: str, **how: Any) -> bytes:
    """The bytes of the page signed elsewhere, by whoever is signed in or by `who`."""
    content = visitor.get(f"{page}/{ITEM}").content
    who = how.pop("who", None) or Account.objects.get(pk=visitor.session["_auth_user_id"])
    return signed_by(who, content, **how)


def upload(visitor: Client, page: str, data: bytes) -> Any:
    return visitor.post(page, {f"signature.{ITEM}": SimpleUploadedFile("application.p7s", data)})


def send(visitor: Client, draft: Draft, **how: Any) -> Any:
    """Sign the draft elsewhere and upload the signature."""
    page = page_of(visitor, draft)
    return (
        upload(visitor, page, signature(visitor, page, **how))
        if page.startswith("/sign/")
        else visitor.get(page)
    )
