"""XML from outside: no DTD, no entities, nothing fetched, and not deeper than any of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from qyzmet.signatures.errors import SignatureError

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["parse"]

_DEEPEST = 100


def parse(data: bytes) -> etree._Element:
    """The root. Raises SignatureError of the check `format`: `xml-dtd`, `xml-broken`, `xml-library`."""
    _refuse_dtd(data)
    try:
        from lxml import etree
    except ImportError:
        raise SignatureError("xml-library") from None
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise SignatureError("xml-broken", why=problem) from problem


def _refuse_dtd(data: bytes) -> None:
    """Stops at the first sign of a DTD, before anything could be expanded."""
    parser = expat.ParserCreate()
    depth = 0

    def doctype(*_: object) -> None:
        raise SignatureError("xml-dtd")

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise SignatureError("xml-broken", why=f"{_DEEPEST}+")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as problem:
        if isinstance(problem, SignatureError):
            raise
        raise SignatureError("xml-broken", why=problem) from problem
