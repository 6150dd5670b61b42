"""The QR code of a request, and the links that open the app on the same phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

__all__ = ["Drawn", "Link", "address_of", "qr_of"]

MARK = "mobileSign:"


@dataclass(frozen=True, slots=True)
class Link:
    """`name` is an id of the words of signing."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """`text` is what the code says, `svg` the code itself, ready to stand in a page."""

    text: str
    svg: SafeString
    links: tuple[Link, ...]


def qr_of(row: Any) -> Drawn:
    """The code of a SigningRequest."""
    address = address_of("mgov-request", row)
    text = f"{MARK}{address}"
    svg = segno.make(text, error="m").svg_inline(border=2, dark="#14212b", light="#fff", omitsize=True)
    return Drawn(
        text,
        mark_safe(svg),  # noqa: S308 - drawn here, nothing of it comes from a person
        tuple(
            Link(name, link.format(address=quote(address, safe=":/")))
            for name, link in settings.QYZMET_MGOV_LINKS
        ),
    )


def address_of(name: str, row: Any) -> str:
    """The whole address of one of the two services for this request."""
    return f"{settings.QYZMET_ADDRESS.rstrip('/')}{reverse(name, args=[row.phone_token])}"
