"""The stand-in of eGov's sign-in, met by the product as the real one would be."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import override_settings

from qyzmet.config.egov import Egov
from qyzmet.demo.standins import StandIns
from qyzmet.portal.accounts import egov

AIGUL = "900205417747"
BACK = "http://127.0.0.1:8000/sign-in/egov/back"


class Still(urllib.request.HTTPRedirectHandler):
    """Goes nowhere: a browser would."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def settings_of(stand_ins: StandIns) -> Egov:
    root = f"{stand_ins.addresses.page}egov"
    return Egov("demo", "demo", root, f"{root}/token", f"{root}/person")


def chosen(stand_ins: StandIns, address: str, whom: str) -> dict[str, str]:
    """Press the link of a person (or of refusing) on the page; what the browser brings back."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        page = str(answer.read().decode())
    links = [unescape(each) for each in re.findall(r'href="(/egov/answer[^"]*)"', page)]
    link = next(each for each in links if dict(parse_qsl(urlsplit(each).query)).get("who", "") == whom)
    with pytest.raises(urllib.error.HTTPError) as going:
        urllib.request.build_opener(Still).open(f"{stand_ins.addresses.page.rstrip('/')}{link}", timeout=60)
    address = str(going.value.headers["Location"])
    assert address.startswith(f"{BACK}?")
    return dict(parse_qsl(urlsplit(address).query))


def test_whoever_is_chosen_comes_in_by_a_code_that_works_once(stand_ins: StandIns) -> None:
    with override_settings(QYZMET_EGOV=settings_of(stand_ins)):
        address, kept = egov.begin(BACK, "kk")
        answer = chosen(stand_ins, address, AIGUL)
        assert egov.finish(kept, answer, BACK).iin == AIGUL
        with pytest.raises(egov.EgovRefused, match="silent"):
            egov.finish(kept, answer, BACK)


def test_who_refuses_does_not(stand_ins: StandIns) -> None:
    with override_settings(QYZMET_EGOV=settings_of(stand_ins)):
        address, kept = egov.begin(BACK, "ru")
        with pytest.raises(egov.EgovRefused, match="denied"):
            egov.finish(kept, chosen(stand_ins, address, ""), BACK)


def test_a_code_is_bound_to_the_one_who_asked(stand_ins: StandIns) -> None:
    with override_settings(QYZMET_EGOV=settings_of(stand_ins)):
        address, kept = egov.begin(BACK, "en")
        stolen = kept | {"verifier": "another"}
        with pytest.raises(egov.EgovRefused, match="silent"):
            egov.finish(stolen, chosen(stand_ins, address, AIGUL), BACK)


@pytest.mark.parametrize(
    "query",
    ["", "?response_type=code&client_id=a&state=b&code_challenge=c&redirect_uri=https://evil.example/"],
)
def test_nothing_is_answered_to_another_house(stand_ins: StandIns, query: str) -> None:
    for path in ("egov", "egov/answer"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{stand_ins.addresses.page}{path}{query}", timeout=60)
        assert refused.value.code == 400
