"""Keys of the demo's authority for tests, and its status service on a free port of this machine.

with answering() as status:
    status.silent = True       # the authority says nothing: signatures stay pending
signed_by(account, content)    # a detached CMS, as a program on the official's machine makes it
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.test import override_settings

from qyzmet.config import clock
from qyzmet.demo.authority import State, authority, for_account
from qyzmet.evidence.fetching import sources_rest
from qyzmet.people.models import Account
from qyzmet.signatures import sign_cms

__all__ = ["Status", "answering", "signed_by"]


class Status:
    """The status service of the demo's authority; `silent`: it hangs up."""

    silent = False


@contextmanager
def answering() -> Iterator[Status]:
    """The service runs, and the deployment asks it."""
    status = Status()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            if status.silent:
                return
            said = authority().answer_ocsp(asked, clock.now())
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}/ocsp"
    try:
        with override_settings(
            QYZMET_OCSP=(address,), QYZMET_CRL=(), QYZMET_TSA="", QYZMET_STAND_IN="", QYZMET_MGOV=""
        ):
            sources_rest.forget()
            yield status
    finally:
        sources_rest.forget()
        server.shutdown()
        server.server_close()
        thread.join()


def signed_by(account: Account, content: bytes, *, state: State = "valid") -> bytes:
    """A signature of this person over the content, claimed now."""
    now = clock.now()
    return sign_cms(content, [for_account(account, now, state=state)], at=now)
