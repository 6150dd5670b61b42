"""Which clauses something in the product cites, and which citations find nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from qyzmet.cli import main
from qyzmet.regulation import model
from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.citations import Citation, citations, cites_in_package, cites_in_text
from qyzmet.regulation.coverage import Row, coverage
from qyzmet.regulation.loader import load_tree
from qyzmet.regulation.model import Cite, Limit, Model

ACTS = load_acts()


def made(*cites: str) -> list[Citation]:
    return [Citation(cite, "somewhere.yaml") for cite in cites]


def row(rows: tuple[Row, ...], act: str, status: str) -> Row:
    return next(row for row in rows if (row.act, row.status) == (act, status))


def test_without_a_citation_everything_that_asks_something_is_unmapped() -> None:
    found = coverage(ACTS, [])
    assert sum(r.total for r in found.rows) == 1299
    assert sum(r.mapped for r in found.rows) == 0
    assert sum(r.unmapped for r in found.rows) == len(found.unmapped)
    assert row(found.rows, "A120", "not-applicable") == Row("A120", "not-applicable", 9, 0, 0, 0)


def test_a_citation_maps_what_stands_under_it_once() -> None:
    steps = row(coverage(ACTS, made("A120 §5", "A120 §5(1)")).rows, "A120", "executed")
    assert (steps.mapped, steps.unmapped) == (6, steps.total - 6)


def test_a_citation_of_nothing_is_told_with_its_file() -> None:
    found = coverage(ACTS, made("A120 §55", "A120 §5"))
    assert [(u.cite, u.path) for u in found.unknown] == [("A120 §55", "somewhere.yaml")]
    assert "did you mean 'A120 §" in found.unknown[0].says


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ('"""Register it. Cites: A120 §5(1)."""', ["A120 §5(1)"]),
        ("Cites: A120 §5(1); A120 §8(1).\n\nAnd so on.", ["A120 §5(1)", "A120 §8(1)"]),
        (
            "Cites: A120 §5(1);\n    A120 §8(1);\n    A120 §9(2).\n",
            ["A120 §5(1)", "A120 §8(1)", "A120 §9(2)"],
        ),
        ("// Cites: O109 an.3 title\n#set page()", ["O109 an.3 title"]),
        ("<!-- Cites: M262 private §15 ¶3 field 1 -->", ["M262 private §15 ¶3 field 1"]),
        ("Cites: the step's own clause; A120 §5(4).", ["A120 §5(4)"]),
        ("It cites: nothing. Cited: neither.", []),
    ],
)
def test_a_citation_in_source_text_follows_the_word(text: str, cites: list[str]) -> None:
    assert list(cites_in_text(text)) == cites


def models(parent: type[Model] = Model) -> set[type[Model]]:
    return {child for sub in parent.__subclasses__() for child in (sub, *models(sub))}


def test_no_citing_field_of_the_package_language_is_overlooked() -> None:
    hints = {
        (kind.__name__, name)
        for kind in models()
        if kind.__module__.startswith(model.__name__)
        for name, hint in get_type_hints(kind, include_extras=True).items()
        if Cite in (hint, *get_args(hint))
    }
    assert {name for _, name in hints} == {"cite", "not_set", "hearing_not_required", "signed", "none"}


def test_every_part_of_a_package_is_asked_for_its_citation() -> None:
    assert list(cites_in_package(Limit(term="3 working days", cite="A120 §5(4)"))) == ["A120 §5(4)"]
    assert list(cites_in_package(Limit(not_set="K4201 an.1 §5(3)"))) == ["K4201 an.1 §5(3)"]


def test_the_land_packages_cite_each_its_own_regulation() -> None:
    package = load_tree()[("land-paid-use", "2012-06-01-n262")].package
    assert package is not None
    cites = "; ".join(cites_in_package(package))
    assert "M262 paid §12" in cites
    assert "$part" not in cites
    assert "M262 private" not in cites


def test_parameters_glossary_and_heads_of_acts_count_too() -> None:
    where = {citation.path for citation in citations()}
    assert "regulations/parameters/mci.yaml" in where
    assert "regulations/glossary.yaml" in where
    assert "regulations/acts/A120.yaml" in where


def test_a_citation_in_a_file_of_source_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "cases" / "acts"
    folder.mkdir(parents=True)
    (folder / "register.py").write_text('"""Register. Cites: A120 §5(1)."""\n', encoding="utf-8")
    assert list(citations(tmp_path)) == [Citation("A120 §5(1)", "cases/acts/register.py")]


def test_the_product_cites_only_clauses_that_are_there() -> None:
    assert coverage(ACTS, citations()).unknown == ()


def test_nothing_an_act_asks_for_is_cited_by_nothing() -> None:
    assert [clause.id for clause in coverage(ACTS, citations()).unmapped] == []


def test_the_command_counts_by_act_and_status(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qyzmet.regulation.citations.citations", lambda: made("A120 §5"))
    assert main(["coverage", "--json", "--unmapped"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["total"] == 1299
    assert len(answer["unmapped-clauses"]) == answer["unmapped"]
    assert {row["act"] for row in answer["rows"]} == {"A120", "K4201", "M262", "O109", "O144"}
    main(["coverage", "--unmapped"])
    printed = capsys.readouterr().out
    assert printed.splitlines()[0].split() == ["act", "status", "clauses", "mapped", "unmapped", "to", "come"]
    assert answer["unmapped-clauses"][0] in printed
