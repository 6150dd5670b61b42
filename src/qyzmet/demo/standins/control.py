"""`/control`: tests and scripts say what the person would press.

POST {"always": {"number": "900205417747", "state": "revoked", "deed": "sign"}} answers every request so,
{"always": null} asks a person again, {"silent": ["ocsp", "crl"]} silences services, {"revoke": {…key}}
revokes a key from now on, {"answer": {"request": 1, …key}} answers one request,
{"databases": {"income": "late 30 minutes"}} tells state databases what to do. GET tells what waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from qyzmet.demo.standins.gateway import read_mood
from qyzmet.demo.standins.table import Table
from qyzmet.demo.standins.wishes import read_wish

__all__ = ["obey", "state"]

ORDERS = {"always", "silent", "revoke", "answer", "databases"}


def state(table: Table) -> dict[str, Any]:
    """What waits, what answers everything, who is silent."""
    always = table.desk.automatic
    return {
        "waiting": [
            {"request": each.number, "method": each.method, "form": each.form, "count": len(each.contents)}
            for each in table.desk.waiting()
        ],
        "always": asdict(always) if always else None,
        "silent": sorted(table.services.silent),
        "databases": {name: str(mood) for name, mood in table.gateway.moods.items()},
    }


def obey(table: Table, orders: Any) -> dict[str, Any]:
    """Carry out the orders; the state afterwards. Raises ValueError or TypeError naming the wrong one."""
    if not isinstance(orders, Mapping) or set(orders) - ORDERS:
        raise ValueError(f"orders are {', '.join(sorted(ORDERS))}")
    if "always" in orders:
        given = orders["always"]
        table.desk.always(None if given is None else read_wish(_object(given)))
    if "silent" in orders:
        table.services.silence(*[str(each) for each in orders["silent"]])
    if "revoke" in orders:
        key = table.key(read_wish(_object(orders["revoke"])))
        table.keys.revoke(key.certificate, table.clock())
    if "answer" in orders:
        given = _object(orders["answer"])
        if table.desk.answer(int(given.get("request", 0)), read_wish(given)) is None:
            raise ValueError("this request does not wait")
    if "databases" in orders:
        for name, words in _object(orders["databases"]).items():
            table.gateway.wish(str(name), read_mood(str(words)))
    return state(table)


def _object(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise TypeError("a key is an object with number, bin, role, state, algorithm, deed")
    return given
