"""Reading a signed XML document: no DTD, no entities, signatures only where an enveloped one may stand."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qyzmet.signatures.algorithms.catalogue import Scheme, xml_digest_named, xml_scheme_named
from qyzmet.signatures.certificates.certificate import Certificate, read_certificate
from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.xml.canonical import DS, ENVELOPED, METHODS
from qyzmet.signatures.xml.parsing import parse

if TYPE_CHECKING:
    from lxml import etree

LARGEST = 20 * 1024 * 1024
# Every signature takes the whole document once.
_MOST_WORK = 5 * LARGEST
_PARTS = ["SignedInfo", "SignatureValue", "KeyInfo"]


@dataclass(eq=False)
class XmlSignature:
    """One ds:Signature. `problem` is why it cannot be checked; then the rest may be empty."""

    element: etree._Element
    problem: SignatureError | None = None
    method: str = ""
    scheme: Scheme | None = None
    digest: str = ""
    digest_value: bytes = b""
    transform: str = ""
    value: bytes = b""
    certificates: list[Certificate] = field(default_factory=list)


@dataclass(eq=False)
class XmlDocument:
    """A parsed document with its signatures in the order they were put on. `stray` are signatures
    elsewhere.
    """

    root: etree._Element
    signatures: list[XmlSignature]
    stray: int

    # What the first signature is over, once every signature has been checked and taken off: canonical XML,
    # the one form of the document its words should be read from.
    unsigned: bytes = b""


def read_document(data: bytes, signatures_at_most: int = 50) -> XmlDocument:
    """A document with its signatures.

    Raises SignatureError of the check `format`: `empty`, `too-large`, `xml-dtd`, `xml-broken`, `not-signed`,
    `signers-many`.
    """
    if not data.strip():
        raise SignatureError("empty")
    if len(data) > LARGEST:
        raise SignatureError("too-large", limit=LARGEST // 1024 // 1024)
    root = parse(data)
    every = list(root.iter(f"{{{DS}}}Signature"))
    own = [each for each in every if each.getparent() is root]
    if not own:
        raise SignatureError("xml-wrapped" if every else "not-signed")
    if len(every) > signatures_at_most or len(every) * len(data) > _MOST_WORK:
        raise SignatureError("signers-many", limit=signatures_at_most)
    return XmlDocument(root, [_signature(each) for each in own], len(every) - len(own))


def _signature(element: etree._Element) -> XmlSignature:
    signature = XmlSignature(element)
    try:
        _fill(signature)
    except SignatureError as problem:
        signature.problem = problem
    return signature


def _fill(signature: XmlSignature) -> None:
    parts = _elements(signature.element)
    if [each.tag for each in parts] != [f"{{{DS}}}{name}" for name in _PARTS]:
        raise SignatureError("xml-form")
    info, value, key = parts
    certificates = [_decoded(each) for each in key.iterfind(f"{{{DS}}}X509Data/{{{DS}}}X509Certificate")]
    signature.certificates = [read_certificate(each) for each in certificates]
    signature.value = _decoded(value)
    signature.method = _algorithm(_only(info, "CanonicalizationMethod"))
    if signature.method not in METHODS:
        raise SignatureError("xml-transform", given=signature.method)
    signature.scheme = xml_scheme_named(_algorithm(_only(info, "SignatureMethod")))
    reference = _only(info, "Reference")
    if reference.get("URI") != "":
        raise SignatureError("xml-reference", given=reference.get("URI", "-"))
    signature.transform = _transform(reference)
    signature.digest = xml_digest_named(_algorithm(_only(reference, "DigestMethod")))
    signature.digest_value = _decoded(_only(reference, "DigestValue"))


def _transform(reference: etree._Element) -> str:
    """The method the document is canonicalised by; only the enveloped signature may be taken out before."""
    steps = [_algorithm(each) for each in _elements(_only(reference, "Transforms"))]
    if not steps or steps[0] != ENVELOPED or len(steps) > 2 or not METHODS.issuperset(steps[1:]):
        raise SignatureError("xml-transform", given=", ".join(steps) or "-")
    return steps[1] if len(steps) == 2 else ""


def _elements(parent: etree._Element) -> list[etree._Element]:
    """The children that are elements: no comments, no processing instructions."""
    return [each for each in parent if isinstance(each.tag, str)]


def _only(parent: etree._Element, name: str) -> etree._Element:
    found = parent.findall(f"{{{DS}}}{name}")
    if len(found) != 1:
        raise SignatureError("xml-reference" if name == "Reference" else "xml-form", given=len(found))
    return found[0]


def _algorithm(element: etree._Element) -> str:
    """The algorithm an element names; parameters inside it would change its meaning and are refused."""
    if len(element):
        raise SignatureError("xml-transform", given=element.get("Algorithm", "-"))
    return str(element.get("Algorithm", ""))


def _decoded(element: etree._Element) -> bytes:
    # A comment inside is no part of the canonical form, so it may not be part of the value either.
    if len(element):
        raise SignatureError("xml-form")
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except (ValueError, binascii.Error) as problem:
        raise SignatureError("xml-form") from problem
