"""An exported case copied to an empty folder verifies with no network; one byte changed anywhere is red and named.

The case: housing assistance filed and decided with GOST keys, its notice sealed and stamped, the journal sealed that
night. The verifier is the one inside the ZIP, run by a bare Python: no packages (`-S`), no environment (`-I`), no
network (a network namespace of its own where the machine allows one, sockets refused where it does not).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from qyzmet.cases import blobs
from qyzmet.cases.acts.seal import seal
from qyzmet.demo.authority import authority
from qyzmet.demo.standins import StandIns
from qyzmet.documents.export.contents import export_case
from qyzmet.documents.export.members import as_json
from qyzmet.documents.export.scope import scope_of
from qyzmet.documents.export.sealing import countersign
from qyzmet.documents.export.system import sign_as_system
from qyzmet.documents.verifier.bundle import open_bundle
from qyzmet.documents.verifier.report import Report
from qyzmet.documents.verifier.seals import canonical
from qyzmet.evidence.fetching import sources_rest
from qyzmet.people.actor import SYSTEM
from qyzmet.signatures import Verdict, sign_cms
from tests.cases.conftest import parameters
from tests.cases.test_housing_assistance import application
from tests.cases.town import APPLICANT, KEYS, Town, citizen, file, publish, shipped
from tests.documents.walking import AMOUNT, CALCULATION, MONDAY, Walk

__all__ = ["parameters"]
pytestmark = pytest.mark.django_db

NIGHT = MONDAY + timedelta(hours=13)
LATER = MONDAY + timedelta(days=1)
SCAN = b"%PDF-1.4 a scan of a certificate of income"
REFUSING = """
import runpy, socket, sys
def refuse(*_args, **_more):
    raise OSError("no network")
socket.socket = socket.create_connection = socket.getaddrinfo = refuse
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
ALONE = ["unshare", "--net", "--map-root-user"]


@dataclass
class Exported:
    """The ZIP, the case's reference, and the moment the stand-in of the authority lives in."""

    path: Path
    folder: Path
    now: datetime = MONDAY


@pytest.fixture(scope="module")
def exported(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Exported]:
    home = tmp_path_factory.mktemp("export")
    made = Exported(home / "case.zip", home / "case")
    sources_rest.forget()
    keys = authority(settings.QYZMET_DATA / "demo-keys")
    with StandIns(keys, lambda: made.now, socket_port=None) as national:
        known = national.addresses
        asked = override_settings(
            QYZMET_SEALS=str(home / "seals"),
            QYZMET_OCSP=(known.ocsp,),
            QYZMET_CRL=known.crl,
            QYZMET_TSA=known.tsa,
        )
        with asked, django_db_blocker.unblock(), transaction.atomic():
            ref = lived_through(made, home / "seals")
            made.now = LATER
            with made.path.open("wb") as out:
                export_case(scope_of(SYSTEM, ref), out, now=LATER)
            zipfile.ZipFile(made.path).extractall(made.folder)
            yield made
            transaction.set_rollback(True)
    sources_rest.forget()


def lived_through(made: Exported, seals: Path) -> str:
    """File, decide, issue, seal; the reference of the case."""
    packages = [shipped("housing-assistance"), shipped("general/complaint"), shipped("general/hearing")]
    town = Town(*packages)
    for package in packages:
        publish(package)
    papers = application().documents
    kept = {
        "name": "Анықтама.pdf",
        "size": len(SCAN),
        "sha256": blobs.put(SCAN, "application/pdf", now=MONDAY),
    }
    given = application(documents={key: [kept] for key in papers})
    walk = Walk(town, file(citizen(), given, now=MONDAY))
    walk.do("responsible-specialist")
    walk.do("head")
    walk.do("responsible-specialist", output=CALCULATION)
    walk.decide("assign", output=AMOUNT)
    walk.do("responsible-specialist")
    made.now = walk.now + timedelta(minutes=1)
    walk.deliver()
    made.now = NIGHT
    seal(SYSTEM, now=NIGHT, seals=seals)
    assert countersign(seals, now=NIGHT) == 1
    return walk.case.ref


@pytest.fixture
def copy(exported: Exported, tmp_path: Path) -> Path:
    """The case in an empty folder."""
    return Path(shutil.copytree(exported.folder, tmp_path / "case"))


