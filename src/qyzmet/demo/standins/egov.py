"""The part of eGov's sign-in: a code for whoever agrees, a token for the code once, and who it is.

    address = idp.answer(asked, "900205417747")   # where the browser goes back to, with the code; "" says no
    idp.token(form, authorization)                # {"access_token": …}, or None
    idp.person(authorization)                     # {"person": {iin, surname, name, patronymic}}, or None

Any client and secret are taken, the same at both steps; the verifier of PKCE is checked (RFC 7636).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from qyzmet.demo.world import world

__all__ = ["Idp", "is_asked"]

OF_HERE = ("127.0.0.1", "localhost")
MOST = 1_000
"""Codes and tokens kept at once; the oldest go first."""


def is_asked(asked: Mapping[str, str], hosts: tuple[str, ...]) -> bool:
    """Whether this is a question of the product: a code, for an address of its own, with what binds it."""
    whole = all(asked.get(name) for name in ("client_id", "redirect_uri", "state", "code_challenge"))
    back = urlsplit(asked.get("redirect_uri", ""))
    ours = back.scheme in {"http", "https"} and back.hostname in {*hosts, *OF_HERE}
    return whole and ours and asked.get("response_type") == "code"


class Idp:
    """What was agreed to and not yet fetched."""

    def __init__(self) -> None:
        self.codes: dict[str, tuple[dict[str, str], str]] = {}
        self.tokens: dict[str, str] = {}

    def answer(self, asked: Mapping[str, str], iin: str) -> str:
        """The address to go back to; without a person of the demo, eGov says no."""
        said = {"state": asked["state"]}
        if iin in _people():
            said["code"] = secrets.token_urlsafe(24)
            _keep(self.codes, said["code"], (dict(asked), iin))
        else:
            said["error"] = "access_denied"
        return f"{asked['redirect_uri']}?{urlencode(said)}"

    def token(self, form: Mapping[str, str], authorization: str) -> dict[str, Any] | None:
        """A token for a code, its client and its verifier; a code is asked about once."""
        asked, iin = self.codes.pop(form.get("code", ""), ({}, ""))
        made = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
        same = (
            iin
            and form.get("redirect_uri") == asked["redirect_uri"]
            and _client(authorization) == asked["client_id"]
            and hmac.compare_digest(challenge, asked["code_challenge"])
        )
        if not same:
            return None
        given = secrets.token_urlsafe(24)
        _keep(self.tokens, given, iin)
        return {"access_token": given, "token_type": "bearer"}

    def person(self, authorization: str) -> dict[str, Any] | None:
        """Whom the token names."""
        iin = self.tokens.get(authorization.removeprefix("Bearer "), "")
        if not iin:
            return None
        surname, name, patronymic = (*_people()[iin], "", "", "")[:3]
        named = {"iin": iin, "surname": surname, "name": name, "patronymic": patronymic}
        return {"person": named, "organization": None, "type": "individual"}


def _people() -> dict[str, tuple[str, ...]]:
    plan = world()
    return {each.iin: tuple(each.name) for each in (*plan.people, *plan.officials)}


def _client(authorization: str) -> str:
    try:
        said = base64.b64decode(authorization.removeprefix("Basic "), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return said.partition(":")[0]


def _keep(kept: dict[str, Any], key: str, value: Any) -> None:
    kept[key] = value
    while len(kept) > MOST:
        kept.pop(next(iter(kept)), None)
