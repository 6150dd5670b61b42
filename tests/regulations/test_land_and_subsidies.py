"""The four land titles and the two subsidies walk the steps their acts print."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qyzmet.regulation.engine import compile_package, find_path
from qyzmet.regulation.loader import load_package
from qyzmet.regulation.model import Package
from qyzmet.regulation.sharing import SHIPPED

LAND = ["land-private-ownership", "land-permanent-use", "land-paid-use", "land-gratuitous-use"]
IN_2012 = datetime(2012, 8, 1, 5, 0, tzinfo=UTC)


def load(service: str) -> Package:
    (path,) = SHIPPED.glob(f"{service}/*/service.yaml")
    package = load_package(path).package
    assert package is not None
    return package


def numbers(package: Package, exit_: str, **facts: str) -> list[int | None]:
    """The numbers of the act's steps on the way to an exit, in 2012, when there were no hearings."""
    choices = find_path(compile_package(package), facts, exit_, IN_2012)
    steps = [package.steps[choice.step] for choice in choices if choice.step]
    return [step.number for step in steps if step.number is not None]


@pytest.mark.parametrize("service", LAND)
def test_the_centre_takes_17_steps_and_the_body_13(service: str) -> None:
    package = load(service)
    assert numbers(package, "act-given", channel="centre", case="grant") == list(range(1, 18))
    assert numbers(package, "act-given", channel="provider-office", case="change") == list(range(4, 17))
    assert numbers(package, "duplicate-given", channel="centre", case="duplicate") == list(range(1, 18))


@pytest.mark.parametrize("service", LAND)
def test_a_refusal_leaves_out_steps_7_to_14(service: str) -> None:
    assert numbers(load(service), "refused", channel="centre", case="grant") == [1, 2, 3, 4, 5, 6, 15, 16, 17]


@pytest.mark.parametrize("service", LAND)
def test_a_suspension_is_signed_handed_over_and_goes_on_at_step_6(service: str) -> None:
    way = numbers(load(service), "suspended", channel="centre", case="grant")
    assert way == [1, 2, 3, 4, 5, 6, 15, 16, 17, *range(6, 18)]


DOCUMENTS = {
    "grant-decision": {"grant"},
    "change-decision": {"change"},
    "land-project": {"grant", "change"},
    "taxpayer-certificate": {"grant", "change"},
    "registration-certificate": {"grant", "change"},
    "newspaper": {"duplicate"},
}


def cases(package: Package, document: str) -> set[str]:
    """In which of the three cases a document is asked for; none when the service does not know it."""
    found = package.documents.get(document)
    if found is None:
        return set()
    only = found.only.get("case", []) if isinstance(found.only, dict) else list(package.variants["case"])
    return set(only) if isinstance(only, list) else {str(only)}


@pytest.mark.parametrize("service", LAND)
def test_documents_by_case_are_those_of_section_16(service: str) -> None:
    package = load(service)
    assert {document: cases(package, document) for document in DOCUMENTS} == DOCUMENTS
    assert (
        cases(package, "application") == cases(package, "payment-proof") == {"grant", "change", "duplicate"}
    )


def test_only_state_legal_entities_prove_the_representatives_authority_instead_of_identity() -> None:
    permanent, private = load("land-permanent-use"), load("land-private-ownership")
    assert permanent.recipients == ("legal-entity",)
    assert cases(permanent, "authority-proof") == {"grant", "duplicate"}
    assert cases(permanent, "identity") == {"change"}
    assert cases(permanent, "housing-project-part") == set()
    assert cases(private, "authority-proof") == set()
    assert cases(private, "identity") == {"grant", "change", "duplicate"}
    assert cases(load("land-gratuitous-use"), "authority-proof") == {"change"}


def test_originals_of_identity_are_shown_and_handed_back() -> None:
    assert load("land-paid-use").documents["identity"].original == "shown"


@pytest.mark.parametrize("service", ["livestock-subsidy", "processing-subsidy"])
def test_a_subsidy_has_the_four_steps_of_its_regulation(service: str) -> None:
    assert numbers(load(service), "sent", channel="portal") == [1, 2, 3, 4]


def test_the_order_is_formed_by_a_person_for_livestock_and_by_itself_for_processing() -> None:
    assert load("livestock-subsidy").steps["form-orders"].kind == "batch"
    assert load("processing-subsidy").steps["form-orders"].kind == "effect"