def verify(folder: Path, *more: str, verifier: Path | None = None) -> tuple[int, str]:
    """Run the verifier of the case on it, offline and with nothing but Python: exit code and what it says."""
    script = str((verifier or folder) / "verifier" / "verify.py")
    bare = [sys.executable, "-I", "-S"]
    offline = subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0
    command = [*ALONE, *bare, script] if offline else [*bare, "-c", REFUSING, script]
    asked = [*command, str(folder), "--lang", "en", *more]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def changed(path: Path) -> None:
    """One bit of the byte in the middle."""
    data = bytearray(path.read_bytes())
    if data:
        data[len(data) // 2] ^= 1
    path.write_bytes(data or b"\x01")


Sign = Callable[[bytes], Verdict]


def as_system(data: bytes) -> Verdict:
    return sign_as_system(data, now=LATER)


def as_citizen(data: bytes) -> Verdict:
    return KEYS.verdict(data, sign_cms(data, [KEYS.key(APPLICANT)], at=LATER), LATER)


def resealed(folder: Path, index: dict[str, Any], sign: Sign = as_system) -> None:
    """The index over what lies there now, signed by the System itself: an insider at work."""
    listed = [each for each in index["files"] if (folder / each["name"]).exists()]
    for each in listed:
        data = (folder / each["name"]).read_bytes()
        each |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    data = as_json({**index, "files": listed})
    record = sign(data).to_json()
    said = {"v": 1, "sha256": hashlib.sha256(canonical(record)).hexdigest(), "record": record}
    (folder / "index.json").write_bytes(data)
    (folder / "index.seal").write_bytes(canonical(said))


def index_of(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "index.json").read_bytes()))


def test_the_case_in_an_empty_folder_without_network_is_green(copy: Path) -> None:
    code, said = verify(copy)
    assert (code, "GREEN: all " in said) == (0, True), said
    every = verify(copy, "--all")[1]
    for check in (
        "time-stamp",
        "revocation",
        "pdf-decision",
        "seal-leaf",
        "journal-payload",
        "date",
        "calendar",
    ):
        assert f": {check}: " in every, check


def test_the_zip_itself_is_green_as_it_is(exported: Exported, copy: Path) -> None:
    code, said = verify(exported.path, verifier=copy)
    assert (code, "GREEN: all" in said) == (0, True), said


def test_nothing_is_left_behind_in_the_folder(copy: Path) -> None:
    before = sorted(copy.rglob("*"))
    verify(copy)
    assert sorted(copy.rglob("*")) == before


def one_of_each(folder: Path) -> list[str]:
    """The files at the top and one of every folder there."""
    kinds: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            kinds.setdefault(name.partition("/")[0], name)
    return list(kinds.values())


def test_one_byte_changed_in_a_file_of_each_kind_is_red_and_named(exported: Exported, copy: Path) -> None:
    names = one_of_each(exported.folder)
    assert len(names) == 16
    for name in names:
        whole = (copy / name).read_bytes()
        changed(copy / name)
        code, said = verify(copy, verifier=exported.folder)
        assert (name, code) == (name, 1), said
        assert f"- {name}: " in said, said
        (copy / name).write_bytes(whole)


@pytest.mark.full
def test_one_byte_changed_in_any_file_is_red_and_named(exported: Exported, copy: Path) -> None:
    for path in sorted(copy.rglob("*")):
        if path.is_file():
            name, whole = path.relative_to(copy).as_posix(), path.read_bytes()
            changed(path)
            code, said = verify(copy, verifier=exported.folder)
            assert (name, code, f"- {name}: " in said) == (name, 1, True), said
            path.write_bytes(whole)


@pytest.mark.parametrize("name", ["verify.py", "qyzmet/signatures/verification.py", "asn1crypto/core.py"])
def test_the_verifier_of_a_case_tells_on_itself(copy: Path, name: str) -> None:
    changed(copy / "verifier" / name)
    code, said = verify(copy)
    assert (code, name in said) == (1, True), said


def test_a_byte_changed_in_the_zip_is_red_wherever_it_lies(exported: Exported, tmp_path: Path) -> None:
    data = exported.path.read_bytes()
    end = len(data)
    places = [
        0,
        5,
        14,
        27,
        33,
        end // 3,
        end // 2,
        end - 1,
        end - 12,
        end - 22,
        end - 60,
        end - 80,
        data.rfind(b"PK\1\2"),
    ]
    for place in places:
        spoiled = tmp_path / "case.zip"
        spoiled.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        report = Report()
        if spoiled.read_bytes()[:4] != b"PK\x03\x04":
            continue  # not a ZIP at all any more
        assert open_bundle(spoiled, report) is None, place
        assert report.failed[0].check == "zip-structure"


def test_a_file_removed_is_named(copy: Path) -> None:
    name = next(copy.glob("attachments/*.pdf")).relative_to(copy).as_posix()
    (copy / name).unlink()
    code, said = verify(copy)
    assert (code, f"- {name}: file: the file is in the index and not here" in said) == (1, True), said


def test_a_file_added_is_named(copy: Path) -> None:
    (copy / "documents" / "another.pdf").write_bytes(SCAN)
    code, said = verify(copy)
    assert (code, "- documents/another.pdf: file: the file is here and not in" in said) == (1, True), said


