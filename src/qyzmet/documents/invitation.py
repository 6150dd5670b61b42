"""The invitation to a hearing as a calendar file (RFC 5545), the same for the recipient and for the official.

invitation_ics(case, hearing, "kk")    # bytes of a .ics; the same UID each time, a higher SEQUENCE once moved
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from qyzmet.cases.hearings.appointments import Hearing
from qyzmet.cases.hearings.story import NOTICE
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Case
from qyzmet.clock import local
from qyzmet.people.directory import body
from qyzmet.regulation.clause_words import clause_in_words

__all__ = ["folded", "invitation_ics", "way_words"]

LAW = "APPC art. 73"
OCTETS = 75
"""The longest a line may be, its end not counted (RFC 5545 §3.1)."""

ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Asia/Almaty",
    "BEGIN:STANDARD", "DTSTART:20041031T030000", "TZOFFSETFROM:+0700", "TZOFFSETTO:+0600", "END:STANDARD",
    "BEGIN:STANDARD", "DTSTART:20240301T000000", "TZOFFSETFROM:+0600", "TZOFFSETTO:+0500", "END:STANDARD",
    "END:VTIMEZONE",
)  # fmt: skip
"""Clocks stopped changing for summer after 2004; the country went over to UTC+5 on 1 March 2024."""


def invitation_ics(case: Case, hearing: Hearing, language: str) -> bytes:
    """The invitation in Kazakh, Russian or English. A hearing that was given up or fell away is cancelled in
    it. No end is written: the law sets none."""
    law = law_of(case.edition_id)
    gone = hearing.state in {"cancelled", "waived"}
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Qyzmet//Hearing//KK", "CALSCALE:GREGORIAN", *ZONE,
        "BEGIN:VEVENT",
        f"UID:hearing-{case.ref.lower()}-{hearing.notified_at.astimezone(UTC):%Y%m%dT%H%M%SZ}@qyzmet",
        f"DTSTAMP:{hearing.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Asia/Almaty:{local(hearing.at):%Y%m%dT%H%M%S}",
        f"SEQUENCE:{hearing.sequence}",
        f"STATUS:{'CANCELLED' if gone else 'CONFIRMED'}",
        *_said(case, law, hearing, language),
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return b"".join(folded(line) for line in lines)


def way_words(law: Law, hearing: Hearing, language: str) -> str:
    """The way of the hearing as general law names it."""
    choices = law.step(NOTICE).output["way"].choices or {}
    found: Any = choices.get(hearing.way)
    return str(found.in_language(language)) if found else hearing.way


def folded(line: str) -> bytes:
    """A content line as it is written: no line over 75 octets, no letter cut in two, ended by CRLF."""
    return b"\r\n ".join(_pieces(line)) + b"\r\n"


def _pieces(line: str) -> Iterator[bytes]:
    piece, room = b"", OCTETS
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > room:
            yield piece
            piece, room = b"", OCTETS - 1  # the space that begins a continued line counts
        piece += octets
    yield piece


def _said(case: Case, law: Law, hearing: Hearing, language: str) -> Iterator[str]:
    facts = {
        "service": law.package.name.in_language(language),
        "number": case.number or case.ref,
        "body": body(case.provider_id).names[language],
        "way": way_words(law, hearing, language),
        "clause": clause_in_words(LAW, language),
    }
    for name, key in (("SUMMARY", "summary"), ("DESCRIPTION", "described")):
        yield f"{name};LANGUAGE={language}:{_escaped(_words()[key][language].format(**facts))}"
    if hearing.place:
        yield f"LOCATION:{_escaped(hearing.place)}"


def _escaped(text: str) -> str:
    """Text as a property value (RFC 5545 §3.3.11); control characters have no place in one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    text = text.replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")
    return "".join(letter for letter in text if letter >= " " and letter != "\x7f")


@cache
def _words() -> dict[str, Any]:
    return dict(yaml.safe_load(Path(__file__).with_name("invitation.yaml").read_text(encoding="utf-8")))
