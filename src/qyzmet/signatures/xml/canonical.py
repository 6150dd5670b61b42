"""Canonical XML of a document or of one element of it (C14N 1.0, inclusive and exclusive)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qyzmet.signatures.errors import SignatureError

if TYPE_CHECKING:
    from lxml import etree

DS = "http://www.w3.org/2000/09/xmldsig#"
ENVELOPED = f"{DS}enveloped-signature"
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
METHODS = frozenset({INCLUSIVE, f"{INCLUSIVE}#WithComments", EXCLUSIVE, f"{EXCLUSIVE}WithComments"})

_XML = "{http://www.w3.org/XML/1998/namespace}"


def canonical_document(root: etree._Element, method: str = INCLUSIVE) -> bytes:
    """The whole document. A reference by the empty URI leaves comments out, whatever the method says."""
    return _written(root.getroottree(), method, comments=False)


def canonical_element(element: etree._Element, method: str) -> bytes:
    """One element with the namespaces, and for inclusive C14N the xml: attributes, of those around it."""
    borrowed = {} if method.startswith(EXCLUSIVE) else _inherited(element)
    for name, value in borrowed.items():
        element.set(name, value)
    try:
        return _written(element, method, comments=method.endswith("WithComments"))
    finally:
        for name in borrowed:
            del element.attrib[name]


def _written(what: etree._Element | etree._ElementTree, method: str, *, comments: bool) -> bytes:
    from lxml import etree

    exclusive = method.startswith(EXCLUSIVE)
    try:
        return bytes(etree.tostring(what, method="c14n", exclusive=exclusive, with_comments=comments))
    except etree.C14NError as problem:
        # A namespace by a relative URI has no canonical form.
        raise SignatureError("xml-broken", why=problem) from problem


def _inherited(element: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for above in element.iterancestors():
        for name, value in above.attrib.items():
            if str(name).startswith(_XML) and name not in element.attrib:
                found.setdefault(str(name), str(value))
    return found
