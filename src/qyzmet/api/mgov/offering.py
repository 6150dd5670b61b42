"""What the phone is told: the request (API №1) and its documents (API №2)."""

from __future__ import annotations

import base64
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from qyzmet import evidence
from qyzmet.api.mgov.drawing import address_of
from qyzmet.clock import ALMATY

__all__ = ["METHOD", "documents_of", "secret_of", "told"]

METHOD = "CMS_SIGN_ONLY"
VERSION = 1
MIME = "@file/json"
LANGUAGES = {"nameKz": "kk", "nameRu": "ru", "nameEn": "en"}
DIGEST = "SHA-256"


def told(row: Any) -> dict[str, Any]:
    """API №1: who asks for what until when, and where the documents are."""
    return {
        "description": _description(row),
        "expiry_date": row.expires_at.astimezone(ALMATY).isoformat(timespec="seconds"),
        "organisation": _organisation(),
        "document": {
            "uri": address_of("mgov-documents", row),
            "auth_type": "Token",
            "auth_token": secret_of(row),
        },
    }


def documents_of(row: Any) -> dict[str, Any]:
    """API №2: the bytes to sign, numbered from 1 in the order of the request."""
    return {
        "signMethod": METHOD,
        "version": VERSION,
        "documentsToSign": [_document(row, number, item) for number, item in enumerate(row.items, 1)],
    }


def secret_of(row: Any) -> str:
    """The token of API №2, told by API №1 and spent once the signatures are taken."""
    return salted_hmac("qyzmet.api.mgov", row.token, algorithm="sha256").hexdigest()


def _document(row: Any, number: int, item: dict[str, Any]) -> dict[str, Any]:
    content = evidence.content_of(row, item["id"])
    return {
        "id": number,
        **{key: _said(item["name"], language) for key, language in LANGUAGES.items()},
        "meta": [{"name": DIGEST, "value": item["prepared"]}],
        "document": {"file": {"mime": MIME, "data": base64.b64encode(content).decode()}},
    }


def _description(row: Any) -> str:
    """In Kazakh and Russian: the service has one field for it."""
    name = row.items[0]["name"]
    found = " / ".join(dict.fromkeys(filter(None, (_said(name, "kk"), _said(name, "ru")))))
    more = len(row.items) - 1
    return f"{found} (+{more})" if more else found


def _organisation() -> dict[str, str]:
    """Whose system asks: the holder of the seal."""
    try:
        subject = evidence.system_key().certificate.subject
    except evidence.NoSealKey:
        return {**dict.fromkeys(LANGUAGES, settings.QYZMET_ADDRESS), "bin": ""}
    return {**dict.fromkeys(LANGUAGES, subject.organisation or subject.name), "bin": subject.bin}


def _said(words: dict[str, str], language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")
