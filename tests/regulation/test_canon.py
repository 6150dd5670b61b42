"""What is published is bytes; what binds and what is read have hashes of their own."""

from __future__ import annotations

import pytest

from qyzmet.regulation.canon import from_bytes, law_hash, texts_hash, to_bytes
from qyzmet.regulation.loader import load_tree
from tests.regulation.small import package, step, text

STEPS = {"b": step("a"), "a": step({"ok": {"go": "end", "exit": "granted"}})}


def test_a_package_comes_back_from_its_bytes_with_its_steps_in_order() -> None:
    small = package(STEPS)
    again = from_bytes(to_bytes(small))
    assert again == small
    assert list(again.steps) == ["b", "a"]


def test_a_new_wording_changes_the_texts_and_not_the_law() -> None:
    before, after = package(STEPS), package(STEPS | {"b": step("a", name=text("another name"))})
    assert law_hash(before) == law_hash(after)
    assert texts_hash(before) != texts_hash(after)


def test_a_new_limit_changes_the_law_and_not_the_texts() -> None:
    before, after = package(STEPS), package(STEPS | {"b": step("a", within="2 working days")})
    assert law_hash(before) != law_hash(after)
    assert texts_hash(before) == texts_hash(after)


SHIPPED = {"/".join(key): each.package for key, each in sorted(load_tree().items()) if each.package}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_package_comes_back_from_its_bytes(name: str) -> None:
    shipped = SHIPPED[name]
    assert from_bytes(to_bytes(shipped)) == shipped
