"""`qyzmet signature verify`: exit codes, and what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qyzmet.cli import main
from qyzmet.signatures.algorithms.curves import TC26_256
from qyzmet.signatures.algorithms.keys import new_gost_key
from qyzmet.signatures.authority import Revoked
from tests.signatures.papers import sealed
from tests.signatures.town import APPLICATION, ASAN, DAY, MONDAY, Town, attached, detached, letter


@pytest.fixture(scope="module")
def town() -> Town:
    return Town(lambda: new_gost_key(TC26_256))


@pytest.fixture
def desk(town: Town, tmp_path: Path) -> Path:
    """A folder with signatures, the content, and a folder of trust."""
    trust = tmp_path / "trust"
    trust.mkdir()
    (trust / "root.cer").write_bytes(town.root.certificate.der)
    (trust / "authority.cer").write_bytes(town.authority.certificate.der)
    (trust / "week.crl").write_bytes(town.crl())
    (tmp_path / "content").write_bytes(APPLICATION)
    (tmp_path / "detached.p7s").write_bytes(detached(town.asan))
    (tmp_path / "attached.p7m").write_bytes(attached(town.asan))
    (tmp_path / "letter.xml").write_bytes(letter(town.asan))
    (tmp_path / "notice.pdf").write_bytes(sealed(town.asan))
    return tmp_path


def verify(desk: Path, file: str, *more: str, at: str = "2026-06-01T12:00") -> int:
    words = ["signature", "verify", str(desk / file), "--trust", str(desk / "trust")]
    return main([*words, *(["--at", at] if at else []), *more])


def test_valid_in_every_form(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(desk, "detached.p7s", "--content", str(desk / "content")) == 0
    assert verify(desk, "attached.p7m") == 0
    assert verify(desk, "letter.xml") == 0
    assert verify(desk, "notice.pdf") == 0
    assert capsys.readouterr().out.count("АХМЕТОВ АСАН СЕРІКҰЛЫ") > 3


def test_json(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(desk, "attached.p7m", "--json", "--lang", "kk") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["valid"] is True
    assert answer["signers"] == [
        {"iin": ASAN, "bin": "", "roles": ["individual"], "name": "АХМЕТОВ АСАН СЕРІКҰЛЫ"}
    ]
    assert {"check", "passed", "detail"} <= set(answer["checks"][0])
    assert all(each["passed"] is True for each in answer["checks"])


def test_not_valid(desk: Path, town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "trust" / "week.crl").write_bytes(town.crl(Revoked(town.asan.certificate.serial, MONDAY - DAY)))
    assert verify(desk, "attached.p7m", "--json") == 1
    answer = json.loads(capsys.readouterr().out)
    assert [each["check"] for each in answer["checks"] if each["passed"] is False] == ["revocation"]


def test_pending_is_not_valid(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "trust" / "week.crl").unlink()
    assert verify(desk, "attached.p7m", "--json") == 1
    assert [each["passed"] for each in json.loads(capsys.readouterr().out)["checks"]][-1] == "pending"


def test_another_content(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "content").write_bytes(b"something else")
    assert verify(desk, "detached.p7s", "--content", str(desk / "content")) == 1
    assert "- content" in capsys.readouterr().out


def test_a_pdf_changed_after_its_seal(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (desk / "notice.pdf").open("ab") as file:
        file.write(b"\n")
    assert verify(desk, "notice.pdf", "--json") == 1
    answer = json.loads(capsys.readouterr().out)
    assert [each["check"] for each in answer["checks"] if each["passed"] is False] == ["update"]
    assert verify(desk, "notice.pdf", "--content", str(desk / "content")) == 2


@pytest.mark.parametrize(
    "data",
    [b"", b"\x30\x82", b"<a/>", b"%PDF-1.7", b"hello"],
    ids=["empty", "cut", "unsigned", "cut PDF", "text"],
)
def test_unreadable_names_the_check(desk: Path, data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "strange").write_bytes(data)
    assert verify(desk, "strange", "--json") == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["checks"][0]["check"] == "format"
    assert said.err.startswith("qyzmet: format: ")


@pytest.mark.parametrize(
    "words",
    [
        ["signature"],
        ["signature", "verify", "missing"],
        ["signature", "verify", ".", "--at", "2026-06-01"],
        ["signature", "verify", __file__, "--at", "yesterday"],
        ["signature", "verify", __file__, "--at", "2026-06-01", "--trust", "missing"],
    ],
)
def test_unusable_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err.startswith("qyzmet: ")


def test_without_a_moment_legal_time_judges(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(desk, "attached.p7m", "--json", at="") in {0, 1}
    assert "validity" in capsys.readouterr().out
