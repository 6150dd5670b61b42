"""The stand-in for the e-government gateway and its databases: answers, is late, fails, as it is told.

gateway.wish("income", Mood("late", timedelta(minutes=30)))
gateway.answer(envelope, now)  # the bytes of a response; raises GatewaySilent, GatewayFault
"""

from __future__ import annotations

import re
import threading
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from lxml import etree

from qyzmet.clock import local
from qyzmet.demo.authority import DemoAuthority
from qyzmet.demo.standins.databases import said_of
from qyzmet.demo.world import world
from qyzmet.gateway.statedata import payload, soap
from qyzmet.gateway.statedata.wss import open_envelope, sign_envelope
from qyzmet.regulation.state_databases import asked_outside
from qyzmet.signatures import SignatureError, SigningKey
from qyzmet.signatures.certificates.chain import build_chain

__all__ = ["DEEDS", "Gateway", "GatewayFault", "GatewaySilent", "Mood", "read_mood"]

Deed = Literal["answers", "late", "fails", "silent", "broken", "stale", "denied", "not-found", "foreign"]
DEEDS: tuple[Deed, ...] = get_args(Deed)
WAIT = re.compile(r"late ([1-9][0-9]{0,4}) minutes?")
LATE = timedelta(minutes=30)
OLD = timedelta(days=730)


class GatewaySilent(RuntimeError):
    """The database was told to say nothing."""


class GatewayFault(RuntimeError):
    """The gateway answers with a fault; the text is its envelope's."""


@dataclass(frozen=True, slots=True)
class Mood:
    """What a database does with every question; `by`: how late the late one is."""

    deed: Deed = "answers"
    by: timedelta = LATE

    def __str__(self) -> str:
        return f"late {int(self.by.total_seconds() // 60)} minutes" if self.deed == "late" else self.deed


def read_mood(words: str) -> Mood:
    """`answers`, `late 30 minutes`, `fails`… Raises ValueError."""
    if found := WAIT.fullmatch(words):
        return Mood("late", timedelta(minutes=int(found[1])))
    deed: Any = words
    if deed not in DEEDS:
        raise ValueError(f"a database {', '.join(DEEDS)}; late is written `late 30 minutes`")
    return Mood(deed)


class Gateway:
    """The gateway of the demo; every database answers unless it was told otherwise."""

    def __init__(self, keys: DemoAuthority) -> None:
        self._keys = keys
        self._lock = threading.Lock()
        self._moods: dict[str, Mood] = {}
        self._taken: dict[str, datetime] = {}

    @property
    def moods(self) -> dict[str, Mood]:
        """Database → what it does."""
        return {name: self._moods.get(name, Mood()) for name in asked_outside()}

    def wish(self, database: str, mood: Mood) -> None:
        """From now on this database does so. Raises ValueError for one there is none of."""
        if database not in asked_outside():
            raise ValueError(
                f"there is no state database {database!r}; there is {', '.join(asked_outside())}"
            )
        with self._lock:
            self._moods[database] = mood

    def answer(self, envelope: bytes, now: datetime) -> bytes:
        """The response to a question. Raises GatewaySilent, GatewayFault."""
        try:
            opened = open_envelope(envelope)
            if not build_chain(opened.certificate, self._keys.trust()).trusted:
                raise GatewayFault("SCSE003: the sender's certificate is not known")
            head, data = soap.read_request(opened.body)
        except (SignatureError, ValueError) as problem:
            raise GatewayFault(f"SCSE002: {problem}") from problem
        database = next((k for k, d in asked_outside().items() if d.service == head.get("serviceId")), None)
        if database is None:
            raise GatewayFault(f"SCSE004: no service {head.get('serviceId')!r}")
        mood = self.moods[database]
        if mood.deed == "silent":
            raise GatewaySilent(database)
        if mood.deed == "fails":
            raise GatewayFault("SCSE001: the database is not available")
        return self._said(database, mood, head.get("messageId", ""), payload.read_question(data), now)

    def _said(self, database: str, mood: Mood, message: str, asked: dict[str, str], now: datetime) -> bytes:
        about = asked.get("iin") or asked.get("bin") or asked.get("cadastralNumber") or ""
        root, inside = soap.reply(
            message=str(uuid.uuid4()),
            correlation=message,
            at=local(now),
            words="Message has been processed successfully",
        )
        payload.write_answer(inside, self._payload(database, mood, message, about, now))
        key = self._key(mood, now)
        signed = sign_envelope(etree.tostring(root), key, body_id=f"id-{message}")
        return signed.replace(b"<status>DONE", b"<status>DONE ", 1) if mood.deed == "broken" else signed

    def _payload(self, database: str, mood: Mood, message: str, about: str, now: datetime) -> payload.Said:
        if mood.deed == "late" and now < self._first(message, now) + mood.by:
            return payload.Said("PROCESSING", None, "", {})
        if mood.deed == "denied":
            return payload.Said("DENIED", None, "Мәлімет беруге рұқсат жоқ", {})
        said = None if mood.deed == "not-found" else said_of(database, about, now)
        if said is None:
            return payload.Said("NOT_FOUND", None, "Мәлімет табылмады", {})
        return payload.Said("DONE", local(now - OLD if mood.deed == "stale" else now), "", said)

    def _first(self, message: str, now: datetime) -> datetime:
        """When the message came first."""
        with self._lock:
            return self._taken.setdefault(message, now)

    def _key(self, mood: Mood, now: datetime) -> SigningKey:
        """The gateway's own; `foreign` is of an authority nobody trusts."""
        bin_ = world().organisations["system-operator"].bin
        return self._keys.information_system(
            'ИС "ШЭП"', bin_, state="foreign" if mood.deed == "foreign" else "valid", now=now
        )
