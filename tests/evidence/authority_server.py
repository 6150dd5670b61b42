"""The sources of a certification authority as a small real HTTP server: /ocsp, /crl, /delta, /tsp.

with authority_server(town) as server:
    settings.QYZMET_OCSP = (server.at("/ocsp"),)
    server.revoked[serial] = moment
    server.mood["/ocsp"] = "silent"
    server.asked  # the paths, in order
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from asn1crypto import ocsp

from qyzmet.signatures.authority import (
    Revoked,
    Validity,
    answer_ocsp,
    answer_stamp_request,
    make_crl,
)
from tests.signatures.town import MONDAY, Town

DAY = timedelta(days=1)


@dataclass
class AuthorityServer:
    """What the sources know and how they behave. `mood` by path: silent, slow, drip, error, redirect, rubbish,
    forged, replayed or huge; anything else answers well."""

    town: Town
    port: int
    now: datetime = MONDAY
    revoked: dict[int, datetime] = field(default_factory=dict)
    mood: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    number: int = 1
    in_delta: dict[int, datetime] = field(default_factory=dict)
    rest: threading.Event = field(default_factory=threading.Event)

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, path: str, body: bytes) -> bytes:
        """What a source in good order says."""
        if path == "/ocsp":
            return self._status(body)
        if path == "/crl":
            return self._list(self.revoked)
        if path == "/delta":
            return self._list(self.in_delta, base=self.number)
        return answer_stamp_request(self.town.time_stamper, body, self.now)

    def _list(self, revoked: dict[int, datetime], base: int | None = None) -> bytes:
        forged = self.mood.get("/crl") == "forged"
        return make_crl(
            self.town.authority,
            [Revoked(serial, at) for serial, at in revoked.items()],
            Validity(self.now, self.now + DAY),
            number=self.number + (base is not None),
            base=base,
            signer=self.town.new_key() if forged else None,
        )

    def _status(self, body: bytes) -> bytes:
        asked = ocsp.OCSPRequest.load(body)["tbs_request"]
        serial = asked["request_list"][0]["req_cert"]["serial_number"].native
        nonce = next(e["extn_value"].parsed.native for e in asked["request_extensions"])
        if self.mood.get("/ocsp") == "replayed":
            nonce = b"another question"
        at = self.revoked.get(serial)
        status = "revoked" if at is not None and at <= self.now else "good"
        named: Any = type("Named", (), {"serial": serial})
        return answer_ocsp(
            self.town.responder, self.town.authority, named, status, self.now, revoked_at=at, nonce=nonce
        )


class _Handler(BaseHTTPRequestHandler):
    sources: AuthorityServer

    def do_GET(self) -> None:
        self._reply(b"")

    def do_POST(self) -> None:
        self._reply(self.rfile.read(int(self.headers["Content-Length"])))

    def _reply(self, body: bytes) -> None:
        path, sources = self.path, self.sources
        sources.asked.append(path)
        mood = sources.mood.get(path, "")
        if mood == "silent":
            return  # the connection ends without a word
        if mood == "slow":
            sources.rest.wait(30)
            return
        if mood == "drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Words: ")
            for _ in range(100):
                self.wfile.write(b"and ")
                sources.rest.wait(0.05)
            self.wfile.write(b"so on\r\nContent-Length: 4\r\n\r\ndone")
            return
        if mood == "redirect":
            self.send_response(302)
            self.send_header("Location", sources.at("/elsewhere"))
            self.end_headers()
            return
        said = {"rubbish": b"<html>maintenance</html>", "huge": b"0" * (3 << 20), "error": b""}.get(mood)
        said = said if said is not None else sources.answer(path, body)
        self.send_response(500 if mood == "error" else 200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def authority_server(town: Town) -> Iterator[AuthorityServer]:
    """The sources of this town's authority, on a free port."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    sources = handler.sources = AuthorityServer(town, server.server_address[1])  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield sources
    finally:
        sources.rest.set()
        server.shutdown()
        server.server_close()
        thread.join()


def trust_folder(town: Town, folder: Path) -> Path:
    """The town's root and authority as a deployment's folder of trust."""
    folder.mkdir(exist_ok=True)
    (folder / "root.cer").write_bytes(town.root.certificate.der)
    (folder / "authority.cer").write_bytes(town.authority.certificate.der)
    return folder
