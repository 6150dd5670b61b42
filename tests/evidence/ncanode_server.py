"""NCANode as a small real HTTP server: it judges by the town's authority and speaks NCANode's JSON.

It has NCANode's habits too: it judges by today (`now`), leaves time stamps unchecked, overlooks a content beside
an attached signature, names the patronymic `lastName`, and says nothing of whose arithmetic was wrong.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from qyzmet.signatures import SignatureError, Signer, Trust, Verdict, digest, read_cms, verify_cms
from qyzmet.signatures.authority import Revoked
from tests.signatures.town import MONDAY, Town

USERS = {"individual": "INDIVIDUAL", "organisation": "ORGANIZATION", "head": "CEO", "employee": "EMPLOYEE"}


@dataclass
class NcanodeServer:
    """`mood`: silent, drip, error, unavailable, rubbish, list, huge, stranger, nobody; else it answers well.

    `down` are sources of revocation it cannot reach.
    """

    town: Town
    port: int
    now: datetime = MONDAY
    mood: str = ""
    revoked: dict[int, datetime] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    asked: list[dict[str, Any]] = field(default_factory=list)
    rest: threading.Event = field(default_factory=threading.Event)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def trust(self, sources: list[str]) -> Trust:
        """The town's, and its list unless every source that was asked for is out of reach."""
        if sources and set(sources) <= self.down:
            return self.town.roots
        entries = [Revoked(serial, at) for serial, at in self.revoked.items()] if sources else []
        return self.town.roots.with_more((), [self.town.crl(*entries)])

    def answer(self, question: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The status and the body for `/cms/verify`."""
        self.asked.append(question)
        data = base64.b64decode(question["cms"])
        try:
            message = read_cms(data)
            given = question.get("data") if message.content is None else None
            content = base64.b64decode(given) if given else message.content or b""
            digests = {name: digest(name, content) for name in message.digest_names}
            sources = question["revocationCheck"]
            verdict = verify_cms(data, at=self.now, trust=self.trust(sources), content=digests)
        except SignatureError as problem:
            return 400, {"status": 400, "message": str(problem)}
        if any(each.check == "content" for each in verdict.failed):
            return 400, {
                "status": 400,
                "message": "message-digest attribute value does not match calculated value",
            }
        signers = [self.signer(verdict, number, sources) for number in range(len(verdict.signers))]
        return 200, {"status": 200, "message": "OK", "valid": verdict.valid, "signers": signers}

    def signer(self, verdict: Verdict, number: int, sources: list[str]) -> dict[str, Any]:
        signer = verdict.signers[number]
        if self.mood == "nobody":
            return {"certificates": [], "tsp": None}
        failed = {each.check for each in verdict.checks if each.passed is not True and each.signer == number}
        serial = "5" + signer.serial if self.mood == "stranger" else signer.serial
        row = {
            "valid": not failed & {"chain", "validity", "revocation"},
            "revocations": [self.revocation(signer, source) for source in sources],
            "notBefore": "2026-01-01T00:00:00.000+00:00", "notAfter": "2027-01-01T00:00:00.000+00:00",
            "keyUsage": "SIGN", "serialNumber": serial, "signAlg": signer.algorithm,
            "keyUser": [USERS[role] for role in signer.roles],
            "subject": {"commonName": "АХМЕТОВ АСАН", "lastName": "СЕРІКҰЛЫ", "surName": "АХМЕТОВ", "iin": signer.iin,
                        "gender": "MALE", "country": "KZ"},
        }  # fmt: skip
        return {"certificates": [row], "tsp": None}

    def revocation(self, signer: Signer, source: str) -> dict[str, Any]:
        at = self.revoked.get(int(signer.serial, 16))
        told = at is not None and source not in self.down
        when = at.isoformat() if at and told else None
        return {
            "revoked": told,
            "by": source,
            "revocationTime": when,
            "reason": "unspecified" if told else None,
        }


class Handler(BaseHTTPRequestHandler):
    fake: NcanodeServer

    def do_POST(self) -> None:
        fake = self.fake
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if fake.mood == "silent":
            fake.rest.wait(10)
            return
        if self.path != "/cms/verify":
            self.say(404, b"{}")
        elif fake.mood == "error":
            self.say(500, b'{"status": 500, "message": "kz.gov.pki.kalkan.jce.X"}')
        elif fake.mood == "unavailable":
            self.say(503, b"<html>Bad gateway</html>")
        elif fake.mood in {"rubbish", "list", "huge", "empty"}:
            said = {
                "rubbish": b"\0\1\2",
                "list": b"[1, 2]",
                "huge": b'"' + b"x" * (2 << 20) + b'"',
                "empty": b"{}",
            }
            self.say(200, said[fake.mood])
        elif fake.mood == "drip":
            self.drip()
        else:
            status, answer = fake.answer(json.loads(body))
            self.say(status, json.dumps(answer).encode())

    def say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """A byte now and then, for ever."""
        self.send_response(200)
        self.end_headers()
        for _ in range(200):
            self.wfile.write(b" ")
            self.wfile.flush()
            if self.fake.rest.wait(0.05):
                return

    def log_message(self, *_: Any) -> None:
        """Nothing is written to the terminal."""


@contextmanager
def ncanode_server(town: Town) -> Iterator[NcanodeServer]:
    """NCANode, running until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake = NcanodeServer(town, server.server_port)
    server.RequestHandlerClass = type("Bound", (Handler,), {"fake": fake})
    thread = threading.Thread(target=server.serve_forever, args=(timedelta(milliseconds=20).total_seconds(),))
    thread.start()
    try:
        yield fake
    finally:
        fake.rest.set()
        server.shutdown()
        server.server_close()
        thread.join()
