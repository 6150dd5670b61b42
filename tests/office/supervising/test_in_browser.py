"""The pages of who watches, in Kazakh at a phone's and a laptop's width: nothing hangs over the edge and
the browser complains of nothing. With QYZMET_PICTURES set, a picture of each page is kept there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from qyzmet.config import clock
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account
from tests.browser import LAPTOP, PHONE, Browser, browser, served
from tests.cases.bustle import END, bustle, supervisor, tick, turned_away
from tests.cases.conftest import found

pytestmark = pytest.mark.full

SEPTEMBER = "from=2024-09-01&to=2024-09-30"


def sign_in(page: Browser, actor: Actor) -> None:
    """Bring a session's cookie, as after the sign-in page."""
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account), backend="qyzmet.people.backend.AccountBackend")
    assert SessionStore(client.session.session_key).exists(client.session.session_key)
    page.open("/office/search")
    page.driver.add_cookie({"name": "sessionid", "value": client.cookies["sessionid"].value})


def test_pages_of_who_watches_fit_a_phone_and_a_laptop(committed: None) -> None:
    with clock.hold(END), served() as address:
        town = found()
        cases = bustle(town)
        turned_away(town)
        tick(END)
        auditor = town.official("auditor", town.body("quality", "quality-body"))
        ref = cases["refused-late"].ref
        walks = {
            supervisor(town): ("supervision/", "supervision/late", f"supervision/refusals?{SEPTEMBER}",
                               f"supervision/times?{SEPTEMBER}", "supervision/cases", f"cases/{ref}",
                               f"supervision/recount?run=1&{SEPTEMBER}"),
            auditor: ("audit/", f"cases/{ref}", f"audit/cases/{ref}/journal", "audit/seals?verify=1"),
        }  # fmt: skip
        with browser(address) as page:
            for actor, paths in walks.items():
                sign_in(page, actor)
                for path in paths:
                    look(page, path)
            assert page.complaints() == []


def test_the_last_column_of_the_times_is_seen_on_a_laptop(committed: None) -> None:
    with clock.hold(END), served() as address:
        town = found()
        bustle(town)
        with browser(address) as page:
            sign_in(page, supervisor(town))
            for language in ("kk", "ru", "en"):
                page.driver.add_cookie({"name": "django_language", "value": language})
                page.open(f"/office/supervision/times?{SEPTEMBER}")
                # A visible scroll bar of the window takes its fifteen pixels.
                hidden = page.driver.execute_script(
                    "document.body.style.width = '1425px'; const t = document.querySelector('.figure .scroll');"
                    "return t.scrollWidth - t.clientWidth"
                )
                assert page.find("html").get_attribute("lang") == language
                assert hidden <= 0, language


def look(page: Browser, path: str) -> None:
    for size in (LAPTOP, PHONE):
        page.size(*size)
        page.open(f"/office/{path}")
        assert page.find("html").get_attribute("lang") == "kk"
        assert page.sideways <= 0, (path, size)
        if folder := os.environ.get("QYZMET_PICTURES"):
            name = path.partition("?")[0].replace("/", "-").strip("-")
            page.picture(Path(folder) / f"{name}-{size[0]}.png")
