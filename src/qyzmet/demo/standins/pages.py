"""What a person sees: waiting requests with the keys to choose from, and the phone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import yaml
from django.template import Context, Engine

from qyzmet.demo.authority import PASSWORD
from qyzmet.demo.standins import phone
from qyzmet.demo.standins.desk import Asked
from qyzmet.demo.standins.egov import is_asked
from qyzmet.demo.standins.gateway import DEEDS as MOODS
from qyzmet.demo.standins.gateway import read_mood
from qyzmet.demo.standins.holders import begins_with, groups
from qyzmet.demo.standins.services import SERVICES
from qyzmet.demo.standins.table import Table
from qyzmet.demo.standins.wishes import ROLES, STATES, BadWish, Wish, read_wish
from qyzmet.identity import written_moment
from qyzmet.regulation.state_databases import asked_outside

__all__ = ["Page", "Pages", "look"]

HERE = Path(__file__).parent
LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
MISBEHAVING = ("close", "rubbish", "no-signature", "wrong", "slow", "error")
SHOWN = 4_000
COMPANIES = 1
"""The place of companies among the groups; eGov signs in people."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or where to go instead."""

    html: str = ""
    status: int = 200
    goes: str = ""


def look(name: str) -> bytes:
    """A file of the product's own look, or of what the stand-in adds to it."""
    own = HERE / "templates" / name
    return (
        own.read_bytes()
        if own.is_file()
        else files("qyzmet.pages").joinpath("static/qyzmet", name).read_bytes()
    )


