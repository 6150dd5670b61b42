"""Organisations as the hot path asks for them: a few columns, kept for some seconds in the process.

What an organisation is called or when it is open changes rarely; a change made here is seen at once in this
process (`forget`) and within `KEPT` seconds in the others.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from qyzmet.people.models import Organisation

__all__ = ["KEPT", "Body", "bodies", "body", "fitting", "forget", "known"]

KEPT = 5.0


class Body(NamedTuple):
    """An organisation's fixed facts. `serves` empty: every service that asks for its kind."""

    id: int
    code: str
    kind: str
    hours: str
    region: str
    parent: int | None
    serves: frozenset[str]
    prefix: str
    names: dict[str, str]
    closed: bool = False


_kept: dict[int, Body] = {}
_read_at: list[float] = [0.0]


def body(organisation: int) -> Body:
    """The organisation with this id. Raises KeyError."""
    found = _fresh().get(organisation)
    if found is None:
        forget()
        return _fresh()[organisation]
    return found


def bodies() -> list[Body]:
    """Every organisation, by id, those that have closed among them."""
    return list(_fresh().values())


def known(organisation: int) -> bool:
    """Whether there is an organisation with this id."""
    try:
        body(organisation)
    except KeyError:
        return False
    return True


def fitting(kind: str, service: str) -> list[Body]:
    """Every organisation of a kind that takes part in the service and has not closed, by id."""
    return [
        b
        for b in _fresh().values()
        if b.kind == kind and not b.closed and (not b.serves or service in b.serves)
    ]


def forget() -> None:
    """Read anew at the next question."""
    _kept.clear()


def _fresh() -> dict[int, Body]:
    # Monotonic time only ages what is kept; it is no legal time.
    if not _kept or time.monotonic() - _read_at[0] > KEPT:
        _kept.clear()
        _kept.update({o.pk: _body(o) for o in Organisation.objects.order_by("id")})
        _read_at[0] = time.monotonic()
    return _kept


def _body(o: Organisation) -> Body:
    names = {"kk": o.name_kk, "ru": o.name_ru, "en": o.name_en}
    prefix = str(o.settings.get("prefix") or f"{o.pk:04d}")
    serves, closed = frozenset(o.serves), o.closed_at is not None
    return Body(o.pk, o.code, o.kind, o.hours, o.region, o.parent_id, serves, prefix, names, closed)
