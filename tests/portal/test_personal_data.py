"""Personal data in the cabinet: consents withdrawn, who read my case, a copy of everything kept about me."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime

import pytest
from django.test import Client

from qyzmet.cases.acts import read_case
from qyzmet.cases.delivery.outbox import deliver_due
from qyzmet.cases.models import Case, Entry, Outbox
from qyzmet.cases.retention import kept_until
from qyzmet.gateway.models import Notice
from qyzmet.pages.templatetags.words import day
from qyzmet.people.actor import Actor
from tests.portal.conftest import CITIZEN, MONDAY, NEIGHBOUR, signed_in
from tests.portal.filling import ready, send


@pytest.fixture
def filed(citizen: Client) -> Case:
    send(citizen, ready(citizen))
    return Case.objects.get()


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_consent_is_withdrawn_once_and_the_holder_is_told(citizen: Client, filed: Case) -> None:
    address = f"/cabinet/{filed.ref}/consents/data-consent"
    assert "жалғасады" in words(citizen, address)  # what the law requires goes on
    citizen.post(address, {"reason": "Көштім"})
    assert Entry.objects.filter(stream=filed.stream, act="consent.withdrawn").count() == 1
    assert "Кері қайтарып алынды" in words(citizen, f"/cabinet/{filed.ref}/data")
    assert Outbox.objects.filter(destination="mail", kind="consent.withdrawn", ref="holder").exists()
    assert "кері қайтарып алынған" in citizen.post(address).content.decode()
    while deliver_due(MONDAY, only=["mail"]):
        pass
    assert "Көштім" in Notice.objects.filter(code="consent.withdrawn").earliest("id").letter[0]


def test_a_declaration_is_no_consent_to_processing(citizen: Client, filed: Case) -> None:
    assert words(citizen, f"/cabinet/{filed.ref}/data").count("Келісімді кері қайтарып алу") == 1
    citizen.post(f"/cabinet/{filed.ref}/consents/truth")
    assert not Entry.objects.filter(stream=filed.stream, act="consent.withdrawn").exists()


def test_the_recipient_sees_which_post_read_the_case_and_not_who(citizen: Client, filed: Case) -> None:
    reader = Actor(account=None, person="800101300123", post="head", organisation=filed.provider_id)
    read_case(reader, filed.ref, now=MONDAY)
    page = citizen.get(f"/cabinet/{filed.ref}/data")
    assert len(page.context["readings"]) == 1
    assert "800101300123" not in page.content.decode()


def test_a_copy_holds_the_application_its_files_the_letters_and_the_readings(
    citizen: Client, filed: Case
) -> None:
    while deliver_due(MONDAY, only=["mail"]):
        pass
    answer = citizen.get("/my-data/copy")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:  # type: ignore[arg-type]
        said = json.loads(archive.read("my-data.json"))
        page = archive.read("index.html").decode()
        names = archive.namelist()
    assert said["account"]["number"] == CITIZEN
    assert "password" not in said["account"]
    assert said["cases"][0]["form"]["data-consent"] is True
    assert len(said["letters"]) == 2
    assert said["not_included"] == []
    assert any(name.startswith(f"files/{filed.ref}/") for name in names)
    assert said["letters"][0]["subject"] in page


def test_nobody_elses_data_are_in_ones_copy_or_behind_their_address(filed: Case, monday: datetime) -> None:
    neighbour = signed_in(NEIGHBOUR)
    assert neighbour.get(f"/cabinet/{filed.ref}/data").status_code == 404
    assert neighbour.get(f"/cabinet/{filed.ref}/consents/data-consent").status_code == 404
    copy = b"".join(neighbour.get("/my-data/copy").streaming_content)  # type: ignore[arg-type]
    assert json.loads(zipfile.ZipFile(io.BytesIO(copy)).read("my-data.json"))["cases"] == []


def test_my_data_lists_every_application_with_its_consents_and_until_when_it_is_kept(
    citizen: Client, filed: Case
) -> None:
    page = words(citizen, "/my-data")
    assert f'href="/cabinet/{filed.ref}/data"' in page
    assert "Кері қайтарып алуға болатын келісім: 1" in page
    assert "өтініш қаралып біткенше" in page
    citizen.post(f"/cabinet/{filed.ref}/consents/data-consent", {"reason": ""})
    assert "Кері қайтарып алуға болатын келісім" not in words(citizen, "/my-data")
    Case.objects.update(state="ended", exit="assigned", ended_at=MONDAY)
    until = kept_until(Case.objects.get())
    assert until is not None
    for address in ("/my-data", f"/cabinet/{filed.ref}/data"):
        assert f"Деректер мына күнге дейін сақталады: {day(until)}" in words(citizen, address)
    assert filed.ref not in words(signed_in(NEIGHBOUR), "/my-data")
