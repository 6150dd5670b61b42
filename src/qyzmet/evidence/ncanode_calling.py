"""One question to NCANode over HTTP: bounded in time and size; a refusal is told from silence."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import structlog

from qyzmet.evidence.bell import Covered, Plain, hanging_up_after
from qyzmet.evidence.fetching import SourceSilent, sources_rest

__all__ = ["Refused", "post"]

log = structlog.get_logger("qyzmet.evidence")
TIMEOUT = 5.0
LARGEST = 1 << 20
CHUNK = 1 << 16


class Refused(Exception):
    """NCANode read the question and says that what it was given is no signature it can confirm."""


def post(base: str, path: str, question: dict[str, Any]) -> dict[str, Any]:
    """The answer, a JSON object. Raises Refused (status 400 with a message), else SourceSilent."""
    parts = urlsplit(base)
    if sources_rest.rests(parts.netloc):
        raise SourceSilent(base, "it failed before and is left alone for a while")
    try:
        status, body = _asked(base, path, json.dumps(question).encode(), TIMEOUT)
        answer = json.loads(body)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise _silent(base, f"{type(problem).__name__}: {problem}") from problem
    if not isinstance(answer, dict) or status not in {200, 400}:
        raise _silent(base, f"status {status}")
    sources_rest.succeeded(parts.netloc)
    if status == 400:
        raise Refused(str(answer.get("message", ""))[:120] or "400")
    return answer


def _silent(base: str, why: str) -> SourceSilent:
    sources_rest.failed(urlsplit(base).netloc)
    log.warning("ncanode.silent", address=base, why=why)
    return SourceSilent(base, why)


def _asked(base: str, path: str, body: bytes, within: float) -> tuple[int, bytes]:
    parts = urlsplit(base)
    kind = Covered if parts.scheme == "https" else Plain
    connection = kind(parts.hostname or "", parts.port, timeout=within)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    with hanging_up_after(within), closing(connection):
        connection.request("POST", parts.path.rstrip("/") + path, body, headers)
        response = connection.getresponse()
        return response.status, _read(response)


def _read(response: http.client.HTTPResponse) -> bytes:
    """The body, unless it is too long."""
    body = b""
    while part := response.read1(CHUNK):
        body += part
        if len(body) > LARGEST:
            raise ValueError(f"the answer is longer than {LARGEST} bytes")
    if response.length:
        raise http.client.IncompleteRead(body, response.length)
    return body
