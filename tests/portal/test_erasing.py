"""A lawful erasure: nothing personal is left of an ended case, its journal is whole, and says by which rule."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from qyzmet.cases import blobs, retention
from qyzmet.cases.acts import erase_personal_data, withdraw
from qyzmet.cases.delivery.outbox import deliver_due
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Blob, Case, CaseState, Entry, Filing, Payload, SignatureRecord
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.sweep import sweep
from qyzmet.config import clock
from qyzmet.gateway.models import Notice
from qyzmet.people.actor import SYSTEM, Actor, actors_for
from qyzmet.people.models import Account
from qyzmet.portal.models import Draft
from tests.portal.conftest import CITIZEN, MONDAY, NEIGHBOUR, signed_in
from tests.portal.filling import ready, send

EVENING = MONDAY.replace(hour=20)
LATER = MONDAY.replace(year=2024, month=7)
WHY = (retention.RULE, retention.CLAUSE)


@pytest.fixture
def ended(citizen: Client) -> Case:
    with clock.hold(EVENING):  # filed after hours, and withdrawn before it was registered
        send(citizen, ready(citizen))
    case = Case.objects.get()
    withdraw(me(), case.ref, reason="Көштім", now=EVENING)
    while deliver_due(EVENING, only=["mail"]):
        pass
    case.refresh_from_db()
    assert case.state == CaseState.ENDED
    return case


def me(number: str = CITIZEN) -> Actor:
    return actors_for(Account.objects.get(number=number), MONDAY)[0]


def files_of(case: Case) -> list[str]:
    return [f["sha256"] for files in Filing.objects.get(pk=case.pk).documents.values() for f in files]


def test_papers_letters_drafts_files_and_payloads_go_and_the_journal_stays_whole(
    citizen: Client, ended: Case, tmp_path: Path
) -> None:
    files = files_of(ended)
    assert files
    erase_personal_data(SYSTEM, ended.ref, *WHY, now=LATER)

    papers = Filing.objects.get(pk=ended.pk)
    assert (papers.form, papers.documents, papers.applicant_name) == ({}, {}, "")
    assert papers.erased == {"rule": retention.RULE, "clause": retention.CLAUSE}
    assert not SignatureRecord.objects.filter(case=ended, subject__startswith="filing:").exists()
    assert not Draft.objects.filter(filed=ended.ref).exists()
    assert all(not n.letter and not n.email for n in Notice.objects.filter(case=ended))
    for digest in files:
        with pytest.raises(blobs.BlobErased):
            blobs.read(digest)
    left = " ".join(p.data or "" for p in Payload.objects.filter(stream=ended.stream))
    assert "Көштім" not in left
    assert "form" not in json.dumps([list(json.loads(p.data)) for p in Payload.objects.exclude(data=None)
                                     if p.stream == ended.stream])  # fmt: skip
    assert Entry.objects.filter(stream=ended.stream, act="data.erased").count() == 1

    report = verify(tmp_path)
    assert not report.tamperings
    assert f"{ended.stream}#1" in report.erased


def test_the_cabinet_says_that_the_data_were_erased(citizen: Client, ended: Case) -> None:
    erase_personal_data(SYSTEM, ended.ref, *WHY, now=LATER)
    for page in ("", "/data", "/filed"):
        assert citizen.get(f"/cabinet/{ended.ref}{page}").status_code == 200
    told = citizen.get(f"/cabinet/{ended.ref}/data").content.decode()
    assert retention.CLAUSE == "Law on personal data art. 18"
    assert "«Дербес деректер және оларды қорғау туралы» Заң, 18-бап" in told
    assert citizen.get("/letters").status_code == 200
    assert citizen.get("/my-data/copy").status_code == 200


def test_a_file_another_case_names_stays(citizen: Client, ended: Case, monday: datetime) -> None:
    neighbour = signed_in(NEIGHBOUR)
    send(neighbour, ready(neighbour))
    other = Case.objects.exclude(pk=ended.pk).get()
    shared = set(files_of(other)) & set(files_of(ended))
    assert shared
    erase_personal_data(SYSTEM, ended.ref, *WHY, now=LATER)
    assert Blob.objects.filter(digest__in=shared, erased_at=None).count() == len(shared)
    assert blobs.read(next(iter(shared)))


def test_an_erasure_broken_off_is_finished_when_it_is_asked_again(ended: Case) -> None:
    digest = files_of(ended)[0]
    content = blobs.read(digest)
    erase_personal_data(SYSTEM, ended.ref, *WHY, now=LATER)
    blobs.store().put([content])  # as if the process had died before the bytes went
    erase_personal_data(SYSTEM, ended.ref, *WHY, now=LATER)
    with pytest.raises(blobs.BlobMissing):
        blobs.store().open(digest)
    assert Entry.objects.filter(stream=ended.stream, act="data.erased").count() == 1


@pytest.mark.parametrize(
    ("rule", "clause", "code"),
    [(retention.RULE, retention.CLAUSE, "erase-early"), ("court decision", " ", "erase-why")],
)
def test_nothing_is_erased_early_or_without_a_clause(ended: Case, rule: str, clause: str, code: str) -> None:
    with pytest.raises(ActRefused) as refusal:
        erase_personal_data(SYSTEM, ended.ref, rule, clause, now=EVENING)
    assert refusal.value.code == code
    assert Filing.objects.get(pk=ended.pk).form


def test_neither_the_recipient_nor_an_open_case_lets_data_be_erased(citizen: Client, ended: Case) -> None:
    with pytest.raises(ActRefused) as refusal:
        erase_personal_data(me(), ended.ref, *WHY, now=LATER)
    assert refusal.value.code == "not-your-act"
    Case.objects.filter(pk=ended.pk).update(state=CaseState.OPEN)
    with pytest.raises(ActRefused) as refusal:
        erase_personal_data(SYSTEM, ended.ref, "court decision", "No. 1", now=LATER)
    assert refusal.value.code == "erase-open"


def test_the_ticker_erases_only_where_the_deployment_says_so(ended: Case, settings: Settings) -> None:
    assert retention.due(MONDAY) == []
    assert retention.due(LATER) == [ended.ref]
    assert sweep(LATER)["erased"] == 0
    settings.QYZMET_ERASE = True
    assert sweep(LATER)["erased"] == 1
    assert retention.due(LATER) == []
