"""A signed application over HTTP to the running product, under several clients at once.

Each request brings a signature of GOST 34.10-2015-512 over an application that stands ready. The product reads it,
judges it (chain, list of revoked ones at hand, who had to sign), checks the application and commits it with its
journal, task, deadline and outbox; the answer leads to the receipt, which the worker prints. Web processes, threads
and database are those of `qyzmet run`; the clients run on the same machine.

Open Zaak publishes 24 unsigned cases a second on ten processors; nothing like it runs here.
"""

from __future__ import annotations

import base64
import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlencode

from bench import alone, throwaway
from bench.harness import Row

CLIENTS = 8
CLOCK = "2019-06-03T10:00"
PORT = 8397


def rows(size: str) -> list[Row]:
    return alone.rows_of("signed_filing", size)


def measure(size: str) -> list[Row]:
    folder = throwaway.ready()
    count = 2000 if size == "full" else 400
    cookie, asked = _prepared(count + CLIENTS * 5)
    trust = Path(folder) / "lists"
    with _product(trust):
        _fired(cookie, asked[count:])
        begin = time.perf_counter()
        taken = _fired(cookie, asked[:count])
        rate = count / (time.perf_counter() - begin)
    p99 = statistics.quantiles(taken, n=100)[-1] * 1e3
    median = statistics.median(taken) * 1e3
    ours = f"{rate:.0f}/s, median {median:.0f} ms, p99 {p99:.0f}"
    return [
        Row(f"signed filing over HTTP, {CLIENTS} clients", ours, "24/s (published)", f"{rate / 24:.1f} x",
            ">= 150/s", rate, 150),
        Row("the same, 99 of 100 answered within", f"{p99:.0f} ms", "-", "-", "<= 250 ms", p99, 250,
            larger_is_better=False),
    ]  # fmt: skip


def _prepared(count: int) -> tuple[str, list[tuple[str, bytes]]]:
    """The cookies of somebody signed in, and the pages to sign on with the signature each is waiting for."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from qyzmet.demo.authority import authority, for_account
    from qyzmet.people.actor import actor_for
    from qyzmet.people.models import Account

    account = Account.objects.filter(posts__isnull=True, kind="individual", is_active=True).first()
    actor, key = actor_for(account, throwaway.NOW), for_account(account, throwaway.NOW)
    lists = Path(os.environ["QYZMET_DATA"]) / "lists"
    lists.mkdir()
    (lists / "people.crl").write_bytes(authority().crl(throwaway.NOW))
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "qyzmet.people.backend.AccountBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    token = "b" * 32
    cookie = f"sessionid={session.session_key}; csrftoken={token}"
    form = _form()
    return cookie, [_asked(actor, key, form, token) for _ in range(count)]


def _form() -> dict[str, Any]:
    from qyzmet.demo.samples import Samples
    from qyzmet.people.models import Organisation
    from qyzmet.regulation.loader import load_tree

    package = load_tree()[("housing-assistance", "2019-04-25-n2-261")].package
    samples, facts = Samples(throwaway.NOW.date()), {"channel": "portal", "recipient": "individual"}
    return {
        "form": samples.form(package, facts),
        "documents": samples.documents(package, facts),
        "orgs": {"provider": Organisation.objects.get(code="alatau-social-department").pk},
    }


def _asked(actor: Any, key: Any, answers: dict[str, Any], token: str) -> tuple[str, bytes]:
    """One draft, the request to sign it, and the body its signature comes in."""
    from qyzmet import evidence
    from qyzmet.cases.models import Edition
    from qyzmet.portal.drafting import open_draft
    from qyzmet.portal.models import Draft
    from qyzmet.portal.signing import ITEM, asked_to_file
    from qyzmet.signatures import sign_cms

    now = throwaway.NOW
    draft = Draft.objects.create(
        owner_id=actor.account, party=actor.party, service="housing-assistance", channel="portal",
        edition=Edition.objects.get(service="housing-assistance"), created_at=now, updated_at=now, **answers,
    )  # fmt: skip
    found = open_draft(actor, draft.ref, now)
    row = asked_to_file(found, None, now)
    signature = sign_cms(evidence.content_of(row, ITEM), [key], at=now)
    said = {f"signature.{ITEM}": base64.b64encode(signature).decode(), "csrfmiddlewaretoken": token}
    return f"/sign/{row.token}", urlencode(said).encode()


@contextmanager
def _product(trust: Path) -> Iterator[None]:
    """The web processes, as `qyzmet run` starts them, with the list of revoked keys at hand."""
    env = os.environ | {"QYZMET_CLOCK": CLOCK, "QYZMET_TRUST": str(trust)}
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    words += ["--port", str(PORT), "--workers", str(min(os.cpu_count() or 1, 4)), "--blocking-threads", "4"]
    process = subprocess.Popen([*words, "qyzmet.config.wsgi:application"], env=env)
    try:
        _wait()
        yield
    finally:
        process.terminate()
        process.wait()


def _wait() -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the product does not answer; the lines above may say why")


def _fired(cookie: str, asked: list[tuple[str, bytes]]) -> list[float]:
    """Every request once, by several clients that each wait for the answer; seconds of each."""
    left: SimpleQueue[tuple[str, bytes]] = SimpleQueue()
    for each in asked:
        left.put(each)
    taken: list[float] = []
    problems: list[str] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        while True:
            try:
                path, body = left.get_nowait()
            except Empty:
                return
            begin = time.perf_counter()
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            page = answer.read()
            taken.append(time.perf_counter() - begin)
            if answer.status != 302 or not str(answer.headers["Location"]).endswith("/filed"):
                problems.append(f"{answer.status} {answer.headers['Location']} {page[:3000].decode()}")

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    if problems:
        raise SystemExit(f"{len(problems)} of {len(asked)} were not filed: {problems[0]}")
    return taken


if __name__ == "__main__":
    alone.answer(measure)
