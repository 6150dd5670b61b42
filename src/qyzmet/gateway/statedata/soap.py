"""Messages of the gateway's synchronous channel (ШЭП, SmartBridge): SOAP 1.1, `SendMessage` and its response.

The envelope is as public clients write it; inner elements carry no namespace. No WSDL is published, so what
varies between owners stands in `payload`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from qyzmet.gateway.statedata.wss import SOAP

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["DONE", "FAILED", "Reply", "data_of", "fault", "read_reply", "read_request", "reply", "request"]

TYPES = "http://bip.bee.kz/SyncChannel/v10/Types"
DONE, FAILED = "SCSS001", "SCSE001"
"""Codes seen: the message has been processed; it has not."""


class Reply(NamedTuple):
    """What a response says: `data` is None where it has none."""

    message: str
    correlation: str
    at: datetime
    code: str
    words: str
    data: etree._Element | None


def request(
    *, message: str, correlation: str, service: str, sender: str, password: str, at: datetime
) -> tuple[etree._Element, etree._Element]:
    """An envelope without its payload, and the element the payload goes into."""
    from lxml import etree

    root, inside = _envelope("SendMessage")
    asked = etree.SubElement(inside, "request")
    info = etree.SubElement(asked, "requestInfo")
    _say(info, {"messageId": message, "correlationId": correlation, "serviceId": service,
                "messageDate": _moment(at)})  # fmt: skip
    _say(etree.SubElement(info, "sender"), {"senderId": sender, "password": password})
    return root, etree.SubElement(asked, "requestData")


def read_request(body: etree._Element) -> tuple[dict[str, str], etree._Element]:
    """What a question's head says, and its `data`, for a stand-in of the gateway. Raises ValueError."""
    asked = body.find(f"{{{TYPES}}}SendMessage/request")
    data = None if asked is None else asked.find("requestData/data")
    if asked is None or data is None:
        raise ValueError("it is no SendMessage with data")
    info = asked.find("requestInfo")
    said = {} if info is None else {str(each.tag): (each.text or "").strip() for each in info.iter()}
    return said, data


def reply(
    *, message: str, correlation: str, at: datetime, code: str = DONE, words: str = ""
) -> tuple[etree._Element, etree._Element]:
    """A response without its payload, and the element the payload goes into."""
    from lxml import etree

    root, inside = _envelope("SendMessageResponse")
    answered = etree.SubElement(inside, "response")
    info = etree.SubElement(answered, "responseInfo")
    _say(info, {"messageId": message, "correlationId": correlation, "responseDate": _moment(at)})
    _say(etree.SubElement(info, "status"), {"code": code, "message": words})
    return root, etree.SubElement(answered, "responseData")


def fault(code: str, words: str) -> bytes:
    """A SOAP fault, as the gateway answers with HTTP 500."""
    from lxml import etree

    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP})
    said = etree.SubElement(etree.SubElement(root, f"{{{SOAP}}}Body"), f"{{{SOAP}}}Fault")
    _say(said, {"faultcode": "soapenv:Server", "faultstring": f"{code}: {words}"})
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def read_reply(body: etree._Element) -> Reply:
    """Raises ValueError for what is no response; a fault is told by its words."""
    failed = body.find(f"{{{SOAP}}}Fault")
    if failed is not None:
        raise ValueError(f"fault: {failed.findtext('faultstring', '')[:200]}")
    answered = body.find(f"{{{TYPES}}}SendMessageResponse/response")
    if answered is None:
        raise ValueError("it is no SendMessageResponse")
    at = datetime.fromisoformat(answered.findtext("responseInfo/responseDate", ""))
    if at.tzinfo is None:
        raise ValueError("its date has no time zone")
    return Reply(
        answered.findtext("responseInfo/messageId", ""),
        answered.findtext("responseInfo/correlationId", ""),
        at,
        answered.findtext("responseInfo/status/code", ""),
        answered.findtext("responseInfo/status/message", ""),
        data_of(answered),
    )


def data_of(answered: etree._Element) -> etree._Element | None:
    """The payload of a response."""
    return answered.find("responseData/data")


def _envelope(verb: str) -> tuple[etree._Element, etree._Element]:
    from lxml import etree

    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP})
    etree.SubElement(root, f"{{{SOAP}}}Header")
    body = etree.SubElement(root, f"{{{SOAP}}}Body")
    return root, etree.SubElement(body, f"{{{TYPES}}}{verb}", nsmap={"typ": TYPES})


def _say(parent: etree._Element, said: dict[str, str]) -> None:
    from lxml import etree

    for name, words in said.items():
        etree.SubElement(parent, name).text = words


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")
