"""When signing with a phone is offered, and by which links."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from qyzmet.config.mgov import read_mgov


def test_a_demo_offers_it_with_the_page_of_its_own_phone() -> None:
    found = read_mgov(production=False, env={"QYZMET_STAND_IN": "http://127.0.0.1:13999/"})
    assert found.drawn_by
    assert found.links == (("phone-demo", "http://127.0.0.1:13999/phone?open={address}"),)


def test_a_demo_without_stand_ins_has_the_code_alone() -> None:
    assert read_mgov(production=False, env={"QYZMET_STAND_IN": ""}).links == ()


def test_production_offers_it_when_told_to() -> None:
    """The app opens only addresses that its operator has put on a list."""
    assert read_mgov(production=True, env={}).drawn_by == ""
    found = read_mgov(production=True, env={"QYZMET_MGOV": "on", "QYZMET_MGOV_LINK": "egov://sign/{address}"})
    assert found.drawn_by
    assert found.links[0] == ("phone-same", "egov://sign/{address}")
    assert found.links[1][1].startswith("https://egovbusiness.page.link/?link={address}?mgovSign&apn=")
    assert found.stand_in == ""


@pytest.mark.parametrize(
    "env",
    [
        {"QYZMET_MGOV": "perhaps"},
        {"QYZMET_MGOV_LINK": "https://app.example/"},
        {"QYZMET_STAND_IN": "http://127.0.0.1:13580/"},
    ],
)
def test_what_production_refuses(env: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^[A-Z].*\.?$"):
        read_mgov(production=True, env=env)
