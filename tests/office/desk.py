"""An official at a browser without script: reads pages, fills the forms that are on them, presses their buttons."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from lxml import html

from qyzmet.people.actor import Actor
from qyzmet.people.models import Account
from tests.fence.files import PDF
from tests.office.keys import signed_by

__all__ = ["PDF", "Desk", "scan"]


def scan(name: str = "scan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


class Desk:
    """One official, signed in. `page` is what the browser shows now, `status` how it was answered.

    Asked for a signature, the official gives it at once, by a file, unless `signs` is off.
    """

    def __init__(self, actor: Actor, language: str = "en", *, signs: bool = True) -> None:
        self.client = Client(HTTP_ACCEPT_LANGUAGE=language)
        self.account = account = Account.objects.get(pk=actor.account)
        self.signs = signs
        self.client.force_login(account, backend="qyzmet.people.backend.AccountBackend")
        self.client.cookies["django_language"] = language
        self.path, self.status = "/office/", 0

    def open(self, path: str) -> Desk:
        return self.read(self.client.get(path, follow=True), path)

    def case(self, ref: str, query: str = "") -> Desk:
        return self.open(f"/office/cases/{ref}{query}")

    @property
    def text(self) -> str:
        """What can be read, with single spaces."""
        return " ".join(self.page.text_content().split())

    @property
    def main(self) -> str:
        (found,) = self.page.xpath("//main")
        return " ".join(found.text_content().split())

    @property
    def errors(self) -> str:
        return " ".join(" ".join(each.text_content().split()) for each in self.page.find_class("errors"))

    def links(self, part: str) -> list[str]:
        """Addresses on the page that contain these words."""
        return [str(a) for a in self.page.xpath("//main//a/@href") if part in a]

    def follow(self, words: str) -> Desk:
        """Follow the link that reads so."""
        found = next(a for a in self.page.xpath("//main//a") if words in a.text_content())
        href = found.get("href")
        return self.open(self.path.partition("?")[0] + href if href.startswith("?") else href)

    def form(self, action: str) -> Any:
        """The form whose address ends so; `.name` is the form of a class."""
        if action.startswith("."):
            return self.page.find_class(action[1:])[0]
        return next(f for f in self.page.forms if (f.get("action") or "").partition("?")[0].endswith(action))

    def send(self, action: str, button: tuple[str, str] | None = None, /, **typed: Any) -> Desk:
        """Fill in a form (`o__amount` is `o.amount`) and press its button."""
        form = self.form(action)
        values: dict[str, Any] = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        for name, value in typed.items():
            values[name.replace("__", ".").replace("_", "-")] = value
        if button is not None:
            values[button[0]] = button[1]
        address = form.get("action")
        if address.startswith("?"):
            address = self.path.partition("?")[0] + address
        files = form.xpath(".//input[@type='file']/@name")
        sent = {k: v for k, v in values.items() if k not in files or not isinstance(v, list)}
        return self.read(self.client.post(address, sent, follow=True), address)

    def send_to(self, path: str, **typed: str) -> Desk:
        """Press a button that stands alone."""
        return self.read(self.client.post(path, typed, follow=True), path)

    def sign(self, **how: Any) -> Desk:
        """Download what is to be signed, sign it with one's own key and send the signatures in."""
        (form,) = (each for each in self.page.forms if each.xpath(".//input[@type='file']"))
        token = self.path.rsplit("/", 1)[1]
        sent = {}
        for name in form.xpath(".//input[@type='file']/@name"):
            content = self.client.get(f"/sign/{token}/{name.removeprefix('signature.')}").content
            sent[name] = SimpleUploadedFile("decision.p7s", signed_by(self.account, content, **how))
        return self.read(self.client.post(self.path, sent, follow=True), self.path)

    @property
    def asked(self) -> bool:
        """Whether a signature is asked for."""
        return self.path.startswith("/sign/") and self.status == 200

    def read(self, answer: HttpResponse, path: str) -> Desk:
        """Show this answer."""
        self.answer, self.status = answer, answer.status_code
        chain = getattr(answer, "redirect_chain", [])
        self.path = chain[-1][0] if chain else path
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            self.page = html.fromstring(answer.content.decode())
        return self.sign() if self.asked and chain and self.signs else self
