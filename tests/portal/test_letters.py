"""The letters of the cabinet: everything that was told, when and where to; read once they are opened."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from lxml import html

from qyzmet.cases.delivery.outbox import deliver_due
from qyzmet.cases.models import Case, Entry
from qyzmet.gateway.models import Notice
from tests.portal.conftest import CITIZEN, MONDAY, NEIGHBOUR, signed_in
from tests.portal.filling import ready, send


@pytest.fixture
def told(citizen: Client) -> Case:
    send(citizen, ready(citizen))
    while deliver_due(MONDAY, only=["mail"]):
        pass
    return Case.objects.get()


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def in_the_menu(client: Client) -> str:
    link = html.fromstring(words(client, "/letters")).xpath("//header//a[@href='/letters']")[0]
    return " ".join(link.text_content().split())


def test_the_menu_counts_what_was_not_opened_and_opening_reads_it_once(citizen: Client, told: Case) -> None:
    assert in_the_menu(citizen) == "Хаттар 2 Оқылмаған"
    first = Notice.objects.filter(person=CITIZEN).earliest("id")
    assert first.letter[0] in words(citizen, f"/letters/{first.pk}")
    words(citizen, f"/letters/{first.pk}")
    assert in_the_menu(citizen) == "Хаттар 1 Оқылмаған"
    assert Entry.objects.filter(stream=f"reads:{told.pk}", act="notice.read").count() == 1


def test_the_case_lists_what_was_told_and_how_it_went_out(citizen: Client, told: Case) -> None:
    Notice.objects.update(email="aigul@example.kz", sent_at=MONDAY)
    page = words(citizen, f"/cabinet/{told.ref}")
    assert page.count("aigul@example.kz, жіберілді") == 2
    Notice.objects.update(sent_at=None)
    assert "әлі жіберілген жоқ" in words(citizen, f"/cabinet/{told.ref}")


def test_a_letter_of_somebody_else_is_not_there(told: Case, monday: datetime) -> None:
    pk = Notice.objects.earliest("id").pk
    assert signed_in(NEIGHBOUR).get(f"/letters/{pk}").status_code == 404
    assert Notice.objects.filter(read_at__isnull=False).count() == 0
