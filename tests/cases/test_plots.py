"""Two open cases on one cadastral number flag each other; an ended one flags nobody."""

from __future__ import annotations

import pytest

from qyzmet.cases import acts
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Case, CaseState, Entry, Finding
from qyzmet.people.actor import Principal
from tests.cases.town import Town, documents, filled_form, moment, publish, shipped

pytestmark = pytest.mark.django_db

NOW = moment("2012-08-01 10:00")
SERVICE = "land-private-ownership"
CHANNEL = "provider-office"


@pytest.fixture
def land() -> Town:
    packages = [shipped(SERVICE), shipped("general/hearing")]
    town = Town(*packages)
    for package in packages:
        publish(package)
    return town


def filed(town: Town, number: str, plot: str) -> Case:
    """Taken in at the provider's office."""
    package = shipped(SERVICE)
    variant = {dimension: next(iter(options)) for dimension, options in package.variants.items()}
    facts = {"channel": CHANNEL, **variant}
    application = Application(
        service=SERVICE, channel=CHANNEL, variant=variant, recipient=Principal(number, "individual", "Омаров", "self"),
        form={**filled_form(package, **facts), "cadastral-number": plot}, documents=documents(package, **facts),
    )  # fmt: skip
    return acts.submit(town.actor(package.channels[CHANNEL].by or ""), application, now=NOW)


def flags(case: Case) -> list[str]:
    found = Finding.objects.filter(case=case, function="plot.conflicts")
    return [item["case"] for finding in found for item in finding.items]


def test_two_open_cases_on_one_plot_flag_each_other_however_it_is_written(land: Town) -> None:
    first = filed(land, "811201401188", "20-313-010-256")
    assert flags(first) == []
    second = filed(land, "680503250034", "20:313:010:256")
    assert (flags(first), flags(second)) == ([second.ref], [first.ref])
    for case in (first, second):
        assert Entry.objects.filter(stream=case.stream, act="plot.conflict").count() == 1
    named = Entry.objects.filter(stream="plot:20-313-010-256").values_list("act", flat=True)
    assert list(named) == ["plot.named", "plot.named"]


def test_another_plot_and_an_ended_case_flag_nobody(land: Town) -> None:
    first = filed(land, "811201401188", "20-313-010-256")
    assert flags(filed(land, "680503250034", "20-313-010-257")) == []
    Case.objects.filter(pk=first.pk).update(state=CaseState.ENDED)
    assert flags(filed(land, "680503250034", "20-313-010-256")) == []