class Pages:
    """Renders; `product` are addresses of the product, whose hosts the phone may talk to."""

    def __init__(self, table: Table, product: tuple[str, ...]) -> None:
        self.table = table
        self.hosts = tuple(host for each in product if (host := urlsplit(each).hostname))

    def waiting(self, language: str, fault: str = "", form: Mapping[str, str] | None = None) -> Page:
        """The first request that waits, and how many stand behind it."""
        found = self.table.desk.waiting()
        asked = _the_one(found, form) if found else None
        shown = (
            {}
            if asked is None
            else {"asked": asked, "papers": _papers(asked), "admits": _admits(asked, language)}
        )
        return self._page(
            "waiting.html", language, status=400 if fault else 200, fault=fault, form=form or {},
            behind=max(0, len(found) - 1), always=self.table.desk.automatic, fresh=asked is None,
            silent=self.table.services.silent, services=SERVICES, misbehaving=MISBEHAVING, **shown,
        )  # fmt: skip

    def answer(self, language: str, form: Mapping[str, str]) -> Page:
        """A button under a request was pressed."""
        texts = _texts(language)
        asked = next(
            (each for each in self.table.desk.waiting() if str(each.number) == form.get("request")), None
        )
        if asked is None:
            return self.waiting(language, texts["gone"])
        try:
            wish = _wish(form)
            word = self.table.refuses(asked.wanted, wish) if wish.number else ""
        except BadWish as problem:
            return self.waiting(language, texts[f"bad-{problem.code}"], form)
        if wish.deed in {"sign", "wrong", "slow"} and form.get("password") != PASSWORD:
            return self.waiting(language, texts["bad-password"], form)
        if word and wish.deed in {"sign", "wrong", "slow"}:
            return self.waiting(language, f"{texts['not-offered']} {texts[f'why-{word}']}", form)
        self.table.desk.answer(asked.number, wish)
        return Page(goes="/")

    def services(self, language: str, form: Mapping[str, str]) -> Page:
        """Which services are silent."""
        self.table.services.silence(*[each for each in form.get("silent", "").split() if each in SERVICES])
        return Page(goes="/")

    def databases(self, language: str) -> Page:
        """What each state database does with questions."""
        known, now = asked_outside(), self.table.gateway.moods
        rows = [
            (key, known[key].name.in_language(language), mood.deed, int(mood.by.total_seconds() // 60))
            for key, mood in now.items()
        ]
        moods = [(each, _texts(language)[f"mood-{each}"]) for each in MOODS]
        return self._page("databases.html", language, rows=rows, moods=moods, here="databases")

    def databases_told(self, language: str, form: Mapping[str, str]) -> Page:
        """Somebody chose what they do from now on; what cannot be is left as it was."""
        for key in self.table.gateway.moods:
            deed, minutes = form.get(f"deed.{key}", ""), form.get(f"minutes.{key}", "")
            with suppress(ValueError):
                self.table.gateway.wish(
                    key, read_mood(f"late {minutes} minutes" if deed == "late" and minutes else deed)
                )
        return Page(goes="/databases")

    def egov(self, language: str, asked: Mapping[str, str]) -> Page:
        """Who of the demo comes in; only for a question of the product."""
        if not is_asked(asked, self.hosts):
            return self._page("egov.html", language, status=400)
        language = asked["lang"] if asked.get("lang") in LANGUAGES else language
        people = [each for place, each in enumerate(groups(_texts(language))) if place != COMPANIES]
        return self._page("egov.html", language, question=urlencode(dict(asked)), people=people)

    def egov_answered(self, language: str, asked: Mapping[str, str]) -> Page:
        """Back to the product, with a code or with a no."""
        if not is_asked(asked, self.hosts):
            return self.egov(language, asked)
        return Page(goes=self.table.idp.answer(asked, asked.get("who", "")))

    def phone_empty(self, language: str, text: str = "", fault: str = "") -> Page:
        """Where the QR's text or a link is put in."""
        if text and not fault:
            return self.phone_opened(language, {"text": text})
        return self._page("phone.html", language, status=400 if fault else 200, fault=fault, text=text)

    def phone_opened(self, language: str, form: Mapping[str, str], fault: str = "") -> Page:
        """What the product offers to sign."""
        text = form.get("text", "")
        try:
            offer = phone.open_offer(text, self.hosts)
        except phone.PhoneError as problem:
            return self.phone_empty(language, text, self._phone_fault(language, problem))
        papers = [(each.name(language), each.meta, each.shown, len(each.content)) for each in offer.documents]
        return self._page(
            "offer.html", language, status=400 if fault else 200, fault=fault, text=text, form=form,
            offer=offer, organisation=offer.organisation(language), papers=papers,
            until=_moment(offer.first.get("expiry_date"), language),
        )  # fmt: skip

    def phone_signed(self, language: str, form: Mapping[str, str]) -> Page:
        """Signed and put back, or cancelled."""
        texts, text = _texts(language), form.get("text", "")
        try:
            wish = _wish(form)
            if wish.deed == "cancel":
                return Page(goes="/phone")
            if form.get("password") != PASSWORD:
                return self.phone_opened(language, form, texts["bad-password"])
            offer = phone.open_offer(text, self.hosts)
            reply = phone.put_back(
                offer, self.table.key(wish), self.table.clock(), self.hosts, wrong=wish.deed == "wrong"
            )
        except BadWish as problem:
            return self.phone_opened(language, form, texts[f"bad-{problem.code}"])
        except phone.PhoneError as problem:
            return self.phone_empty(language, text, self._phone_fault(language, problem))
        return self._page("sent.html", language, reply=reply, text=text)

    def mailbox(self, language: str, to: str = "") -> Page:
        """The letters the product sent, of one address or of all."""
        letters = [
            {"number": each.number, "subject": each.subject, "to": each.to, "language": each.language,
             "when": written_moment(each.at, language)}  # type: ignore[arg-type]
            for each in self.table.mailbox.letters(to)
        ]  # fmt: skip
        return self._page("mailbox.html", language, letters=letters, to=to, here="mailbox")

    def mail(self, language: str, number: str) -> Page:
        """One letter."""
        found = self.table.mailbox.letter(number)
        if found is None:
            return self.mailbox(language)
        when = written_moment(found.at, language)  # type: ignore[arg-type]
        return self._page("mail.html", language, letter=found, when=when, here="mailbox")

    def _phone_fault(self, language: str, problem: phone.PhoneError) -> str:
        return f"{_texts(language)[f'phone-{problem.code}']} {problem.detail}".strip()

    def _page(self, name: str, language: str, *, status: int = 200, **given: Any) -> Page:
        form, begins = given.get("form") or {}, _begins(given.get("asked"))
        context = {
            "t": {key.replace("-", "_"): text for key, text in _texts(language).items()},
            "language": language,
            "languages": LANGUAGES,
            "groups": groups(_texts(language)),
            "chosen": {"state": "valid", "algorithm": "gost", **begins, **form},
            "beside": "" if "who" in begins else _texts(language)["other-named" if begins else "other-any"],
            "states": [(each, _texts(language)[f"state-{each}"]) for each in STATES],
            "roles": [(each, _texts(language)[f"role-{each or 'default'}"]) for each in ROLES],
            "deeds": [(each, _texts(language)[f"deed-{each}"]) for each in MISBEHAVING],
            "names": {each: _texts(language)[f"service-{each}"] for each in SERVICES},
            "now": written_moment(self.table.clock(), language),  # type: ignore[arg-type]
            "password": PASSWORD,
            **given,
        }
        return Page(_engine().get_template(name).render(Context(context, use_l10n=False)), status)


def _moment(said: Any, language: str) -> str:
    """A moment of the API as people write it; as it came where it is none."""
    try:
        return written_moment(datetime.fromisoformat(str(said)), language)  # type: ignore[arg-type]
    except ValueError:
        return str(said or "")


def _wish(form: Mapping[str, str]) -> Wish:
    """The key of the list, unless another number was written."""
    own = form.get("other", "").strip()
    number, _, bin = (own, "", form.get("bin", "")) if own else form.get("who", "").partition(":")
    return read_wish({**form, "number": number, "bin": bin, "role": form.get("role", "") if own else ""})


def _begins(asked: Asked | None) -> dict[str, str]:
    """Whose key the form begins with; a phone is not told whom its offer is for."""
    return begins_with(asked.wanted.iin, asked.wanted.bin) if asked else {}


def _the_one(found: list[Asked], form: Mapping[str, str] | None) -> Asked:
    wanted = (form or {}).get("request")
    return next((each for each in found if str(each.number) == wanted), found[0])


def _papers(asked: Asked) -> list[tuple[int, str]]:
    """Size in bytes, and the beginning as text where it is text."""
    return [(len(each), _readable(each)) for each in asked.contents[:20]]


def _readable(content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return ""
    try:
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        return text[:SHOWN]
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _admits(asked: Asked, language: str) -> list[str]:
    """Which keys the request admits, in words."""
    texts, wanted = _texts(language), asked.wanted
    found = [
        (texts["only-iin"], wanted.iin),
        (texts["only-bin"], wanted.bin),
        (texts["only-serial"], wanted.serial),
    ]
    lines = [f"{name} {value}" for name, value in found if value]
    return [*lines, *([texts["only-standing"]] if wanted.chain is None else [])]


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(HERE / "templates")], autoescape=True)


@cache
def _texts(language: str) -> dict[str, str]:
    table = yaml.safe_load((HERE / "texts.yaml").read_text(encoding="utf-8"))
    return {key: row[language] for key, row in table.items()}
