"""Daily seals signed by the System as CMS, time-stamped now or later, and what `journal verify` says when touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as deployment
from pytest_django.fixtures import Settings

from qyzmet.cases.acts.seal import seal
from qyzmet.cases.delivery import outbox
from qyzmet.cases.models import Outbox
from qyzmet.cases.transaction import act
from qyzmet.cli import main
from qyzmet.config.clock import hold
from qyzmet.demo.authority import authority
from qyzmet.demo.standins import StandIns
from qyzmet.documents.export.countersigned import check_countersigned
from qyzmet.documents.export.sealing import PUBLIC, StampMissing, countersign
from qyzmet.evidence.fetching import sources_rest
from qyzmet.people.actor import SYSTEM
from qyzmet.signatures import read_cms
from tests.cases.town import moment

pytestmark = pytest.mark.django_db

MORNING, NIGHT, NEXT = moment("2019-06-03 09:00"), moment("2019-06-03 23:00"), moment("2019-06-04 23:00")
STEM = "000001-2019-06-03"


@pytest.fixture
def national(settings: Settings) -> Iterator[list[datetime]]:
    """The sources of the authority answer; the moment they live in can be moved."""
    now = [NIGHT]
    sources_rest.forget()
    with StandIns(
        authority(deployment.QYZMET_DATA / "demo-keys"), lambda: now[0], socket_port=None
    ) as stand_in:
        known = stand_in.addresses
        settings.QYZMET_OCSP, settings.QYZMET_CRL, settings.QYZMET_TSA = (known.ocsp,), known.crl, known.tsa
        yield now
    sources_rest.forget()


@pytest.fixture
def seals(tmp_path: Path, settings: Settings) -> Path:
    """A folder with the seal of one day in it."""
    settings.QYZMET_SEALS = str(tmp_path / "seals")
    happen(MORNING)
    seal(SYSTEM, now=NIGHT)
    return tmp_path / "seals"


def happen(at: datetime) -> None:
    with act("example", SYSTEM, now=at) as this:
        this.record("case:1", "example.happened", {"at": at})


def index_of(seals: Path) -> list[dict[str, object]]:
    return list(json.loads((seals / PUBLIC / "index.json").read_bytes())["seals"])


@pytest.mark.usefixtures("national")
def test_a_seal_gets_a_statement_a_signature_and_a_time_stamp(seals: Path) -> None:
    assert countersign(seals, now=NIGHT) == 1
    assert sorted(path.name for path in (seals / PUBLIC).glob("[!.]*")) == [
        f"{STEM}.json", f"{STEM}.p7s", f"{STEM}.verdict.json", "index.json",
    ]  # fmt: skip
    statement = json.loads((seals / PUBLIC / f"{STEM}.json").read_bytes())
    assert (statement["no"], statement["day"], statement["leaves"]) == (1, "2019-06-03", 1)
    assert "case:1" not in (seals / PUBLIC / f"{STEM}.json").read_text()
    assert read_cms((seals / PUBLIC / f"{STEM}.p7s").read_bytes()).signers[0].time_stamp
    found = check_countersigned(seals, now=NEXT)
    assert (found.signed, found.stamped, found.waiting, found.tamperings) == (1, 1, (), [])
    assert countersign(seals, now=NEXT) == 0


def test_a_silent_authority_leaves_it_signed_and_it_is_stamped_later(
    national: list[datetime], seals: Path, settings: Settings
) -> None:
    answering, settings.QYZMET_TSA = settings.QYZMET_TSA, "http://127.0.0.1:9/tsp"
    with pytest.raises(StampMissing, match="1 seals wait for a time stamp"):
        countersign(seals, now=NIGHT)
    assert index_of(seals)[0]["stamped_at"] is None
    assert check_countersigned(seals, now=NIGHT).signed == 1
    sources_rest.forget()
    settings.QYZMET_TSA, national[0] = answering, NEXT
    assert countersign(seals, now=NEXT) == 1
    assert str(index_of(seals)[0]["stamped_at"])[:10] == "2019-06-04"
    assert check_countersigned(seals, now=NEXT).tamperings == []


def test_the_worker_signs_it_and_comes_back_for_the_stamp(
    national: list[datetime], seals: Path, settings: Settings
) -> None:
    answering, settings.QYZMET_TSA = settings.QYZMET_TSA, "http://127.0.0.1:9/tsp"
    assert outbox.deliver_due(NIGHT, ["seals"]) == 1
    assert Outbox.objects.get(destination="seals").state == "waiting"
    sources_rest.forget()
    settings.QYZMET_TSA, national[0] = answering, NIGHT + timedelta(hours=1)
    assert outbox.deliver_due(NIGHT + timedelta(hours=1), ["seals"]) == 1
    assert Outbox.objects.get(destination="seals").state == "sent"
    assert check_countersigned(seals, now=NEXT).stamped == 1


def test_one_without_its_stamp_holds_up_no_later_seal(seals: Path, settings: Settings) -> None:
    settings.QYZMET_TSA = "http://127.0.0.1:9/tsp"
    assert outbox.deliver_due(NIGHT, ["seals"]) == 1
    happen(NEXT - timedelta(hours=1))
    seal(SYSTEM, now=NEXT)
    outbox.deliver_due(NEXT, ["seals"])
    assert check_countersigned(seals, now=NEXT).signed == 2


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def edit_the_statement(public: Path) -> None:
    path = public / f"{STEM}.json"
    path.write_bytes(path.read_bytes().replace(b'"leaves":1', b'"leaves":2'))


def edit_the_signature(public: Path) -> None:
    flip(public / f"{STEM}.p7s")


def edit_the_verdict(public: Path) -> None:
    flip(public / f"{STEM}.verdict.json")


def lose_the_verdict(public: Path) -> None:
    (public / f"{STEM}.verdict.json").unlink()


def lose_the_statement(public: Path) -> None:
    (public / f"{STEM}.json").unlink()


def edit_the_index(public: Path) -> None:
    path = public / "index.json"
    path.write_text(path.read_text().replace('"no": 1', '"no" 1'))


TOUCHED: list[tuple[Callable[[Path], None], str]] = [
    (edit_the_statement, f"the statement public/{STEM}.json is not that of the seal"),
    (edit_the_signature, f"public/{STEM}.p7s is not the signature that was judged"),
    (edit_the_verdict, f"public/{STEM}.verdict.json is not as indexed"),
    (lose_the_verdict, f"the signature public/{STEM}.verdict.json is gone"),
    (lose_the_statement, f"public/{STEM}.json is gone"),
    (edit_the_index, "public/index.json cannot be read"),
]


@pytest.mark.usefixtures("national")
@pytest.mark.parametrize(("touch", "named"), TOUCHED, ids=[touch.__name__ for touch, _ in TOUCHED])
def test_what_was_touched_is_named(seals: Path, touch: Callable[[Path], None], named: str) -> None:
    countersign(seals, now=NIGHT)
    touch(seals / PUBLIC)
    said = [str(each) for each in check_countersigned(seals, now=NEXT).tamperings]
    assert any(named in each for each in said), said


@pytest.mark.usefixtures("national")
def test_another_statement_under_the_same_signature_is_named(seals: Path) -> None:
    """Both the seal and its statement rewritten: the signature tells."""
    countersign(seals, now=NIGHT)
    path = seals / f"{STEM}.seal"
    head, _, body = path.read_bytes().partition(b"\n")
    path.write_bytes(head + b"\n" + body.replace(b"case:1", b"case:2"))
    from qyzmet.documents.export.sealing import statement_of

    (seals / PUBLIC / f"{STEM}.json").write_bytes(statement_of(path.read_bytes().partition(b"\n")[2]))
    said = [str(each) for each in check_countersigned(seals, now=NEXT).tamperings]
    assert any(f"{STEM}.p7s: content: " in each for each in said), said


@pytest.mark.usefixtures("national")
def test_the_command_signs_at_once_and_verify_counts(seals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    happen(NEXT - timedelta(hours=1))
    with hold(NEXT):
        assert main(["journal", "seal"]) == 0
        assert "signed; statement, signature and index are in" in capsys.readouterr().out
        assert main(["journal", "verify", "--seals", str(seals), "--json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["seals"], said["signed"], said["stamped"], said["not_signed"]) == (2, 2, 2, [])
        edit_the_statement(seals / PUBLIC)
        assert main(["journal", "verify", "--seals", str(seals)]) == 1
    assert f"seal#1: edited: the statement public/{STEM}.json" in capsys.readouterr().out
