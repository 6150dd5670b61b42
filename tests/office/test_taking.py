"""Officials take a case away as their view shows it; one that is not in their hands is journaled as read."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from typing import Any

import pytest

from qyzmet.cases.models import Case, Entry
from tests.cases.test_housing_assistance import application
from tests.cases.town import Town, citizen, complete, file, open_step
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(housing: Town, monday: datetime) -> Case:
    filed = file(citizen(), application(), now=monday)
    complete(housing.actor("responsible-specialist"), filed.ref, open_step(filed, "register").no, now=monday)
    return filed


def taken(desk: Desk, case: Case) -> tuple[dict[str, Any], list[str]]:
    answer = desk.client.get(f"/office/cases/{case.ref}/case-file")
    assert answer.status_code == 200
    found = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    return json.loads(found.read("index.json")), found.namelist()


def test_the_provider_takes_the_whole_file(housing: Town, case: Case) -> None:
    index, names = taken(Desk(housing.actor("head")), case)
    assert index["made_for"] == ["provider"]
    assert "prepared/0001-filing-applicant.json" in names


def test_the_body_above_takes_the_course_and_its_reading_is_journaled(housing: Town, case: Case) -> None:
    above = housing.official("head", housing.above)
    index, names = taken(Desk(above), case)
    assert index["made_for"] == ["supervisor"]
    assert not [name for name in names if name.startswith(("attachments/", "prepared/", "documents/"))]
    assert Entry.objects.filter(stream=f"reads:{case.pk}", act="case.read", person=above.person).exists()


def test_a_stranger_takes_nothing(housing: Town, case: Case) -> None:
    stranger = housing.official("head", housing.body("elsewhere", "social-department"))
    for what in ("case-file", "decisions"):
        assert Desk(stranger).client.get(f"/office/cases/{case.ref}/{what}").status_code == 404


def test_the_page_offers_both(housing: Town, case: Case) -> None:
    desk = Desk(housing.actor("head")).case(case.ref)
    assert desk.links("/case-file")
    assert "Receipts of decisions" in desk.client.get(desk.links("/decisions")[0]).content.decode()
