"""eGov Mobile: what a phone does with a QR code of «mgovSign».

It reads the address from `mobileSign:<address>` or from a link for the same phone, asks it what is to be
signed (API №1), takes the documents (API №2, GET), and puts them back signed (API №2, PUT).
"""

from __future__ import annotations

import base64
import binascii
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from qyzmet.demo.standins import signing
from qyzmet.signatures import SigningKey

__all__ = ["Document", "Offer", "PhoneError", "Reply", "address_in", "open_offer", "put_back"]

TIMEOUT = 20.0
LARGEST = 64 << 20
HERE = {"localhost", "127.0.0.1"}
MARK = "mobileSign:"


class PhoneError(Exception):
    """The phone cannot go on; `code` names the sentence, `detail` what the product said."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class Document:
    """One document as API №2 offers it, `raw` its JSON."""

    raw: Mapping[str, Any]
    method: str
    content: bytes

    def name(self, language: str) -> str:
        """Its name; the API calls Kazakh Kz."""
        key = {"kk": "nameKz", "ru": "nameRu", "en": "nameEn"}[language]
        return str(self.raw.get(key) or self.raw.get("nameRu") or self.raw.get("id"))

    @property
    def meta(self) -> list[tuple[str, str]]:
        """What the product says about it."""
        rows = self.raw.get("meta") or []
        return [
            (str(row.get("name", "")), str(row.get("value", ""))) for row in rows if isinstance(row, dict)
        ]

    @property
    def shown(self) -> str:
        """The content as text, as far as it is text; empty for other kinds."""
        try:
            return self.content[:20_000].decode()
        except UnicodeDecodeError:
            return ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything the phone read. `first` and `second` are the answers of both APIs."""

    address: str
    first: Mapping[str, Any]
    second: Mapping[str, Any]
    documents: tuple[Document, ...]

    def organisation(self, language: str) -> str:
        """Who asks."""
        found = self.first.get("organisation")
        key = {"kk": "nameKz", "ru": "nameRu", "en": "nameEn"}[language]
        return str(found.get(key) or "") if isinstance(found, dict) else ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the product answered to the signed documents."""

    status: int
    body: Mapping[str, Any]

    @property
    def taken(self) -> bool:
        """Whether it took them."""
        return 200 <= self.status < 300


def address_in(text: str) -> str:
    """The address of API №1 in a QR text or a link. Raises PhoneError `no-address`."""
    said = text.strip()
    if not said.startswith(MARK):
        linked = parse_qs(urlsplit(said).query).get("link", [""])[0]
        said = linked.removesuffix("?mgovSign") or said
    address = said.removeprefix(MARK).strip()
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise PhoneError("no-address")
    return address


def open_offer(text: str, hosts: tuple[str, ...]) -> Offer:
    """What the product offers to sign. `hosts` are those the phone may talk to besides this machine.

    Raises PhoneError: `no-address`, `other-host`, `silent`, `refused`, `unreadable`, `other-login`.
    """
    address = address_in(text)
    first = _json(_asked(address, hosts))
    document = first.get("document")
    if not isinstance(document, dict) or not isinstance(document.get("uri"), str):
        raise PhoneError("unreadable", "document.uri")
    if document.get("auth_type", "None") not in {"None", "Token"}:
        raise PhoneError("other-login", str(document.get("auth_type")))
    second = _json(_asked(str(document["uri"]), hosts, token=_token(document)))
    rows = second.get("documentsToSign")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise PhoneError("unreadable", "documentsToSign")
    return Offer(address, first, second, tuple(_document(row, second) for row in rows))


def put_back(
    offer: Offer, key: SigningKey, now: datetime, hosts: tuple[str, ...], *, wrong: bool = False
) -> Reply:
    """Sign every document and put all of them back; `wrong` signs other bytes. Raises PhoneError."""
    rows = [_signed(each, key, now, wrong=wrong) for each in offer.documents]
    body = json.dumps({**offer.second, "documentsToSign": rows}, ensure_ascii=False).encode()
    target = offer.first["document"]
    try:
        answer = _asked(str(target["uri"]), hosts, token=_token(target), body=body)
    except _Refused as problem:
        return Reply(problem.status, _maybe_json(problem.body))
    return Reply(200, _maybe_json(answer))


def _document(row: Mapping[str, Any], whole: Mapping[str, Any]) -> Document:
    method = str(row.get("signMethod") if whole.get("signMethod") == "MIX_SIGN" else whole.get("signMethod"))
    if method == "XML":
        return Document(row, method, str(row.get("documentXml", "")).encode())
    try:
        return Document(row, method, base64.b64decode(row["document"]["file"]["data"], validate=True))
    except (KeyError, TypeError, binascii.Error) as problem:
        raise PhoneError("unreadable", "document.file.data") from problem


def _signed(document: Document, key: SigningKey, now: datetime, *, wrong: bool) -> dict[str, Any]:
    content = signing.altered(document.content) if wrong else document.content
    if document.method == "XML":
        return {**document.raw, "documentXml": signing.xml(document.content.decode(), key)}
    if document.method not in {"CMS_WITH_DATA", "CMS_SIGN_ONLY"}:
        raise PhoneError("other-method", document.method)
    made = signing.cms(content, key, now, attached=document.method == "CMS_WITH_DATA")
    file = {**document.raw["document"]["file"], "data": base64.b64encode(made).decode()}
    return {**document.raw, "document": {**document.raw["document"], "file": file}}


class _Refused(PhoneError):
    def __init__(self, status: int, body: bytes) -> None:
        super().__init__("refused", _said(status, body))
        self.status, self.body = status, body


def _said(status: int, body: bytes) -> str:
    found = _maybe_json(body)
    return f"{status} {found.get('detail') or found.get('title') or ''}".strip()


def _asked(address: str, hosts: tuple[str, ...], *, token: str = "", body: bytes | None = None) -> bytes:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or (parts.hostname or "") not in {*HERE, *hosts}:
        raise PhoneError("other-host", parts.hostname or address[:80])
    headers = {"Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    if body is not None:
        headers["Content-Type"] = "application/json"
    method = "GET" if body is None else "PUT"
    request = urllib.request.Request(address, data=body, headers=headers, method=method)  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            found: bytes = answer.read(LARGEST)
    except urllib.error.HTTPError as problem:
        raise _Refused(problem.code, problem.read(1 << 20)) from problem
    except (OSError, ValueError) as problem:
        raise PhoneError("silent", str(problem)) from problem
    return found


def _token(document: Mapping[str, Any]) -> str:
    return str(document.get("auth_token") or "") if document.get("auth_type") == "Token" else ""


def _json(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except ValueError as problem:
        raise PhoneError("unreadable", "JSON") from problem
    if not isinstance(found, dict):
        raise PhoneError("unreadable", "JSON")
    return found


def _maybe_json(data: bytes) -> dict[str, Any]:
    """The body where it is an object; a product may answer with nothing."""
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
