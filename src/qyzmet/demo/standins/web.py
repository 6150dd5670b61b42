"""The stand-in's HTTP side: pages for a person, services for programs, `/control` for tests."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from qyzmet.demo.standins import control
from qyzmet.demo.standins.gateway import GatewayFault, GatewaySilent
from qyzmet.demo.standins.pages import Page, Pages, look
from qyzmet.demo.standins.services import ServiceSilent
from qyzmet.demo.standins.table import Table
from qyzmet.gateway.statedata import soap
from qyzmet.signatures import SignatureError

__all__ = ["WebServer"]

LARGEST = 4 << 20
OWN_NAMES = {"127.0.0.1", "localhost"}
COOKIE = "language"
CSS = "text/css; charset=utf-8"
FILES = {"/qyzmet.css": CSS, "/stand-ins.css": CSS, "/mark.svg": "image/svg+xml"}


class WebServer(ThreadingHTTPServer):
    """One table, its pages and services."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], table: Table, product: tuple[str, ...]) -> None:
        self.table, self.pages = table, Pages(table, product)
        super().__init__(address, Handler)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server_version = "qyzmet-stand-ins"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    @property
    def table(self) -> Table:
        """The table of the server."""
        return cast("WebServer", self.server).table

    @property
    def pages(self) -> Pages:
        """The pages of the server."""
        return cast("WebServer", self.server).pages

    def do_GET(self) -> None:
        """A page, a list, an OCSP answer of a question in the address, the state."""
        path = urlsplit(self.path)
        query = dict(parse_qsl(path.query))
        if not self._is_for_us():
            return
        if "language" in query:
            self._choose_language(path.path, query["language"])
        elif path.path.startswith("/ocsp/"):
            self._serve(lambda: self._ocsp_in_address(path.path))
        elif path.path in {"/crl/gost.crl", "/crl/rsa.crl"}:
            self._serve(lambda: ("application/pkix-crl", self._list(path.path)))
        elif path.path in FILES:
            self._send(HTTPStatus.OK, FILES[path.path], look(path.path.lstrip("/")))
        elif path.path == "/control":
            self._send_json(HTTPStatus.OK, control.state(self.table))
        elif path.path == "/egov/person":
            self._egov(self.table.idp.person(self.headers.get("Authorization", "")))
        elif path.path.startswith("/mailbox/"):
            self._send_page(self.pages.mail(self._language(), path.path.removeprefix("/mailbox/")))
        else:
            self._opened(path.path, query)

    def _opened(self, path: str, query: dict[str, str]) -> None:
        """A page for a person."""
        pages, language = self.pages, self._language()
        opened: dict[str, Callable[[], Page]] = {
            "/": lambda: pages.waiting(language),
            "/databases": lambda: pages.databases(language),
            "/mailbox": lambda: pages.mailbox(language, query.get("to", "")),
            "/egov": lambda: pages.egov(language, query),
            "/egov/answer": lambda: pages.egov_answered(language, query),
            "/phone": lambda: pages.phone_empty(language, query.get("open", "")),
        }
        if path not in opened:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"Not found\n")
            return
        self._send_page(opened[path]())

    def do_POST(self) -> None:
        """What a person pressed, a question for a service, an order from a test."""
        path = urlsplit(self.path).path
        body = self._body()
        if body is None or not self._is_for_us():
            return
        services = self.table.services
        if path == "/ocsp":
            self._serve(lambda: ("application/ocsp-response", services.ocsp(body, self.table.clock())))
        elif path == "/tsp":
            self._serve(lambda: ("application/timestamp-reply", services.stamp(body, self.table.clock())))
        elif path == "/shep":
            self._gateway(body)
        elif path == "/egov/token":
            form = dict(parse_qsl(body.decode("utf-8", "replace")))
            self._egov(self.table.idp.token(form, self.headers.get("Authorization", "")))
        elif path == "/control":
            self._control(body)
        else:
            self._pressed(path, body)

    def _pressed(self, path: str, body: bytes) -> None:
        pressed: dict[str, Callable[[str, dict[str, str]], Page]] = {
            "/answer": self.pages.answer,
            "/services": self.pages.services,
            "/databases": self.pages.databases_told,
            "/phone": self.pages.phone_opened,
            "/phone/sign": self.pages.phone_signed,
        }
        if path not in pressed:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"Not found\n")
            return
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        if "silent" in form:
            form["silent"] = " ".join(value for name, value in parse_qsl(body.decode()) if name == "silent")
        self._send_page(pressed[path](self._language(), form))

    def _control(self, body: bytes) -> None:
        try:
            said = control.obey(self.table, json.loads(body or b"{}"))
        except (ValueError, TypeError) as problem:
            self._send_json(HTTPStatus.BAD_REQUEST, {"title": str(problem)})
            return
        self._send_json(HTTPStatus.OK, said)

    def _egov(self, said: dict[str, Any] | None) -> None:
        status = HTTPStatus.OK if said else HTTPStatus.UNAUTHORIZED
        self._send_json(status, said or {"error": "invalid_grant"})

    def _gateway(self, body: bytes) -> None:
        """A question to a state database; a silent one drops the connection, a fault is HTTP 500."""
        kind = "text/xml; charset=utf-8"
        try:
            said = self.table.gateway.answer(body, self.table.clock())
        except GatewaySilent:
            self.close_connection = True
            return
        except GatewayFault as problem:
            code, _, words = str(problem).partition(": ")
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, kind, soap.fault(code, words))
            return
        self._send(HTTPStatus.OK, kind, said)

    def _serve(self, answer: Callable[[], tuple[str, bytes]]) -> None:
        """A service's answer; a silent one drops the connection."""
        try:
            kind, data = answer()
        except ServiceSilent:
            self.close_connection = True
            return
        except (SignatureError, binascii.Error) as problem:
            self._send(HTTPStatus.BAD_REQUEST, "text/plain; charset=utf-8", f"{problem}\n".encode())
            return
        self._send(HTTPStatus.OK, kind, data)

    def _list(self, path: str) -> bytes:
        return self.table.services.crl("gost" if path == "/crl/gost.crl" else "rsa", self.table.clock())

    def _ocsp_in_address(self, path: str) -> tuple[str, bytes]:
        question = base64.b64decode(unquote(path.removeprefix("/ocsp/")), validate=True)
        return "application/ocsp-response", self.table.services.ocsp(question, self.table.clock())

    def _is_for_us(self) -> bool:
        """Only this machine's own pages and programs: no other site's form, no other name for us."""
        host = urlsplit(f"//{self.headers.get('Host') or '127.0.0.1'}").hostname
        origin = self.headers.get("Origin")
        if host in OWN_NAMES and (origin is None or urlsplit(origin).hostname in OWN_NAMES):
            return True
        self._send(HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", b"Only for this machine\n")
        return False

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length") or "0"
        if not length.isdecimal() or int(length) > LARGEST:
            self.close_connection = True
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "text/plain; charset=utf-8", b"Too much\n")
            return None
        return self.rfile.read(int(length))

    def _language(self) -> str:
        pairs = (each.strip().partition("=") for each in (self.headers.get("Cookie") or "").split(";"))
        chosen = {name: value for name, _, value in pairs}.get(COOKIE, "")
        return chosen if chosen in {"kk", "ru", "en"} else "kk"

    def _choose_language(self, path: str, language: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", path if path in {"/", "/phone", "/mailbox", "/databases"} else "/")
        if language in {"kk", "ru", "en"}:
            self.send_header("Set-Cookie", f"{COOKIE}={language}; SameSite=Lax; Path=/; HttpOnly")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_page(self, page: Page) -> None:
        if page.goes:
            self.send_response(HTTPStatus.SEE_OTHER)
            self.send_header("Location", page.goes)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._send(HTTPStatus(page.status), "text/html; charset=utf-8", page.html.encode())

    def _send_json(self, status: HTTPStatus, body: dict[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(body, ensure_ascii=False).encode())

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header(
            "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; form-action 'self'"
        )
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Requests of a demo are not logged."""
