"""Packages that loop, branch or grow beyond reason: the checker answers with a finding or a result, and soon."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.checker import check
from qyzmet.regulation.loader import load_package
from qyzmet.regulation.parameters import load_parameters

BASE = Path(__file__).parent / "example" / "2020-01-01-n1" / "service.yaml"
HEAD = BASE.read_text(encoding="utf-8").partition("steps:\n")[0]
EXITS = BASE.read_text(encoding="utf-8").partition("exits:\n")[2]
NAME = "name: {kk: Қадам, ru: Шаг, en: Step}, by: head, cite: A120 §4"


def said(folder: Path, steps: Iterator[str]) -> list[str]:
    """The codes of what is found in a package of these steps; what only the shortness of them causes left out."""
    path = folder / "service.yaml"
    path.write_text(f"{HEAD}steps:\n{''.join(steps)}exits:\n{EXITS}", encoding="utf-8")
    found = check(load_package(path), load_acts(), load_parameters(), {})
    return [finding.code for finding in found if finding.code not in {"unused-post", "never-issued"}]


def step(key: str, then: str, more: str = "") -> str:
    return f"  {key}: {{{NAME}{more}, then: {then}}}\n"


def chain(length: int, last: str) -> Iterator[str]:
    """A first step that chooses the exit, then one step after another."""
    yield step("first", "{give: {go: s0, exit: given}, refuse: {go: s0, exit: refused}}")
    for number in range(length):
        yield step(f"s{number}", f"s{number + 1}" if number < length - 1 else last)


def ladder(rungs: int) -> Iterator[str]:
    """Two ways at every rung: as many paths as there are numbers of `rungs` bits."""
    yield step("first", "{give: {go: a0, exit: given}, refuse: {go: b0, exit: refused}}")
    for n in range(rungs):
        ahead = f"{{up: a{n + 1}, over: b{n + 1}}}" if n < rungs - 1 else "end"
        yield step(f"a{n}", ahead) + step(f"b{n}", ahead)


def test_ten_thousand_steps_in_a_row_are_a_package_like_any_other(tmp_path: Path) -> None:
    assert said(tmp_path, chain(10_000, "end")) == []


def test_ten_thousand_steps_in_a_circle_are_a_loop(tmp_path: Path) -> None:
    assert said(tmp_path, chain(10_000, "s0")) == ["loop"]


def test_more_paths_than_anyone_could_walk(tmp_path: Path) -> None:
    assert said(tmp_path, ladder(2_000)) == []


def test_every_step_leading_back_to_every_other_ends_and_is_no_loop(tmp_path: Path) -> None:
    def tangle() -> Iterator[str]:
        everywhere = ", ".join(f"o{n}: s{n}" for n in range(100))
        yield step("first", "{give: {go: s0, exit: given}, refuse: {go: s0, exit: refused}}")
        for n in range(100):
            yield step(f"s{n}", f"{{{everywhere}, out: end}}")

    assert said(tmp_path, tangle()) == []


def test_all_of_steps_that_open_one_another_in_ever_new_orders_are_refused(tmp_path: Path) -> None:
    def nest() -> Iterator[str]:
        yield step("first", "{give: {go: n0, exit: given}, refuse: {go: n0, exit: refused}}")
        for n in range(12):
            branches = ", ".join(f"n{m}" for m in range(12) if m != n)
            yield f"  n{n}: {{kind: all-of, {NAME}, branches: [{branches}], then: end}}\n"

    assert said(tmp_path, nest()) == ["all-of-endless"]


def test_a_procedure_that_can_stand_in_too_many_ways_is_told_to_split(tmp_path: Path) -> None:
    def wide() -> Iterator[str]:
        choices = ", ".join(f"c{n}: {{go: s0, exit: e{n}}}" for n in range(120))
        yield step(
            "first", f"{{give: {{go: s0, exit: given}}, refuse: {{go: s0, exit: refused}}, {choices}}}"
        )
        for n in range(1_000):
            yield step(f"s{n}", f"s{n + 1}" if n < 999 else "end")

    name = "{kk: Қ, ru: Р, en: E}"
    exits = "".join(f"  e{n}: {{kind: neutral, name: {name}, cite: A120 §4}}\n" for n in range(120))
    path = tmp_path / "service.yaml"
    path.write_text(f"{HEAD}steps:\n{''.join(wide())}exits:\n{exits}{EXITS}", encoding="utf-8")
    codes = [
        f.code for f in check(load_package(path), load_acts(), load_parameters(), {}) if f.level == "error"
    ]
    assert codes == ["too-tangled"]


def test_thousands_of_circles_of_skips_are_one_finding_each(tmp_path: Path) -> None:
    def circles() -> Iterator[str]:
        yield step("first", "{give: {go: a0, exit: given}, refuse: {go: a0, exit: refused}}")
        for n in range(500):
            onward = f"a{n + 1}" if n < 499 else "end"
            yield step(
                f"a{n}", f"[{{go: b{n}, only: form.income > 1}}, {{go: {onward}}}]", ", only: form.income > 9"
            )
            yield step(f"b{n}", f"a{n}", ", only: form.income > 9")

    assert said(tmp_path, circles()) == ["skip-loop"] * 500


@pytest.mark.parametrize("wide", [5, 7])
def test_more_situations_than_are_worth_telling_apart_are_looked_at_as_one(tmp_path: Path, wide: int) -> None:
    options = ", ".join(f"o{n}: {{name: {{kk: Қ, ru: Р, en: E}}, cite: A120 §4}}" for n in range(wide))
    dimensions = "".join(f"  d{n}: {{{options}}}\n" for n in range(wide))
    asked = " and ".join(f"d{n} == 'o0'" for n in range(wide))
    path = tmp_path / "service.yaml"
    head = HEAD.replace("variants:\n", f"variants:\n{dimensions}")
    steps = step("first", "{give: {go: s, exit: given}, refuse: {go: s, exit: refused}}")
    steps += step("s", "end", f', only: "{asked}"')
    path.write_text(f"{head}steps:\n{steps}exits:\n{EXITS}", encoding="utf-8")
    codes = [
        f.code for f in check(load_package(path), load_acts(), load_parameters(), {}) if f.level == "error"
    ]
    assert codes == []
