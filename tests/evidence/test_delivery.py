"""A silent source of revocation: the filing is received, waits, and is settled once the source answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from qyzmet import evidence
from qyzmet.cases import acts
from qyzmet.cases.delivery import outbox
from qyzmet.cases.filing import editions
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Case, CaseState, Entry, Outbox, SignatureRecord
from qyzmet.cases.signed.prepared import application_bytes
from qyzmet.cli import main
from qyzmet.evidence import Item
from qyzmet.evidence.fetching import sources_rest
from qyzmet.people.actor import Actor
from qyzmet.signatures import Expected, SigningKey, sign_cms
from tests.cases.town import Town as Offices
from tests.cases.town import citizen, documents, filled_form, publish, shipped
from tests.evidence.authority_server import AuthorityServer
from tests.signatures.town import ASAN, MONDAY, Town

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
NAME = {"kk": "Өтініш", "ru": "Заявление", "en": "Application"}


@pytest.fixture
def offices(sources: AuthorityServer) -> Offices:
    """Housing assistance and the general law, published; everyone in post; the sources silent."""
    packages = [shipped("housing-assistance"), shipped("general/complaint"), shipped("general/hearing")]
    town = Offices(*packages)
    for package in packages:
        publish(package)
    sources.mood.update({"/ocsp": "silent", "/crl": "silent"})
    return town


@pytest.fixture
def asan(town: Town) -> SigningKey:
    return town.person()


def application() -> Application:
    package = shipped("housing-assistance")
    return Application(
        service="housing-assistance",
        channel="portal",
        form=filled_form(package, channel="portal"),
        documents=documents(package, channel="portal"),
    )


def filed(who: Actor, key: SigningKey) -> Case:
    """Filed as the portal does it: the bytes prepared, asked for, signed, judged, submitted."""
    law = editions.edition_for("housing-assistance", MONDAY).law
    wanted = application()
    content = application_bytes(wanted, actor=who, edition=law.name, filing="0b7c", prepared_at=MONDAY)
    row = evidence.ask(
        who, "filing", "0b7c", [Item("application", NAME, content)], expected=Expected(iin=ASAN), now=MONDAY
    )
    signatures = {"application": sign_cms(content, [key], at=MONDAY)}
    signed = evidence.judge_all(row, signatures, now=MONDAY)
    with evidence.once(row, MONDAY):
        return acts.submit(
            who, replace(wanted, signatures={"applicant": signed["application"]}), now=MONDAY, key="0b7c"
        )


def delivered(now: datetime) -> str:
    """One round of the worker; the state of the delivery afterwards."""
    outbox.deliver_due(now, only=["revocation"])
    return Outbox.objects.get(destination="revocation").state


def test_a_pending_filing_is_confirmed_when_the_source_speaks_again(
    offices: Offices, sources: AuthorityServer, asan: SigningKey
) -> None:
    case = filed(citizen(), asan)
    (record,) = SignatureRecord.objects.all()
    assert (case.state, record.outcome) == (CaseState.RECEIVED, "pending")
    assert delivered(MONDAY + MINUTE) == "waiting"
    sources.mood.clear()
    sources_rest.forget()
    sources.now = MONDAY + 5 * MINUTE
    assert delivered(MONDAY + 5 * MINUTE) == "sent"
    record.refresh_from_db()
    case.refresh_from_db()
    assert (case.state, record.outcome) == (CaseState.OPEN, "valid")
    assert record.confirmed_at == MONDAY + 5 * MINUTE
    assert record.judged_at == MONDAY, "it counts at the moment it was given"
    assert case.registered_at == MONDAY
    assert Entry.objects.filter(stream=case.stream, act="signature.confirmed").count() == 1


def test_a_key_revoked_only_after_the_filing_confirms_it(
    offices: Offices, sources: AuthorityServer, asan: SigningKey
) -> None:
    filed(citizen(), asan)
    sources.mood.clear()
    sources.now = MONDAY + 5 * MINUTE
    sources.revoked[asan.certificate.serial] = MONDAY + MINUTE
    assert delivered(MONDAY + 5 * MINUTE) == "waiting", "the host rests after two failures"
    sources_rest.forget()
    assert delivered(MONDAY + 10 * MINUTE) == "sent"
    assert SignatureRecord.objects.get().outcome == "valid"


def test_a_key_that_was_revoked_before_refuses_the_filing_by_name(
    offices: Offices, sources: AuthorityServer, asan: SigningKey
) -> None:
    case = filed(citizen(), asan)
    sources.mood.clear()
    sources_rest.forget()
    sources.revoked[asan.certificate.serial] = MONDAY - MINUTE
    assert delivered(MONDAY + 5 * MINUTE) == "sent"
    case.refresh_from_db()
    assert (case.state, case.exit) == (CaseState.ENDED, "not-accepted")
    assert SignatureRecord.objects.get().outcome == "invalid"
    assert Entry.objects.filter(stream=case.stream, act="signature.refused").count() == 1


def test_delivered_twice_it_is_settled_once(
    offices: Offices, sources: AuthorityServer, asan: SigningKey
) -> None:
    case = filed(citizen(), asan)
    sources.mood.clear()
    sources_rest.forget()
    assert delivered(MONDAY + 5 * MINUTE) == "sent"
    Outbox.objects.filter(destination="revocation").update(state="waiting", lease=None)
    assert delivered(MONDAY + 6 * MINUTE) == "sent"
    assert Entry.objects.filter(stream=case.stream, act="signature.confirmed").count() == 1


def test_a_kept_verdict_is_judged_again_with_the_network_off_and_the_key_long_dead(
    offices: Offices, sources: AuthorityServer, asan: SigningKey, settings: Settings
) -> None:
    sources.mood.clear()
    filed(citizen(), asan)
    asked = len(sources.asked)
    (record,) = SignatureRecord.objects.all()
    years_later = MONDAY + timedelta(days=3650)
    verdict = evidence.recheck_record(record, years_later)
    assert verdict.outcome == "valid"
    assert len(sources.asked) == asked
    settings.QYZMET_TRUST = ""
    untrusted = evidence.recheck_record(record, years_later)
    assert [each.check for each in untrusted.failed] == ["time-stamp", "chain"]


def test_the_signatures_of_a_case_are_checked_again_by_a_command(
    offices: Offices, sources: AuthorityServer, asan: SigningKey, capsys: pytest.CaptureFixture[str]
) -> None:
    sources.mood.clear()
    case = filed(citizen(), asan)
    again = ["signature", "recheck", case.ref, "--at", "2036-06-01T10:00"]
    assert main(again) == 0
    assert capsys.readouterr().out.startswith("valid      entry 1, filing:applicant: АХМЕТОВ АСАН")
    record = SignatureRecord.objects.get()
    record.record["evidence"]["ocsps"] = []
    record.save()
    assert main([*again, "--lang", "ru"]) == 1
    assert "Об отзыве регистрационного свидетельства ничего не известно" in capsys.readouterr().out
    assert main([*again, "--json"]) == 1
    (said,) = json.loads(capsys.readouterr().out)
    assert (said["iin"], said["recorded"], said["valid"]) == (ASAN, "valid", False)
    assert main(["signature", "recheck", "nowhere"]) == 2
    assert "there is no case 'nowhere'" in capsys.readouterr().err
