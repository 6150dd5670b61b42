"""eGov as a source of identity: OAuth2, the code flow, with state and PKCE (RFC 6749, RFC 7636).

    address, kept = begin(back, "kk")              # `kept` stays in the session
    person = finish(kept, posted state, code, back)  # or EgovRefused

The state binds the answer to the browser that asked, the verifier the code to this server's question.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import secrets
import urllib.request
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.utils.crypto import constant_time_compare

from qyzmet.evidence.bell import hanging_up_after, opener

__all__ = ["EgovRefused", "Person", "begin", "finish"]

log = structlog.get_logger("qyzmet.portal")
SCOPE = "user:basic:read"
WITHIN = 10.0
LARGEST = 1 << 20


class EgovRefused(Exception):
    """Nobody came in. `code`: state (not asked here), denied (said no), silent (gave no usable answer)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Person(NamedTuple):
    """Whom eGov names."""

    iin: str
    surname: str
    given_name: str
    patronymic: str


# A code and a secret go to the address in the settings, and nowhere else.
_opener = opener()


def begin(back: str, language: str) -> tuple[str, dict[str, str]]:
    """Where the browser is sent, and what its session keeps."""
    kept = {"state": secrets.token_urlsafe(32), "verifier": secrets.token_urlsafe(48)}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(kept["verifier"].encode()).digest()).rstrip(b"=")
    asked = {
        "response_type": "code",
        "client_id": settings.QYZMET_EGOV.client,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": kept["state"],
        "lang": language,
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
    }
    return f"{settings.QYZMET_EGOV.authorize}?{urlencode(asked)}", kept


def finish(kept: Mapping[str, str] | None, answer: Mapping[str, str], back: str) -> Person:
    """The person behind the code. Raises EgovRefused."""
    if not kept or not constant_time_compare(kept["state"], answer.get("state", "")):
        raise EgovRefused("state")
    if answer.get("error") or not answer.get("code"):
        raise EgovRefused("denied")
    egov = settings.QYZMET_EGOV
    sent = {
        "grant_type": "authorization_code",
        "code": answer["code"][:2000],
        "redirect_uri": back,
        "client_id": egov.client,
        "code_verifier": kept["verifier"],
    }
    basic = base64.b64encode(f"{egov.client}:{egov.secret}".encode()).decode()
    given = _asked(egov.token, urlencode(sent).encode(), {"Authorization": f"Basic {basic}"})
    said = _asked(egov.person, None, {"Authorization": f"Bearer {_text(given, 'access_token')}"})
    person = said.get("person")
    if not isinstance(person, dict):
        raise EgovRefused("silent")
    names = (str(person.get(each) or "") for each in ("surname", "name", "patronymic"))
    return Person(_text(person, "iin"), *names)


def _asked(address: str, body: bytes | None, headers: dict[str, str]) -> dict[str, Any]:
    request = urllib.request.Request(address, data=body, headers=headers)  # noqa: S310 - checked in the settings
    try:
        with hanging_up_after(WITHIN), _opener.open(request, timeout=WITHIN) as answer:
            said = json.loads(answer.read(LARGEST))
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as problem:
        log.warning("egov.silent", address=address, why=f"{type(problem).__name__}: {problem}")
        raise EgovRefused("silent") from problem
    if not isinstance(said, dict):
        raise EgovRefused("silent")
    return said


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value or not value.isprintable():
        raise EgovRefused("silent")
    return value
