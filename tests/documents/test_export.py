"""The file of a case: what each capacity may take away, always the same bytes, names that stay in their folder."""

from __future__ import annotations

import ast
import io
import json
import sys
import zipfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from qyzmet.cases import blobs
from qyzmet.cases.journal import guards
from qyzmet.cases.models import Entry, Filing, Payload
from qyzmet.cases.refusals import ActRefused
from qyzmet.documents.export.contents import export_case
from qyzmet.documents.export.scope import scope_of
from qyzmet.documents.verifier import assemble
from qyzmet.documents.verifier.main import check
from qyzmet.documents.verifier.report import Report
from qyzmet.documents.verifier.seals import Leaf, path_to, root_of, tree
from qyzmet.documents.verifier.zipped import BadZip, is_plain, read_zip, write_zip
from qyzmet.people.actor import SYSTEM, Actor
from tests.cases.town import OTHER, Town, citizen
from tests.documents.walking import AMOUNT, Walk, decided, housing

__all__ = ["housing"]

SCAN = b"%PDF-1.4 scan"


@pytest.fixture
def walk(housing: Town, settings: Settings, tmp_path: Path) -> Walk:
    """Decided and issued; one paper of the application is there, the others were shown only."""
    settings.QYZMET_SEALS = str(tmp_path / "seals")
    return decided(housing, output=AMOUNT)


class Taken:
    """An export read back."""

    def __init__(self, walk: Walk, actor: Actor, *only: str) -> None:
        self.bytes = io.BytesIO()
        self.now = walk.now + timedelta(hours=1)
        export_case(scope_of(actor, walk.case.ref, only), self.bytes, now=self.now)
        self.zip = zipfile.ZipFile(self.bytes)
        self.names = self.zip.namelist()

    def under(self, folder: str) -> list[str]:
        return [name for name in self.names if name.startswith(f"{folder}/")]

    def json(self, name: str) -> Any:
        return json.loads(self.zip.read(name))

    def checked(self, folder: Path) -> Report:
        path, report = folder / "case.zip", Report()
        path.write_bytes(self.bytes.getvalue())
        check(path, report, None, self.now)
        return report


@pytest.mark.django_db
def test_the_system_takes_everything(walk: Walk, tmp_path: Path) -> None:
    taken = Taken(walk, SYSTEM)
    assert [name.split("-")[1] for name in taken.under("documents")] == ["registered", "minutes", "notice"]
    assert len(taken.under("prepared")) == len(taken.under("signatures")) == 2
    chain = taken.json("journal/chain.json")
    assert {each["entry"] for each in chain["entries"]} == {"kept"}
    assert len([n for n in taken.under("journal") if n.endswith(".entry.json")]) == chain["head"]["seq"]
    assert taken.checked(tmp_path).failed == []


@pytest.mark.django_db
def test_the_recipient_gets_no_minutes_and_nothing_of_how_the_office_shares_its_work(
    walk: Walk, tmp_path: Path
) -> None:
    taken = Taken(walk, citizen())
    assert [name.split("-")[1] for name in taken.under("documents")] == ["registered", "notice"]
    chain = taken.json("journal/chain.json")
    shown = {each["act"] for each in chain["entries"] if each["entry"] == "kept"}
    assert {"case.received", "case.registered", "document.issued"} <= shown
    assert not shown & {"vote.cast", "task.taken", "decision.taken"}
    people = {
        json.loads(taken.zip.read(n))["person"] for n in taken.under("journal") if n.endswith(".entry.json")
    }
    signer = walk.town.actor("responsible-specialist").person
    assert people == {citizen().person, "system", signer}
    assert taken.checked(tmp_path).failed == []


@pytest.mark.django_db
def test_the_recipient_reads_why_the_decision_and_not_why_the_steps_before_it(walk: Walk) -> None:
    decisions = [n for n in Taken(walk, citizen()).under("receipts") if "decision" in n]
    whole = [n for n in Taken(walk, SYSTEM).under("receipts") if "decision" in n]
    assert 0 < len(decisions) < len(whole)


@pytest.mark.django_db
def test_the_body_above_sees_the_course_and_no_papers(walk: Walk, tmp_path: Path) -> None:
    taken = Taken(walk, SYSTEM, "supervisor")
    said = [name for name in taken.names if not name.startswith("verifier/")]
    assert not [name for name in said if walk.case.applicant.encode() in taken.zip.read(name)]
    withheld = [each["entry"] for each in taken.json("journal/chain.json")["entries"]].count("withheld")
    assert withheld == Entry.objects.filter(stream=walk.case.stream, person=walk.case.filer).count() > 0
    for folder in ("documents", "attachments", "prepared", "signatures"):
        assert taken.under(folder) == []
    assert [n for n in taken.under("journal") if n.endswith(".payload.json")] == []
    assert taken.json("dates.json")["deadlines"]
    assert taken.checked(tmp_path).failed == []


@pytest.mark.django_db
def test_a_window_sees_what_it_took_in_and_not_what_was_signed(walk: Walk) -> None:
    taken = Taken(walk, SYSTEM, "intake")
    assert [name.split("-")[1] for name in taken.under("documents")] == ["registered", "notice"]
    assert not [n for n in taken.under("prepared") if "filing" in n]


@pytest.mark.django_db
def test_a_stranger_finds_no_case(walk: Walk) -> None:
    with pytest.raises(ActRefused) as refusal:
        scope_of(citizen(OTHER, "Басқа"), walk.case.ref)
    assert refusal.value.is_absence
    with pytest.raises(ActRefused):
        scope_of(citizen(), walk.case.ref, ["provider"])


