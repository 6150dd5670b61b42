"""WS-Security as the e-government gateway uses it: one ds:Signature in the header, over the Body by wsu:Id.

Exclusive C14N; the key stands in the signature as X.509 in a KeyIdentifier; algorithms by the national names.
Stricter than the standard: exactly one Body, one signature, one reference, and it is to that Body, so that
nothing can be signed in one place and read in another.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, NamedTuple

from qyzmet.signatures import Certificate, SignatureError, SigningKey, digest, read_certificate
from qyzmet.signatures.algorithms.catalogue import (
    XML_DIGESTS,
    XML_SIGNATURES,
    xml_digest_named,
    xml_scheme_named,
)
from qyzmet.signatures.xml.canonical import DS, EXCLUSIVE, canonical_element
from qyzmet.signatures.xml.parsing import parse

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["SOAP", "Opened", "open_envelope", "sign_envelope"]

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
WSSE = f"{_OASIS}-wssecurity-secext-1.0.xsd"
WSU = f"{_OASIS}-wssecurity-utility-1.0.xsd"
BASE64 = f"{_OASIS}-soap-message-security-1.0#Base64Binary"
X509 = f"{_OASIS}-x509-token-profile-1.0#X509v3"
NAMES = {"soap": SOAP, "wsse": WSSE, "wsu": WSU, "ds": DS}


class Opened(NamedTuple):
    """A signed envelope whose signature holds: its Body, and whose certificate it is."""

    body: etree._Element
    certificate: Certificate


def sign_envelope(data: bytes, key: SigningKey, *, body_id: str) -> bytes:
    """The envelope with its Body signed. Raises SignatureError."""
    from lxml import etree

    root = parse(data)
    header, body = _only(root, "soap:Header"), _only(root, "soap:Body")
    body.set(f"{{{WSU}}}Id", body_id)
    security = etree.SubElement(header, f"{{{WSSE}}}Security", nsmap={"wsse": WSSE})
    signature = etree.SubElement(security, f"{{{DS}}}Signature", nsmap={"ds": DS})
    info = _info(signature, key, body_id, digest(key.key.scheme.digest, canonical_element(body, EXCLUSIVE)))
    value = etree.SubElement(signature, f"{{{DS}}}SignatureValue")
    holder = etree.SubElement(signature, f"{{{DS}}}KeyInfo")
    reference = etree.SubElement(holder, f"{{{WSSE}}}SecurityTokenReference")
    named = etree.SubElement(reference, f"{{{WSSE}}}KeyIdentifier", EncodingType=BASE64, ValueType=X509)
    named.text = _text(key.certificate.der)
    signed = canonical_element(info, EXCLUSIVE)
    value.text = _text(key.key.sign(digest(key.key.scheme.digest, signed)))
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def open_envelope(data: bytes) -> Opened:
    """Check the signature of an envelope by the certificate it carries; whether to rely on that is for the
    caller to judge. Raises SignatureError."""
    root = parse(data)
    if root.tag != f"{{{SOAP}}}Envelope":
        raise SignatureError("xml-form", given=str(root.tag))
    body = _only(root, "soap:Body")
    signature = _only(root, "soap:Header/wsse:Security/ds:Signature")
    if len(list(root.iter(f"{{{DS}}}Signature"))) != 1 + len(list(body.iter(f"{{{DS}}}Signature"))):
        raise SignatureError("xml-wrapped")
    info = _only(signature, "ds:SignedInfo")
    if _algorithm(info, "ds:CanonicalizationMethod") != EXCLUSIVE:
        raise SignatureError("xml-transform", given=_algorithm(info, "ds:CanonicalizationMethod"))
    _covers(root, body, info)
    certificate = read_certificate(
        _bytes(_only(signature, "ds:KeyInfo/wsse:SecurityTokenReference/wsse:KeyIdentifier"))
    )
    scheme = xml_scheme_named(_algorithm(info, "ds:SignatureMethod"))
    print_ = digest(scheme.digest, canonical_element(info, EXCLUSIVE))
    if not certificate.key.verifies(scheme, print_, _bytes(_only(signature, "ds:SignatureValue"))):
        raise SignatureError("signature-broken")
    return Opened(body, certificate)


def _covers(root: etree._Element, body: etree._Element, info: etree._Element) -> None:
    """The one reference is to this Body, and what stands in it is what was signed."""
    reference, own = _only(info, "ds:Reference"), body.get(f"{{{WSU}}}Id")
    same = [each for each in root.iter() if own in (each.get(f"{{{WSU}}}Id"), each.get("Id"))]
    if not own or reference.get("URI") != f"#{own}" or len(same) != 1:
        raise SignatureError("xml-reference", given=reference.get("URI", "-"))
    if [each.get("Algorithm") for each in _only(reference, "ds:Transforms")] != [EXCLUSIVE]:
        raise SignatureError("xml-transform", given="-")
    name = xml_digest_named(_algorithm(reference, "ds:DigestMethod"))
    if digest(name, canonical_element(body, EXCLUSIVE)) != _bytes(_only(reference, "ds:DigestValue")):
        raise SignatureError("content-other")


def _info(signature: etree._Element, key: SigningKey, body_id: str, print_: bytes) -> etree._Element:
    from lxml import etree

    info = etree.SubElement(signature, f"{{{DS}}}SignedInfo")
    scheme = next(uri for uri, known in XML_SIGNATURES.items() if known == key.key.scheme)
    method = next(uri for uri, known in XML_DIGESTS.items() if known == key.key.scheme.digest)
    etree.SubElement(info, f"{{{DS}}}CanonicalizationMethod", Algorithm=EXCLUSIVE)
    etree.SubElement(info, f"{{{DS}}}SignatureMethod", Algorithm=scheme)
    reference = etree.SubElement(info, f"{{{DS}}}Reference", URI=f"#{body_id}")
    transforms = etree.SubElement(reference, f"{{{DS}}}Transforms")
    etree.SubElement(transforms, f"{{{DS}}}Transform", Algorithm=EXCLUSIVE)
    etree.SubElement(reference, f"{{{DS}}}DigestMethod", Algorithm=method)
    etree.SubElement(reference, f"{{{DS}}}DigestValue").text = _text(print_)
    return info


def _only(parent: etree._Element, path: str) -> etree._Element:
    found = parent.findall(path, NAMES)
    if len(found) != 1:
        raise SignatureError("xml-form", given=len(found))
    return found[0]


def _algorithm(parent: etree._Element, path: str) -> str:
    return str(_only(parent, path).get("Algorithm", ""))


def _bytes(element: etree._Element) -> bytes:
    if len(element):
        raise SignatureError("xml-form", given=len(element))
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except (ValueError, binascii.Error) as problem:
        raise SignatureError("xml-form", given="base64") from problem


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