def test_a_journal_entry_removed_is_named(copy: Path) -> None:
    (copy / "journal" / "0003.entry.json").unlink()
    code, said = verify(copy)
    assert (code, "- journal/0003.entry.json: " in said) == (1, True), said


def test_two_files_swapped_are_both_named(copy: Path) -> None:
    one, other = sorted(copy.glob("documents/*.pdf"))[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    code, said = verify(copy)
    assert code == 1
    assert all(f"- documents/{each.name}: file: " in said for each in (one, other)), said


def test_an_entry_dropped_by_who_holds_the_key_breaks_the_chain(copy: Path) -> None:
    index, chain = index_of(copy), json.loads((copy / "journal/chain.json").read_bytes())
    last = len(chain["entries"])
    dropped = chain["entries"].pop(3)
    for number in range(4, last):
        for kind in ("entry", "payload"):
            path = copy / f"journal/{number + 1:04d}.{kind}.json"
            if path.exists():
                path.replace(copy / f"journal/{number:04d}.{kind}.json")
        chain["entries"][number - 1]["seq"] = number
    chain["head"]["seq"] = last - 1
    assert dropped["entry"] == "kept"
    (copy / "journal/chain.json").write_bytes(as_json(chain))
    resealed(copy, index)
    code, said = verify(copy)
    assert code == 1
    assert "- journal/0004.entry.json: journal: " in said, said
    assert ".leaf.json: seal-leaf: the leaf in the seal is not what the journal" in said, said


def test_an_index_sealed_by_a_person_is_named_however_good_the_key(copy: Path) -> None:
    index = index_of(copy)
    name = next(copy.glob("attachments/*.pdf"))
    name.write_bytes(SCAN + b" of another one")
    resealed(copy, index, as_citizen)
    code, said = verify(copy)
    assert (code, "- index.json: sealer: sealed by somebody who is no information system" in said) == (
        1,
        True,
    ), said


def test_a_day_counted_otherwise_does_not_give_the_date(copy: Path) -> None:
    index, dates = index_of(copy), json.loads((copy / "dates.json").read_bytes())
    term = next(each for each in dates["deadlines"] if each["duty"] == "term")
    skipped = next(day for day in term["basis"]["days"] if not day["counted"])
    skipped["counted"] = True
    (copy / "dates.json").write_bytes(as_json(dates))
    resealed(copy, index)
    code, said = verify(copy)
    assert (code, "- dates.json: date: case:" in said) == (1, True), said


def test_a_document_of_another_case_put_in_its_place_is_named(copy: Path) -> None:
    index = index_of(copy)
    notice = next(each for each in index["files"] if each.get("about", {}).get("document") == "notice")
    receipt = next(each for each in index["files"] if each.get("about", {}).get("document") == "registered")
    (copy / notice["name"]).write_bytes((copy / receipt["name"]).read_bytes())
    resealed(copy, index)
    code, said = verify(copy)
    assert code == 1
    for check in ("pdf-data", "pdf-decision", "pdf-journal"):
        assert f"- {notice['name']}: {check}: " in said, said


def test_the_readers_own_roots_agree_or_not(copy: Path, tmp_path: Path) -> None:
    own, strangers = tmp_path / "own", tmp_path / "strangers"
    own.mkdir()
    strangers.mkdir()
    for path in copy.glob("evidence/*.cer"):
        shutil.copy(path, own)
    code, said = verify(copy, "--trust", str(own), "--all")
    assert (code, "index.json: trust: the chain ends in a root of yours" in said) == (0, True), said
    code, said = verify(copy, "--trust", str(strangers))
    assert (code, "- index.json: trust: the chain ends in none of the roots you gave" in said) == (1, True), (
        said
    )


def test_a_document_and_a_receipt_alone_are_checked_too(copy: Path, tmp_path: Path) -> None:
    notice = next(copy.glob("documents/*notice*.pdf"))
    alone = tmp_path / "notice.pdf"
    shutil.copy(notice, alone)
    code, said = verify(alone, verifier=copy)
    assert (code, "GREEN" in said) == (0, True), said
    alone.write_bytes(alone.read_bytes() + b"\n% one more line\n")
    assert verify(alone, verifier=copy)[0] == 1
    receipt = next(each for each in sorted(copy.glob("receipts/*.json")) if "registered" in each.name)
    assert verify(receipt, verifier=copy)[0] == 0
    receipt.write_text(receipt.read_text().replace("case.", "cas3.", 1))
    assert verify(receipt, verifier=copy)[0] == 1


def test_what_is_none_of_these_is_unreadable(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Құрметті мекеме!")
    assert verify(tmp_path / "letter.txt", verifier=copy)[0] == 2
