"""What the phone puts back: the same documents, each with a signature where its content was."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qyzmet import evidence
from qyzmet.api.mgov.offering import METHOD
from qyzmet.api.problems import Problem, problem

__all__ = ["signatures_in", "take"]


def signatures_in(row: Any, body: bytes) -> dict[str, bytes]:
    """Item → signature. Raises Problem for anything but every document of the request, once each."""
    documents = _documents(body)
    numbered = {str(number): item["id"] for number, item in enumerate(row.items, 1)}
    given: dict[str, Mapping[str, Any]] = {}
    for each in documents:
        number = _number(each)
        if number not in numbered or number in given:
            raise problem("other-documents")
        given[number] = each
    if set(given) != set(numbered):
        raise problem("other-documents")
    return {numbered[number]: _signature(each) for number, each in given.items()}


def take(row: Any, signatures: Mapping[str, bytes], now: datetime) -> None:
    """Judge the signatures and keep them for the page. Raises Problem naming the failing check."""
    try:
        evidence.judge_all(row, signatures, now=now)
        evidence.receive(row, signatures, now)
    except evidence.NotSigned as refused:
        if refused.check == "request":
            raise problem("request-ended") from refused
        raise Problem(
            422, "not-signed", refused.text, check=refused.check, clause=refused.clause
        ) from refused


def _documents(body: bytes) -> list[Mapping[str, Any]]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise problem("not-json") from wrong
    if not isinstance(said, dict) or not isinstance(said.get("documentsToSign"), list):
        raise problem("not-json")
    documents: list[Any] = said["documentsToSign"]
    if not all(isinstance(each, dict) for each in documents):
        raise problem("not-json")
    if any((each.get("signMethod") or METHOD) != METHOD for each in (said, *documents)):
        raise problem("other-method")
    return documents


def _number(document: Mapping[str, Any]) -> str:
    """The number as text; a program may return it as it likes."""
    number = document.get("id")
    if isinstance(number, bool) or not isinstance(number, int | str):
        raise problem("other-documents")
    return str(number)


def _signature(document: Mapping[str, Any]) -> bytes:
    try:
        data = document["document"]["file"]["data"]
        return base64.b64decode("".join(data.split()), validate=True)
    except (KeyError, TypeError, AttributeError, ValueError, binascii.Error) as wrong:
        raise problem("no-signature") from wrong
