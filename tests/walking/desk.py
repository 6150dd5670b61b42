"""What officials and recipients do on any case: take it up, press, and what is printed and told afterwards."""

from __future__ import annotations

import urllib.request
from datetime import datetime
from io import BytesIO

from pypdf import PdfReader

from qyzmet.cases import blobs
from qyzmet.cases.delivery import outbox
from qyzmet.cases.models import Case, Token
from qyzmet.documents.models import Document
from qyzmet.people.actor import Actor
from tests.browser import Browser
from tests.walking.person import Person

__all__ = ["DO", "fetched", "open_steps", "plain", "printed", "take_up", "text_of"]

DO = ".decision button[data-key]"
"""The one main button of a task."""


def take_up(person: Person, official: Actor, case: Case) -> Browser:
    """Whoever's turn it is opens the case from the list of tasks."""
    page = person.is_now(official).page
    page.open("/office/")
    page.go(f"[data-row] a[href='/office/cases/{case.ref}']")
    return page


def printed(now: datetime) -> None:
    """Whatever was ordered by now is printed, sealed and told."""
    while outbox.deliver_due(now, only=["documents", "mail"]):
        pass


def text_of(document: Document) -> str:
    """What is printed on it, with single spaces."""
    pages = PdfReader(BytesIO(blobs.read(document.digest))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def plain(page: Browser) -> str:
    """What can be read on the page, with single spaces."""
    return " ".join(page.find("main").text.split())


def open_steps(case: Case) -> list[str]:
    """The steps that are open, in the order they opened."""
    found = Token.objects.filter(case=case, closed_at__isnull=True)
    return list(found.order_by("no").values_list("step", flat=True))


def fetched(page: Browser, address: str) -> bytes:
    """A download as the browser would make it, with its session."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.driver.get_cookies())
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Cookie": cookies})) as answer:
        found: bytes = answer.read()
    return found
