"""Every outcome has its sentence in Kazakh, Russian and English, and every sentence is used."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import yaml

import qyzmet.signatures
from qyzmet.signatures.errors import codes

ROOM = Path(qyzmet.signatures.__file__).parent
TEXTS = yaml.safe_load((ROOM / "texts.yaml").read_text(encoding="utf-8"))


def words_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def fields_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_three_languages_with_the_same_facts() -> None:
    for code, row in TEXTS.items():
        assert set(row) == {"check", "kk", "ru", "en"}, code
        assert fields_of(row["kk"]) == fields_of(row["ru"]) == fields_of(row["en"]), code
        assert len({row["kk"], row["ru"], row["en"]}) == 3, code


def test_no_sentence_is_idle() -> None:
    spoken = [*ROOM.rglob("*.py"), ROOM.parent / "evidence" / "ncanode.py"]
    said = set().union(*(words_of(path) for path in spoken))
    assert codes() - said == set()


PASSED = {
    "good",
    "same",
    "known",
    "whole",
    "named",
    "inside",
    "all",
    "cms",
    "pdf",
    "xml",
    "recorded",
    "fits",
    "moment",
}


def test_a_refusal_says_what_to_do() -> None:
    """What happened, then what to do next, in one sentence."""
    for code, row in TEXTS.items():
        if code.split("-")[-1] not in PASSED:
            assert all(";" in row[language] for language in ("kk", "ru", "en")), code
