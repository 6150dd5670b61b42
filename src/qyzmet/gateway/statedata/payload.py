"""What stands in `data` of a message: the question, and the answer of a database.

The owners publish no schema. The question follows the one public sample, that of the database of individuals
(messageId, messageDate, senderCode, iin); the answer is our own assumption, and this file is all that changes
once an owner has given its schema:

    <data><status>DONE</status><actualDate>…</actualDate><message>…</message>
      <value name="employer">…</value>
      <rows name="months"><row><value name="month">…</value></row></rows></data>

`status` is DONE, PROCESSING (taken, the answer comes later), NOT_FOUND or DENIED.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["STATUSES", "Said", "read_answer", "read_question", "write_answer", "write_question"]

STATUSES = ("DONE", "PROCESSING", "NOT_FOUND", "DENIED")
XSI = "http://www.w3.org/2001/XMLSchema-instance"
EARLIEST, LATEST = 1900, 9999
"""Years data may be of; at either end of what a date can say no other time zone can be told."""
INTERACTIVE = "http://message.persistence.interactive.nat"


class Said:
    """An answer as it was written: its status, the moment of its data, words, and the data."""

    def __init__(self, status: str, as_of: datetime | None, words: str, data: Mapping[str, Any]) -> None:
        self.status, self.as_of, self.words, self.data = status, as_of, words, data


def write_question(
    parent: etree._Element, *, message: str, about: str, sender: str, purpose: str, consent: str, at: datetime
) -> None:
    """The question, inside `data`."""
    from lxml import etree

    data = etree.SubElement(parent, "data", nsmap={"xsi": XSI, "cs": INTERACTIVE})
    data.set(f"{{{XSI}}}type", "cs:Request")
    kind = (
        "cadastralNumber" if not about.isdecimal() or len(about) != 12 else "bin" if about[4] > "3" else "iin"
    )
    said = {
        "messageId": message, "messageDate": at.isoformat(timespec="milliseconds"), "senderCode": sender,
        kind: about, "purpose": purpose, "consent": consent,
    }  # fmt: skip
    for name, words in said.items():
        etree.SubElement(data, name).text = words


def read_question(data: etree._Element) -> dict[str, str]:
    """What a question says, for whoever stands in for a database: tag → text."""
    return {str(each.tag): each.text or "" for each in data if isinstance(each.tag, str)}


def write_answer(parent: etree._Element, said: Said) -> None:
    """An answer, inside `data`, for whoever stands in for a database."""
    from lxml import etree

    data = etree.SubElement(parent, "data")
    etree.SubElement(data, "status").text = said.status
    if said.as_of is not None:
        etree.SubElement(data, "actualDate").text = said.as_of.isoformat(timespec="milliseconds")
    if said.words:
        etree.SubElement(data, "message").text = said.words
    for name, value in said.data.items():
        if isinstance(value, list):
            rows = etree.SubElement(data, "rows", name=name)
            for row in value:
                _values(etree.SubElement(rows, "row"), row)
        else:
            _values(data, {name: value})


def read_answer(data: etree._Element) -> Said:
    """Raises ValueError for what is not an answer."""
    status = data.findtext("status", "")
    if status not in STATUSES:
        raise ValueError(f"its status is {status!r}")
    moment = data.findtext("actualDate")
    as_of = datetime.fromisoformat(moment) if moment else None
    if as_of is not None and as_of.tzinfo is None:
        raise ValueError("its date has no time zone")
    if as_of is not None and not EARLIEST <= as_of.year < LATEST:
        raise ValueError(f"its date is of the year {as_of.year}")
    given: dict[str, Any] = _read(data)
    for rows in data.findall("rows"):
        given[rows.get("name", "")] = [_read(row) for row in rows.findall("row")]
    return Said(status, as_of, data.findtext("message", ""), given)


def _values(parent: etree._Element, values: Mapping[str, Any]) -> None:
    from lxml import etree

    for name, value in values.items():
        etree.SubElement(parent, "value", name=name).text = str(value)


def _read(parent: etree._Element) -> dict[str, Any]:
    return {each.get("name", ""): each.text or "" for each in parent.findall("value")}
