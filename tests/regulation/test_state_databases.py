"""What the law lets be fetched for an application, by the packages that say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from qyzmet.regulation.loader import load_package
from qyzmet.regulation.model import Package
from qyzmet.regulation.sharing import SHIPPED
from qyzmet.regulation.state_databases import asked_outside, load_databases, wanted

APPLICANT, SPOUSE = "811201401188", "680503250034"
SAYS_SO = {
    "housing-assistance": {"income-proof": "income", "employment-proof": "employment"},
    "housing-certificate": {"identity": "persons", "family": "persons"},
    "equity-permit": {"land-act": "real-estate-cadastre"},
    "construction-object": {"permit-or-guarantee": "equity-permits"},
}
"""Service → what its act has fetched, of which database. Cites: O109 an.2 row 8(1) items 3–4; O109 r417 §13 ¶2;
O109 r352 §3(3); O144 an.2 §7(5)."""


def package(service: str) -> Package:
    found = load_package(next(SHIPPED.glob(f"{service}/*/service.yaml"))).package
    assert found is not None
    return found


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*/*/service.yaml")), ids=lambda p: p.parts[-3])
def test_a_service_fetches_what_its_act_says_and_nothing_else(path: Path) -> None:
    found = load_package(path).package
    if found is None:  # a base of others, read with them
        assert load_package(path).abstract
        return
    said = {key: each.unless.database for key, each in found.documents.items() if each.unless}
    for section in found.form.values():
        said |= {key: each.unless.database for key, each in section.fields.items() if each.unless}
    assert said == SAYS_SO.get(found.service, {})


def test_income_is_asked_about_everybody_in_the_family_and_each_once() -> None:
    form = {"family": [{"iin": SPOUSE}, {"iin": SPOUSE}, {"iin": ""}]}
    asked = wanted(package("housing-assistance"), form, APPLICANT, {"income-proof": True})
    assert [(each.database, each.role, each.about) for each in asked] == [
        ("income", "applicant", APPLICANT),
        ("income", "family", SPOUSE),
    ]
    assert {each.cite for each in asked} == {"O109 an.2 row 8(1) item 3"}


def test_a_database_is_asked_once_about_a_number_whatever_it_is_for() -> None:
    applies = {"identity": True, "family": True}
    asked = wanted(package("housing-certificate"), {"family": [{"iin": SPOUSE}]}, APPLICANT, applies)
    assert [(each.item, each.about) for each in asked] == [("identity", APPLICANT), ("identity", SPOUSE)]


def test_what_does_not_apply_is_not_asked() -> None:
    assert wanted(package("housing-assistance"), {}, APPLICANT, {}) == []


def test_the_cadastre_is_asked_about_the_plot() -> None:
    asked = wanted(
        package("equity-permit"), {"cadastral-number": "20-313-010-256"}, APPLICANT, {"land-act": True}
    )
    assert [(each.role, each.about) for each in asked] == [("cadastral-number", "20-313-010-256")]


def test_every_database_says_what_its_id_rests_on() -> None:
    assert all(each.basis.startswith("unconfirmed") for each in asked_outside().values())
    assert set(load_databases()) - set(asked_outside()) == {"equity-permits"}
    assert load_databases()["persons"].fresh_for.days == 30
