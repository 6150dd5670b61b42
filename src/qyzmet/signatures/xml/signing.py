"""Putting an enveloped signature on an XML document, after those already there."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.algorithms.catalogue import XML_DIGESTS, XML_SIGNATURES
from qyzmet.signatures.algorithms.keys import PrivateKey
from qyzmet.signatures.certificates.certificate import Certificate
from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.xml.canonical import DS, ENVELOPED, INCLUSIVE, canonical_document, canonical_element

if TYPE_CHECKING:
    from lxml import etree


def sign_xml(data: bytes, key: PrivateKey, certificate: Certificate) -> bytes:
    """The document with one more signature as the last child of its root, UTF-8. Raises SignatureError
    `xml-broken`.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise SignatureError("xml-broken", why=problem) from problem
    digest = hashes.digest(key.scheme.digest, canonical_document(root))
    signature = etree.SubElement(root, f"{{{DS}}}Signature", nsmap={"ds": DS})
    info = _info(signature, key, digest)
    value = etree.SubElement(signature, f"{{{DS}}}SignatureValue")
    data509 = etree.SubElement(etree.SubElement(signature, f"{{{DS}}}KeyInfo"), f"{{{DS}}}X509Data")
    etree.SubElement(data509, f"{{{DS}}}X509Certificate").text = _text(certificate.der)
    signed = canonical_element(info, INCLUSIVE)
    value.text = _text(key.sign(hashes.digest(key.scheme.digest, signed)))
    return bytes(etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True))


def _info(signature: etree._Element, key: PrivateKey, digest: bytes) -> etree._Element:
    from lxml import etree

    info = etree.SubElement(signature, f"{{{DS}}}SignedInfo")
    scheme = next(uri for uri, known in XML_SIGNATURES.items() if known == key.scheme)
    method = next(uri for uri, known in XML_DIGESTS.items() if known == key.scheme.digest)
    _named(info, "CanonicalizationMethod", INCLUSIVE)
    _named(info, "SignatureMethod", scheme)
    reference = etree.SubElement(info, f"{{{DS}}}Reference", URI="")
    transforms = etree.SubElement(reference, f"{{{DS}}}Transforms")
    _named(transforms, "Transform", ENVELOPED)
    _named(transforms, "Transform", f"{INCLUSIVE}#WithComments")
    _named(reference, "DigestMethod", method)
    etree.SubElement(reference, f"{{{DS}}}DigestValue").text = _text(digest)
    return info


def _named(parent: etree._Element, name: str, algorithm: str) -> None:
    from lxml import etree

    etree.SubElement(parent, f"{{{DS}}}{name}", Algorithm=algorithm)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