@pytest.mark.django_db
def test_the_same_case_at_the_same_moment_gives_the_same_bytes(walk: Walk) -> None:
    one, other = Taken(walk, SYSTEM), Taken(walk, SYSTEM)
    assert one.names == other.names
    differ = [name for name in one.names if one.zip.read(name) != other.zip.read(name)]
    assert set(differ) <= {"index.seal"}  # a time stamp is of its own moment


@pytest.mark.django_db
def test_a_file_stays_in_its_folder_whatever_it_was_called(walk: Walk) -> None:
    digest = blobs.put(SCAN, "application/pdf", now=walk.now)
    strange = ["../../etc/passwd", "/etc/shadow", "..\\..\\boot.ini", "scan.PDF", "а/б\u202efdp.exe", ".."]
    files = [{"name": name, "size": len(SCAN), "sha256": digest} for name in strange]
    Filing.objects.filter(case=walk.case).update(documents={"income": files})
    taken = Taken(walk, SYSTEM)
    assert taken.under("attachments") == [
        "attachments/income-1", "attachments/income-2", "attachments/income-3.ini", "attachments/income-4.pdf",
        "attachments/income-5.exe", "attachments/income-6",
    ]  # fmt: skip
    assert all(is_plain(name) for name in taken.names)
    titles = {each["name"]: each["title"] for each in taken.json("index.json")["files"]}
    assert "../../etc/passwd" in titles["attachments/income-1"]["en"]


@pytest.mark.django_db
def test_what_was_lawfully_erased_is_said_to_be(walk: Walk, tmp_path: Path) -> None:
    rule = {"rule": "retention", "clause": "Z094 §18"}
    guards.remove(connection)
    Payload.objects.filter(stream=walk.case.stream, seq=1).update(salt=None, data=None, erased=rule)
    guards.install(connection)
    taken = Taken(walk, SYSTEM)
    assert taken.json("journal/chain.json")["entries"][0]["erased"] == rule
    report = taken.checked(tmp_path)
    assert report.failed == []
    assert any(
        note["en"] == "The payload of entry 1 was lawfully erased (Z094 §18)." for note in report.notes
    )


@pytest.mark.django_db
def test_every_file_has_a_name_in_three_languages_on_the_first_page(walk: Walk) -> None:
    page = Taken(walk, SYSTEM).zip.read("index.html").decode()
    for words in (
        "Берілген құжаттар",
        "Выданные документы",
        "Issued documents",
        "python3 -I verifier/verify.py",
    ):
        assert words in page


SMALL = {"index.json": b"{}", "documents/a.pdf": b"%PDF", "empty": b""}


def small() -> bytes:
    out = io.BytesIO()
    write_zip(out, [(name, lambda data=data: [data]) for name, data in SMALL.items()])  # type: ignore[misc]
    return out.getvalue()


def test_a_zip_is_read_by_anybody_and_has_no_byte_to_spare() -> None:
    data = small()
    others = zipfile.ZipFile(io.BytesIO(data))
    assert {name: others.read(name) for name in others.namelist()} == SMALL
    assert [each.name for each in read_zip(io.BytesIO(data))] == list(SMALL)
    for place in range(len(data)):
        spoiled = data[:place] + bytes([data[place] ^ 0x40]) + data[place + 1 :]
        with pytest.raises(BadZip):
            read_zip(io.BytesIO(spoiled))
    for longer in (data + b"\0", data[:-1], b"\0" + data):
        with pytest.raises(BadZip):
            read_zip(io.BytesIO(longer))


@pytest.mark.parametrize(
    "name", ["../a", "/a", "a//b", "a/../b", ".hidden", "a/.b", "ә", "a b", "", "a\\b", "C:a"]
)
def test_a_name_that_leads_elsewhere_is_not_written(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be a name"):
        write_zip(io.BytesIO(), [(name, lambda: [b""])])


@pytest.mark.parametrize("count", range(1, 10))
def test_every_leaf_leads_to_the_root_and_no_other_does(count: int) -> None:
    leaves: list[Leaf] = [(f"case:{n}", n + 1, f"{n:064x}") for n in range(count)]
    levels = tree(leaves)
    root = levels[-1][0].hex()
    for place, leaf in enumerate(leaves):
        path = path_to(levels, place)
        assert root_of(leaf, path) == root
        assert root_of((leaf[0], leaf[1] + 1, leaf[2]), path) != root
        assert not path or root_of(leaf, path[:-1]) != root


def test_the_one_file_of_the_verifier_defines_each_name_once_and_imports_the_standard_library() -> None:
    source = ast.parse(assemble())
    named = [node.name for node in source.body if hasattr(node, "name")]
    bound = [
        t.id for n in source.body if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)
    ]
    taken = [
        alias.name for n in source.body if isinstance(n, ast.Import | ast.ImportFrom) for alias in n.names
    ]
    assert [name for name, times in Counter([*named, *bound, *taken]).items() if times > 1] == []
    froms = {n.module for n in ast.walk(source) if isinstance(n, ast.ImportFrom)}
    plain = {alias.name for n in ast.walk(source) if isinstance(n, ast.Import) for alias in n.names}
    roots = {str(name).split(".")[0] for name in froms | plain}
    assert roots - sys.stdlib_module_names == {"qyzmet"}
    assert {name for name in froms | plain if str(name).startswith("qyzmet")} == {"qyzmet.signatures"}
