"""Signing with eGov Mobile: whether this deployment offers it, and the links that open the app.

The app only opens addresses its operator has on a list, so production offers it when told to. The links are
those published for the app; their form has changed before, so a deployment may give its own, with `{address}`
where the address goes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

__all__ = ["Mgov", "read_mgov"]

DRAWN_BY = "qyzmet.api.mgov.qr_of"
STAND_IN = "http://127.0.0.1:13580/"
PERSON = (
    "https://mgovsign.page.link/?link={address}?mgovSign&apn=kz.mobile.mgov&isi=1476128386&ibi=kz.egov.mobile"
)
BUSINESS = (
    "https://egovbusiness.page.link/?link={address}?mgovSign"
    "&apn=kz.mobile.mgov.business&isi=1597880144&ibi=kz.mobile.mgov.business"
)


@dataclass(frozen=True, slots=True)
class Mgov:
    """`drawn_by`: what draws the QR code of a request, as a dotted name; empty where it is not offered.

    `links`: name of the words (`phone-same`, `phone-business`, `phone-demo`) and address with `{address}`.
    `stand_in`: the page of the demo's stand-in for NCALayer, empty without one.
    """

    drawn_by: str
    links: tuple[tuple[str, str], ...]
    stand_in: str


def read_mgov(production: bool, env: Mapping[str, str] = os.environ) -> Mgov:
    """Read the variables; raise `ImproperlyConfigured` with one sentence for what cannot be."""
    said = env.get("QYZMET_MGOV") or ("off" if production else "on")
    stand_in = env.get("QYZMET_STAND_IN", "" if production else STAND_IN)
    if said not in {"on", "off"}:
        raise ImproperlyConfigured(f"QYZMET_MGOV is {said!r}; it can be on or off.")
    if production and stand_in:
        raise ImproperlyConfigured("QYZMET_STAND_IN belongs to the demo: production signs with NCALayer.")
    links = {
        "phone-same": env.get("QYZMET_MGOV_LINK") or PERSON,
        "phone-business": env.get("QYZMET_MGOV_BUSINESS_LINK") or BUSINESS,
    }
    for name, link in links.items():
        if "{address}" not in link:
            raise ImproperlyConfigured(f"The link {name} has no {{address}}: {link!r}.")
    if not production:
        # A phone cannot reach a demo on somebody's computer; its page can.
        links = {"phone-demo": f"{stand_in}phone?open={{address}}"} if stand_in else {}
    return Mgov(DRAWN_BY if said == "on" else "", tuple(links.items()), stand_in)
