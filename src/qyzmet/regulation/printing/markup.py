"""Elements of HTML and SVG, escaped by the standard library: a tag, its attributes and what stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

__all__ = ["add", "element", "html", "svg"]

Inner = str | Element


def element(tag: str, *inner: Inner | Iterable[Element], **attributes: object) -> Element:
    """An element. `class_` stands for `class`, underscores for dashes; None leaves an attribute out."""
    made = Element(tag, {_name(k): str(v) for k, v in attributes.items() if v is not None})
    for part in inner:
        add(made, part)
    return made


def add(parent: Element, part: Inner | Iterable[Element]) -> None:
    """Put words, an element or several behind what is already in the parent."""
    if isinstance(part, str):
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + part
        else:
            parent.text = (parent.text or "") + part
    elif isinstance(part, Element):
        parent.append(part)
    else:
        parent.extend(part)


def html(*parts: Element) -> str:
    """A fragment of HTML."""
    return "\n".join(tostring(part, encoding="unicode", method="html") for part in parts)


def svg(root: Element) -> str:
    """An SVG document that can stand alone or inside a page."""
    return tostring(root, encoding="unicode", short_empty_elements=True)


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-") if key not in {"viewBox"} else key
