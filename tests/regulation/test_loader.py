"""Loading: one file, a tree, bases that others build on."""

from __future__ import annotations

from pathlib import Path

import pytest

from qyzmet.regulation.loader import load_package, load_tree

EXAMPLE = Path(__file__).parent / "example" / "2020-01-01-n1" / "service.yaml"
BASE = """
service: base
edition: 2020-01-01-n1
abstract: true
sources: [A120]
name: {kk: "$right", ru: "$right", en: "$right"}
posts:
  clerk: {name: $post, org: provider, cite: "A120 $part"}
"""


def written(folder: Path, service: str, text: str) -> Path:
    path = folder / service / "2020-01-01-n1" / "service.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_base_may_leave_parts_and_variables_to_those_who_build_on_it(tmp_path: Path) -> None:
    loaded = load_package(written(tmp_path, "base", BASE))
    assert loaded.abstract
    assert loaded.package is None
    assert loaded.findings == ()


def test_a_base_is_still_told_of_keys_it_misspells(tmp_path: Path) -> None:
    loaded = load_package(written(tmp_path, "base", BASE + "postss: {}\n"))
    assert [finding.code for finding in loaded.findings] == ["unknown-key"]


def test_what_is_wrong_in_a_base_is_told_at_its_place_in_the_base(tmp_path: Path) -> None:
    base = written(tmp_path, "base", BASE.replace("org: provider", "org: 7"))
    top = written(tmp_path, "top", "service: top\nedition: 2020-01-01-n2\nextends: base/2020-01-01-n1\n")
    wrong = [f for f in load_package(top).findings if f.code == "not-words"]
    assert [(f.path, f.line, f.col) for f in wrong] == [(str(base), 8, 29)]


def test_a_file_knows_where_each_part_stands_wherever_it_came_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    written(tmp_path, "example", text)
    more = "steps:\n  decide:\n    within: 4 working days\n"
    written(tmp_path, "top", f"service: top\nedition: 2020-01-01-n2\nextends: example/2020-01-01-n1\n{more}")
    monkeypatch.chdir(tmp_path)
    loaded = load_package(Path("top/2020-01-01-n1/service.yaml"))
    assert loaded.package is not None
    assert loaded.package.steps["decide"].within[0].term == "4 working days"
    assert loaded.places.key(["steps", "decide", "within"]) == ("top/2020-01-01-n1/service.yaml", 6, 5)
    line = text.splitlines().index("  notify:") + 1
    assert loaded.places.key(["steps", "notify"]) == ("example/2020-01-01-n1/service.yaml", line, 3)


def test_a_tree_holds_every_package_by_service_and_edition(tmp_path: Path) -> None:
    written(tmp_path, "base", BASE)
    written(tmp_path, "general/example", EXAMPLE.read_text(encoding="utf-8"))
    written(tmp_path, "broken", "service: [\n")
    tree = load_tree(tmp_path)
    assert sorted(tree) == [(name, "2020-01-01-n1") for name in ("base", "broken", "example")]
    assert tree["broken", "2020-01-01-n1"].findings[0].code == "yaml"
    assert tree["example", "2020-01-01-n1"].package is not None


def test_a_file_that_cannot_be_opened_is_not_swallowed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_package(tmp_path / "service.yaml")
