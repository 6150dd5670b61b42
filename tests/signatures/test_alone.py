"""The room verifies with the standard library and asn1crypto alone, in a copy somebody was handed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import asn1crypto
import pytest

import qyzmet
from qyzmet.signatures import PLAIN_TEXTS, Verdict, plain_texts, verify_cms, verify_pdf
from qyzmet.signatures.algorithms.keys import new_ecdsa_key
from tests.signatures.papers import DOCUMENT, sealed
from tests.signatures.town import APPLICATION, MONDAY, Town, attached, digests, letter

HERE = Path(qyzmet.__file__).parent
VERIFIER = """
import json, sys
from pathlib import Path

class Nothing:
    def find_spec(self, name, path=None, target=None):
        first = name.split(".")[0]
        if first not in {*sys.stdlib_module_names, "qyzmet", "asn1crypto"} and not first.startswith("_"):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Nothing())
import ctypes
if sys.argv[1] == "plain":
    ctypes.CDLL = lambda name: (_ for _ in ()).throw(OSError(name))

from datetime import datetime
from qyzmet.signatures import *

desk = Path(sys.argv[2])
trust, at = read_trust(desk), datetime.fromisoformat(sys.argv[3])
said = {}
for path in sorted(desk.glob("*.p7m")):
    said[path.name] = verify_cms(path.read_bytes(), at=at, trust=trust)
for path in sorted(desk.glob("*.pdf")):
    said[path.name] = verify_pdf(path.read_bytes(), at=at, trust=trust)
    (desk / "inside").write_bytes(embedded_files(path.read_bytes())["document.json"])
kept = verdict_of(json.loads((desk / "kept.json").read_text()))
content = {name: bytes.fromhex(value) for name, value in kept.content.items()}
said["kept"] = recheck(kept, content, at)
broken = (desk / "rsa.p7m").read_bytes()
said["broken"] = verify_cms(broken[:-1] + bytes([broken[-1] ^ 1]), at=at, trust=trust)
try:
    verify_xml((desk / "letter.xml").read_bytes(), at=at, trust=trust)
except SignatureError as problem:
    assert problem.code == "xml-library"
answer = {name: [[c.check, c.passed, c.detail("kk"), c.detail("ru")] for c in v.checks] for name, v in said.items()}
print(json.dumps({"verdicts": answer, "modules": sorted({m.split(".")[0] for m in sys.modules})}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rooms verification stands on, without their YAML."""
    home = tmp_path_factory.mktemp("copy")
    for room in ("clock", "identity", "signatures"):
        ignored = shutil.ignore_patterns("*.yaml", "__pycache__", "authority")
        shutil.copytree(HERE / room, home / "qyzmet" / room, ignore=ignored)
    shutil.copy(HERE / "__init__.py", home / "qyzmet")
    (home / "qyzmet" / "signatures" / PLAIN_TEXTS).write_text(plain_texts(), encoding="utf-8")
    shutil.copytree(Path(asn1crypto.__file__).parent, home / "asn1crypto")
    (home / "verifier.py").write_text(VERIFIER, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def towns(town: Town, rsa_town: Town) -> dict[str, Town]:
    return {"gost": town, "rsa": rsa_town, "ecdsa": Town(new_ecdsa_key)}


@pytest.fixture(scope="module")
def desk(towns: dict[str, Town], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Signatures of every algorithm, sealed papers, and what to trust."""
    folder = tmp_path_factory.mktemp("desk")
    for name, town in towns.items():
        (folder / f"{name}.cer").write_bytes(town.root.certificate.der)
        (folder / f"{name}-authority.cer").write_bytes(town.authority.certificate.der)
        (folder / f"{name}.crl").write_bytes(town.crl())
        (folder / f"{name}.p7m").write_bytes(attached(town.asan))
        (folder / f"{name}.pdf").write_bytes(sealed(town.asan))
    (folder / "letter.xml").write_bytes(letter(towns["rsa"].asan))
    verdict = verify_cms(
        attached(towns["rsa"].asan), at=MONDAY, trust=towns["rsa"].trust, content=digests(APPLICATION)
    )
    (folder / "kept.json").write_text(json.dumps(verdict.to_json()))
    return folder


def lines(verdict: Verdict) -> list[list[object]]:
    return [[each.check, each.passed] for each in verdict.checks]


@pytest.mark.parametrize("how", ["libgcrypt", "plain"])
def test_the_same_verdicts_with_nothing_installed(
    copy: Path, desk: Path, towns: dict[str, Town], how: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-S", str(copy / "verifier.py"), how, str(desk), MONDAY.isoformat()], cwd=copy,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert not {"cryptography", "lxml", "yaml", "babel", "pyhanko", "django"} & set(said["modules"])
    verdicts = said["verdicts"]
    for name, town in towns.items():
        ours = verify_cms((desk / f"{name}.p7m").read_bytes(), at=MONDAY, trust=town.trust)
        assert [row[:2] for row in verdicts[f"{name}.p7m"]] == lines(ours)
        ours = verify_pdf((desk / f"{name}.pdf").read_bytes(), at=MONDAY, trust=town.trust)
        assert [row[:2] for row in verdicts[f"{name}.pdf"]] == lines(ours)
    assert all(row[1] is True for row in verdicts["kept"])
    assert [row[0] for row in verdicts["broken"] if row[1] is False] == ["signature"]
    assert (desk / "inside").read_bytes() == DOCUMENT
    moments = [row[3] for row in verdicts["rsa.p7m"] if row[0] == "validity"]
    assert moments == ["Регистрационные свидетельства действовали в момент проверки (01.06.2026, 12:00)."]
