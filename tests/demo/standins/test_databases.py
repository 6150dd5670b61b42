"""The stand-in's page of state databases: one chooses there how each of them answers."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest

from qyzmet.demo.standins import StandIns
from qyzmet.regulation.state_databases import asked_outside


def page(stand_ins: StandIns, language: str = "kk") -> str:
    asked = urllib.request.Request(
        f"{stand_ins.addresses.page}databases", headers={"Cookie": f"language={language}"}
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return str(answer.read().decode())


def test_it_lists_the_databases_that_are_asked_in_the_readers_language(stand_ins: StandIns) -> None:
    for language in ("kk", "ru", "en"):
        said = page(stand_ins, language)
        assert all(each.name.in_language(language) in said for each in asked_outside().values())  # type: ignore[arg-type]
    assert "equity-permits" not in said


def test_what_is_chosen_holds_and_what_cannot_be_changes_nothing(stand_ins: StandIns) -> None:
    chosen = {
        "deed.income": "late", "minutes.income": "45", "deed.persons": "silent", "deed.employment": "sulks",
    }  # fmt: skip
    sent = urllib.request.Request(f"{stand_ins.addresses.page}databases", data=urlencode(chosen).encode())
    urllib.request.urlopen(sent, timeout=60)
    moods = {name: str(mood) for name, mood in stand_ins.table.gateway.moods.items()}
    assert (moods["income"], moods["persons"], moods["employment"]) == (
        "late 45 minutes",
        "silent",
        "answers",
    )
    assert 'value="45"' in page(stand_ins)


@pytest.mark.parametrize(("order", "status"), [({"employment": "fails"}, 200), ({"weather": "fails"}, 400)])
def test_a_test_orders_it_by_control(stand_ins: StandIns, order: dict[str, str], status: int) -> None:
    body = json.dumps({"databases": order}).encode()
    asked = urllib.request.Request(f"{stand_ins.addresses.page}control", data=body)
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            assert json.loads(answer.read())["databases"]["employment"] == "fails"
            found = answer.status
    except urllib.error.HTTPError as problem:
        found = problem.code
    assert found == status


def test_what_is_no_envelope_is_answered_by_a_fault(stand_ins: StandIns) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(stand_ins.addresses.gateway, data=b"<hello/>", timeout=60)
    assert refused.value.code == 500
    assert b"Fault" in refused.value.read()
