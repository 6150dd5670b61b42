"""The commands around the cases: journal, work, tick."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from qyzmet.cases.delivery import outbox
from qyzmet.cases.models import Entry, Outbox
from qyzmet.cases.transaction import act
from qyzmet.cli import main
from qyzmet.config.clock import hold
from qyzmet.people.actor import SYSTEM
from tests.cases.town import moment

NOW = moment("2019-06-03 10:00")


@pytest.fixture
def seals(tmp_path: Path, settings: object) -> Path:
    settings.QYZMET_SEALS = str(tmp_path / "seals")  # type: ignore[attr-defined]
    return tmp_path / "seals"


@pytest.mark.usefixtures("committed")
def test_a_journal_is_sealed_and_verified(seals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with act("example", SYSTEM, now=NOW) as this:
        this.record("case:1", "example.happened", {"at": NOW})
    with hold(NOW + timedelta(hours=1)):
        assert main(["journal", "verify"]) == 0
        assert "no seals in" in capsys.readouterr().out
        assert main(["journal", "seal"]) == 0
        assert main(["journal", "verify"]) == 0
    said = capsys.readouterr().out
    assert "seal 1 of 2019-06-03 written to" in said
    assert "system#1-1: not sealed yet" in said
    assert "2 entries in 2 streams, 1 not sealed yet: no findings" in said
    assert (seals / "seal-key.pem").exists()


def test_a_folder_that_is_not_there_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["journal", "verify", "--seals", str(tmp_path / "none")]) == 2
    assert "there is no folder" in capsys.readouterr().err


@pytest.mark.django_db
def test_work_once_delivers_all_that_is_due(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    got: list[int] = []
    monkeypatch.setattr(outbox, "_registered", {"letters": lambda delivery: got.append(delivery.seq)})
    with act("example", SYSTEM, now=NOW) as this:
        for _ in range(3):
            this.send("letters", "letter", "case:1", this.record("case:1", "example.happened"))
    with hold(NOW):
        assert main(["work", "--once"]) == 0
    assert got == [1, 2, 3]
    assert "3 deliveries tried, nothing more is due" in capsys.readouterr().out
    assert set(Outbox.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.django_db
def test_tick_says_what_it_did(seals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with hold(NOW):
        assert main(["tick"]) == 0
        assert main(["tick"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    done = "0 registered, 0 expired, 0 warned, 0 passed, 0 told, 0 recomputed, 0 followed, 0 erased, 1 sealed"
    assert first == done
    assert second.endswith("0 sealed")
    assert Entry.objects.filter(act="journal.sealed").count() == 1
