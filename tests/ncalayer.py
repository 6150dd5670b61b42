"""NCALayer's stand-in beside a browser: the house knows its addresses, and tests choose the key.

with ncalayer() as layer:
    sign(page, layer, CITIZEN)              # press, the key of this number, and on to the next page
    press(page, layer, Wish(deed="cancel")) # press, and see what the page says
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import override_settings

from qyzmet.config import clock
from qyzmet.demo.authority import authority
from qyzmet.demo.standins import StandIns, Wish
from qyzmet.evidence.fetching import sources_rest
from tests.browser import Browser

__all__ = ["SIGN", "ncalayer", "press", "said", "sign"]

SIGN = "form.ncalayer button"
SILENT = "document.querySelector('.signing-state').replaceChildren()"
OVER = (
    "return document.querySelector('.signing-state').childElementCount > 0"
    " && !document.querySelector('form.ncalayer button').disabled"
)


@contextmanager
def ncalayer(house: str = "") -> Iterator[StandIns]:
    """The stand-ins run; pages may talk to them, and signatures are judged by their services."""
    with StandIns(authority(), clock.now) as layer:
        found = layer.addresses
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        known = {"DIRECTIVES": policy | {"connect-src": ["'self'", found.ncalayer]}}
        with override_settings(
            QYZMET_NCALAYER=found.ncalayer, QYZMET_STAND_IN=found.page, QYZMET_OCSP=(found.ocsp,), QYZMET_CRL=found.crl,
            QYZMET_TSA=found.tsa, QYZMET_ADDRESS=house or settings.QYZMET_ADDRESS, CONTENT_SECURITY_POLICY=known,
        ):  # fmt: skip
            sources_rest.forget()
            try:
                yield layer
            finally:
                sources_rest.forget()


def sign(page: Browser, layer: StandIns, number: str) -> None:
    """Sign what the page shows with the key of this IIN or BIN."""
    layer.desk.always(Wish(number))
    page.go(SIGN)
    layer.desk.always(None)


def press(page: Browser, layer: StandIns, wish: Wish) -> str:
    """Press the button, let the stand-in do this, and what the page says once it is over."""
    layer.desk.always(wish)
    page.driver.execute_script(SILENT)
    page.press(SIGN)
    page.wait(OVER)
    layer.desk.always(None)
    return said(page)


def said(page: Browser) -> str:
    """What the page tells of NCALayer."""
    return page.find(".signing-state").text
