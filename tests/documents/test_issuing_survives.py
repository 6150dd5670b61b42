"""Killed at any moment, kept waiting or answered by silence: a document is issued whole, once, or not yet."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.fixtures import Settings

from qyzmet.cases import blobs
from qyzmet.cases.models import Entry, Outbox, SignatureRecord
from qyzmet.documents.models import Document
from qyzmet.evidence.fetching import sources_rest
from tests.cases.town import Town
from tests.documents.walking import AMOUNT, Walk, housing, one, to_commission

__all__ = ["housing"]

MOMENTS = {
    "before anything is printed": "qyzmet.documents.issue.source_of",
    "printed, before the seal": "qyzmet.documents.issue.sealed",
    "sealed, before it is kept": "qyzmet.documents.issue.record",
    "kept, before it is recorded": "qyzmet.documents.recording.act",
    "recorded, before the delivery is marked": "qyzmet.cases.delivery.outbox._mark",
}
WORKER = """
import importlib, os, signal, sys
from datetime import datetime
import django
django.setup()
from qyzmet.cases.delivery import outbox
import qyzmet.documents.delivery
module, _, name = sys.argv[1].rpartition(".")
setattr(importlib.import_module(module), name, lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL))
outbox.deliver_due(datetime.fromisoformat(sys.argv[2]), ["documents"])
"""


def told(town: Town) -> Walk:
    """Decided and signed; nothing is issued yet."""
    walk = to_commission(town)
    walk.decide("assign", output=AMOUNT)
    walk.do("responsible-specialist")
    walk.now += timedelta(minutes=1)
    return walk


def killed_at(place: str, now: datetime) -> None:
    """A worker of its own, killed -9 the moment it comes to this function."""
    env = os.environ | {"DATABASE_URL": database(), "QYZMET_DATA": str(settings.QYZMET_DATA)}
    command = [sys.executable, "-c", WORKER, place, now.isoformat()]
    done = subprocess.run(command, env=env, capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def database() -> str:
    """The database of this test run, for another process."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    who = f"{said['USER']}:{said['PASSWORD']}@" if said["PASSWORD"] else f"{said['USER']}@"
    return f"postgres://{who}{said['HOST']}:{said['PORT']}/{said['NAME']}"


def issued(walk: Walk) -> tuple[int, int]:
    entries = Entry.objects.filter(stream=walk.case.stream, act="document.issued")
    return Document.objects.filter(case=walk.case).count(), entries.count()


@pytest.mark.once
@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("place", MOMENTS)
def test_killed_and_done_again_it_is_issued_once(housing: Town, place: str) -> None:
    walk = told(housing)
    killed_at(MOMENTS[place], walk.now)
    documents, entries = issued(walk)
    assert documents == entries <= 1
    walk.now += timedelta(hours=1)  # the lease of the one that died is over
    walk.deliver()
    assert issued(walk) == (3, 3)
    assert set(Outbox.objects.filter(destination="documents").values_list("state", flat=True)) == {"sent"}
    for document in Document.objects.filter(case=walk.case):
        assert blobs.read(document.digest).startswith(b"%PDF")


@pytest.fixture
def nobody_stamps(settings: Settings) -> Iterator[Settings]:
    sources_rest.forget()
    settings.QYZMET_TSA = "http://127.0.0.1:9/tsp"
    yield settings
    sources_rest.forget()


@pytest.mark.django_db
def test_while_no_time_stamp_comes_nothing_is_issued_unsealed(housing: Town, nobody_stamps: Settings) -> None:
    walk = told(housing)
    walk.deliver()
    assert issued(walk) == (0, 0)
    waiting = Outbox.objects.filter(destination="documents").order_by("id")[0]
    assert (waiting.state, waiting.attempts) == ("waiting", 1)
    assert "StampSilent" in waiting.last_error
    nobody_stamps.QYZMET_TSA = ""
    walk.now += timedelta(hours=1)
    walk.deliver()
    assert issued(walk) == (3, 3)


@pytest.mark.django_db
def test_a_document_waits_for_the_signature_of_its_decision(housing: Town) -> None:
    walk = told(housing)
    step = SignatureRecord.objects.filter(case=walk.case, subject__startswith="step:").latest("id")
    SignatureRecord.objects.filter(pk=step.pk).update(outcome="pending")
    walk.deliver()
    assert not Document.objects.filter(issued="notice").exists()
    SignatureRecord.objects.filter(pk=step.pk).update(outcome="valid")
    walk.now += timedelta(hours=1)
    walk.deliver()
    assert one(walk.case, "notice").sealed_at == walk.now
