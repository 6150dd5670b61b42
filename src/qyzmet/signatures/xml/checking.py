"""Checking stacked signatures: each is over the document with itself and every later one taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.checks import Check, outcome, refusal
from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.xml.canonical import INCLUSIVE, canonical_document, canonical_element
from qyzmet.signatures.xml.reading import XmlDocument, XmlSignature

if TYPE_CHECKING:
    from lxml import etree


def check_document(document: XmlDocument) -> list[tuple[XmlSignature, list[Check]]]:
    """Every signature, the first put on first, with its checks structure, algorithm, content and signature.

    Takes the signatures off the document on the way; afterwards `document.content()` is what was signed
    first.
    """
    found: list[tuple[XmlSignature, list[Check]]] = []
    for number in range(len(document.signatures) - 1, -1, -1):
        signature = document.signatures[number]
        found.append((signature, _checks(document, signature, number)))
    document.unsigned = canonical_document(document.root)
    return found[::-1]


def _checks(document: XmlDocument, signature: XmlSignature, number: int) -> list[Check]:
    if signature.problem is not None or signature.scheme is None:
        _take_off(signature.element)
        problem = signature.problem or SignatureError("xml-form", given="-")
        return [refusal(problem, number)]
    info = canonical_element(signature.element[0], signature.method)
    _take_off(signature.element)
    content = canonical_document(document.root, signature.transform or INCLUSIVE)
    same = hashes.digest(signature.digest, content) == signature.digest_value
    scheme = signature.scheme
    return [
        outcome("xml-whole", True, number),
        outcome("algorithm-known", True, number, name=f"{scheme.family} {scheme.digest}"),
        outcome("content-same" if same else "content-other", same, number),
        *_arithmetic(signature, info, number),
    ]


def _arithmetic(signature: XmlSignature, info: bytes, number: int) -> list[Check]:
    if not signature.certificates or signature.scheme is None:
        return []
    try:
        key = signature.certificates[0].key
    except SignatureError as problem:
        return [refusal(problem, number)]
    digest = hashes.digest(signature.scheme.digest, info)
    fits = key.verifies(signature.scheme, digest, signature.value)
    return [outcome("signature-fits" if fits else "signature-broken", fits, number)]


def _take_off(element: etree._Element) -> None:
    """Remove an element and leave the text after it, which lxml would take along."""
    parent = element.getparent()
    if parent is None:
        raise SignatureError("xml-form", given="-")
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
