"""Signing in by eGov, against a small server that plays its part."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from qyzmet.config.egov import Egov, read_egov
from qyzmet.people.models import Account
from qyzmet.portal.accounts import egov
from tests.portal.accounts.conftest import AIGUL, is_in

SECRET = base64.b64encode(b"qyzmet:word").decode()


class Idp:
    """Gives a code to whoever asks, and a token for it once, to who knows the secret and the verifier."""

    def __init__(self) -> None:
        self.person: Any = {"iin": AIGUL, "surname": "Ысқақова", "name": "Әлия", "patronymic": "Болатқызы"}
        self.codes: dict[str, dict[str, str]] = {}
        self.drips = False

    def agree(self, address: str) -> dict[str, str]:
        """The person agrees; what the browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, said: dict[str, str], basic: str) -> dict[str, Any] | None:
        asked = self.codes.pop(said["code"], None)
        made = (
            base64.urlsafe_b64encode(hashlib.sha256(said["code_verifier"].encode()).digest())
            .rstrip(b"=")
            .decode()
        )
        known = asked and basic == f"Basic {SECRET}" and asked["code_challenge"] == made
        return {"access_token": "T"} if known and asked["redirect_uri"] == said["redirect_uri"] else None


@pytest.fixture
def idp(noon: datetime, settings: Settings) -> Iterator[Idp]:
    made = Idp()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said = {name: values[0] for name, values in parse_qs(body).items()}
            self.give(made.token(said, self.headers["Authorization"]))

        def do_GET(self) -> None:
            self.give({"person": made.person} if self.headers["Authorization"] == "Bearer T" else None)

        def give(self, said: Any) -> None:
            self.send_response(200 if said else 401)
            self.end_headers()
            while made.drips:
                try:
                    self.wfile.write(b" ")
                except ConnectionError:
                    return  # it was hung up on
                time.sleep(0.02)
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    root = f"http://127.0.0.1:{server.server_address[1]}"
    settings.QYZMET_EGOV = Egov("qyzmet", "word", f"{root}/authorize", f"{root}/token", f"{root}/basic")
    yield made
    server.shutdown()
    server.server_close()


def start(visitor: Client, **more: str) -> str:
    return str(visitor.get("/sign-in/egov", more)["Location"])


def test_one_comes_in_by_egov_with_a_confirmed_account(idp: Idp) -> None:
    visitor = Client()
    answer = visitor.get("/sign-in/egov/back", idp.agree(start(visitor, next="/account")))
    assert answer["Location"] == "/account"
    row = Account.objects.get()
    assert (row.number, row.full_name, row.confirmed_by) == (AIGUL, "Ысқақова Әлия Болатқызы", "egov")
    assert is_in(visitor)


def test_an_answer_nobody_here_asked_for_is_not_taken(idp: Idp) -> None:
    asker, victim = Client(), Client()
    brought = idp.agree(start(asker))
    start(victim)
    for forged in (brought, brought | {"state": ""}, {"code": brought["code"]}, brought | {"state": "é"}):
        assert victim.get("/sign-in/egov/back", forged)["Location"] == "/sign-in"
        assert not is_in(victim)
    assert asker.get("/sign-in/egov/back", brought)["Location"] == "/cabinet"
    asker.post("/sign-out")
    assert asker.get("/sign-in/egov/back", brought)["Location"] == "/sign-in"
    assert not is_in(asker)


@pytest.mark.parametrize(
    "person", [None, [], {"iin": 5}, {"iin": "1"}, {"iin": "900205417748"}, {"iin": AIGUL + "\n"}]
)
def test_an_answer_that_names_nobody_lets_nobody_in(idp: Idp, person: Any) -> None:
    idp.person = person
    visitor = Client()
    assert visitor.get("/sign-in/egov/back", idp.agree(start(visitor)))["Location"] == "/sign-in"
    assert not Account.objects.exists()


def test_an_answer_that_comes_a_letter_at_a_time_is_cut_off(
    idp: Idp, monkeypatch: pytest.MonkeyPatch
) -> None:
    idp.drips = True
    monkeypatch.setattr(egov, "WITHIN", 0.3)
    visitor = Client()
    assert visitor.get("/sign-in/egov/back", idp.agree(start(visitor)))["Location"] == "/sign-in"
    assert not is_in(visitor)


def test_a_code_of_another_question_is_refused_by_its_verifier(idp: Idp) -> None:
    visitor, other = Client(), Client()
    mine, stolen = idp.agree(start(visitor)), idp.agree(start(other))
    answer = visitor.get("/sign-in/egov/back", {"state": mine["state"], "code": stolen["code"]})
    assert answer["Location"] == "/sign-in"


def test_without_a_client_it_is_not_offered(noon: datetime) -> None:
    assert "/sign-in/egov" not in Client().get("/sign-in").content.decode()
    assert Client().get("/sign-in/egov").status_code == Client().get("/sign-in/egov/back").status_code == 404


def test_production_asks_over_https_with_a_secret() -> None:
    assert not read_egov(True, {}).offered
    with pytest.raises(ImproperlyConfigured, match="SECRET"):
        read_egov(True, {"QYZMET_EGOV_CLIENT": "q"})
    with pytest.raises(ImproperlyConfigured, match="https"):
        read_egov(
            True,
            {
                "QYZMET_EGOV_CLIENT": "q",
                "QYZMET_EGOV_SECRET": "s",
                "QYZMET_EGOV_TOKEN": "http://idp.example/token",
            },
        )
