"""Taking one's case away: the ZIP with all its proofs, and the reasons of its decisions."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from qyzmet.cases.models import Case
from qyzmet.documents.verifier.main import check
from qyzmet.documents.verifier.report import Report
from tests.portal.conftest import MONDAY, NEIGHBOUR, signed_in
from tests.portal.filling import ready, send


@pytest.fixture
def filed(citizen: Client) -> Case:
    send(citizen, ready(citizen))
    return Case.objects.get()


def taken(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_the_recipient_takes_the_whole_case_away(citizen: Client, filed: Case, tmp_path: Path) -> None:
    answer = citizen.get(f"/cabinet/{filed.ref}/case-file")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert unquote(answer["Content-Disposition"]).endswith(f"{filed.number}.zip")
    data = taken(answer)
    index = json.loads(zipfile.ZipFile(io.BytesIO(data)).read("index.json"))
    assert (index["made_for"], index["case"]["ref"]) == (["party"], filed.ref)
    assert {"attachments", "signatures", "journal", "verifier"} <= {each["group"] for each in index["files"]}
    report = Report()
    (tmp_path / "case.zip").write_bytes(data)
    check(tmp_path / "case.zip", report, None, MONDAY)
    assert report.failed == []


def test_a_stranger_finds_no_case_to_take(citizen: Client, filed: Case) -> None:
    neighbour = signed_in(NEIGHBOUR)
    for what in ("case-file", "decisions"):
        assert neighbour.get(f"/cabinet/{filed.ref}/{what}").status_code == 404
        assert Client().get(f"/cabinet/{filed.ref}/{what}").status_code == 302


def test_the_page_of_the_case_offers_both(citizen: Client, filed: Case) -> None:
    page = citizen.get(f"/cabinet/{filed.ref}").content.decode()
    for what in ("case-file", "decisions"):
        assert f'href="/cabinet/{filed.ref}/{what}"' in page


def test_before_any_decision_the_page_says_so(citizen: Client, filed: Case) -> None:
    answer = citizen.get(f"/cabinet/{filed.ref}/decisions")
    assert "Әзірге сізге көрсетілетін шешім жоқ." in answer.content.decode()
    assert f'href="/cabinet/{filed.ref}"' in answer.content.decode()


def test_without_a_key_to_seal_with_it_is_said_and_nothing_is_given(
    citizen: Client, filed: Case, settings: Settings, tmp_path: Path
) -> None:
    settings.QYZMET_SEAL_KEY = str(tmp_path / "lost.p12")
    answer = citizen.get(f"/cabinet/{filed.ref}/case-file")
    assert answer.status_code == 503
    assert "мөр басатын кілт жоқ" in answer.content.decode()
