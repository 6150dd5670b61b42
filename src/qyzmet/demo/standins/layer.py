"""The messages of NCALayer, both families: JSON in, JSON out, one at a time and without numbers.

Greeting, methods and answers as the program has them: `kz.gov.pki.knca.basics` (a cancelled request has a
body without `result`) and the older `kz.gov.pki.knca.commonUtils` (`action.canceled`).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.protocol import State
from websockets.sync.server import ServerConnection

from qyzmet.demo.standins import basics, older
from qyzmet.demo.standins.table import Table
from qyzmet.demo.standins.talking import Answer, Gone

__all__ = ["LARGEST", "VERSION", "Conversations", "answer_to"]

VERSION = "1.4"
LARGEST = 64 << 20
MODULES: dict[str, Callable[[Table, str, Any, Gone], Answer]] = {
    "kz.gov.pki.knca.basics": basics.answer,
    "kz.gov.pki.knca.commonUtils": older.answer,
}


class Conversations:
    """What the server does with its connections; `stop` ends those that wait for a person."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Nobody will answer any more."""
        self._stopping.set()

    def held(self, connection: ServerConnection) -> None:
        """One connection, until either side leaves."""

        def gone() -> bool:
            return self._stopping.is_set() or connection.protocol.state is not State.OPEN

        try:
            connection.send(json.dumps({"result": {"version": VERSION}}))
            for message in connection:
                said = answer_to(self._table, message, gone)
                if not isinstance(said, str):
                    return
                connection.send(said)
        except ConnectionClosed:
            return


def answer_to(table: Table, message: str | bytes, gone: Gone) -> Answer:
    """The answer to one message as text; CLOSE to hang up, None when whoever asked went away."""
    try:
        said = json.loads(message)
        module, method = said["module"], said.get("method")
    except (ValueError, TypeError, KeyError, RecursionError):
        return _failed("INVALID_REQUEST", "the message is no JSON object with a module")
    if not isinstance(module, str) or module not in MODULES:
        return _failed("MODULE_NOT_FOUND", f"there is no module {str(module)[:80]!r}")
    return MODULES[module](table, str(method), said.get("args"), gone)


def _failed(code: str, message: str) -> str:
    return json.dumps({"status": False, "code": code, "message": message, "details": ""})
