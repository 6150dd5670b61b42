"""A package as bytes: the same bytes for the same package, and two hashes that tell words from law."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qyzmet.regulation.canon import from_bytes, law_hash, texts_hash, to_bytes
from qyzmet.regulation.loader import load_package, load_tree
from qyzmet.regulation.model import Package

HERE = Path(__file__).parent
SHIPPED = {key: one.package for key, one in load_tree().items() if one.package}


def example() -> Package:
    package = load_package(HERE / "example" / "2020-01-01-n1" / "service.yaml").package
    assert package is not None
    return package


def changed(path: list[Any], value: Any) -> Package:
    """The example with one thing said otherwise."""
    raw = example().model_dump(by_alias=True)
    *parents, last = path
    inside = raw
    for key in parents:
        inside = inside[key]
    inside[last] = value
    return Package.model_validate(raw)


@pytest.mark.parametrize("key", sorted(SHIPPED), ids="/".join)
def test_a_shipped_package_comes_back_from_its_bytes(key: tuple[str, str]) -> None:
    package = SHIPPED[key].model_copy(update={"extends": None, "drop": (), "vars": {}})
    again = from_bytes(to_bytes(package))
    assert again == package
    assert list(again.steps) == list(package.steps)
    assert to_bytes(again) == to_bytes(package)


def test_the_bytes_are_canonical_json() -> None:
    content = to_bytes(example())
    again = json.dumps(json.loads(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again.encode() == content


def test_the_order_of_steps_is_law() -> None:
    steps = example().model_dump(by_alias=True)["steps"]
    turned = changed(["steps"], dict(reversed(steps.items())))
    assert list(from_bytes(to_bytes(turned)).steps) == list(reversed(steps))
    assert law_hash(turned) != law_hash(example())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["name", "ru"], "Другое имя"),
        (["steps", "decide", "name", "kk"], "Басқа"),
        (["steps", "decide", "output", "sum", "name", "reviewed"], False),
        (["issued", "notice", "template"], "notice.typ"),
        (["words"], ["пример"]),
        (["summary"], {"kk": "Қ", "ru": "Р", "en": "E"}),
    ],
)
def test_words_change_the_hash_of_the_texts_alone(path: list[Any], value: Any) -> None:
    after = changed(path, value)
    assert texts_hash(after) != texts_hash(example())
    assert law_hash(after) == law_hash(example())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["steps", "decide", "within", 0, "term"], "4 working days"),
        (["steps", "decide", "cite"], "A120 §5(3)"),
        (["steps", "hand-over", "only"], {"channel": "portal"}),
        (["exits", "refused", "grounds"], []),
        (["documents", "bill", "required"], False),
        (["form", "about", "fields", "income", "max"], "10.5"),
        (["fee", "none"], "A120 §5"),
        (["life", "adopted", "on"], "2020-01-02"),
    ],
)
def test_rules_change_the_hash_of_the_law_alone(path: list[Any], value: Any) -> None:
    after = changed(path, value)
    assert law_hash(after) != law_hash(example())
    assert texts_hash(after) == texts_hash(example())


def test_a_number_is_the_same_however_many_noughts_end_it() -> None:
    path = ["form", "about", "fields", "income", "max"]
    assert to_bytes(changed(path, "10.50")) == to_bytes(changed(path, "10.5"))
    assert b'"max":"100"' in to_bytes(changed(path, 100))


def test_a_package_put_together_from_a_base_is_what_it_says_in_full() -> None:
    shared = load_package(HERE / "good" / "shared.yaml").package
    assert shared is not None
    assert shared.extends
    assert b"extends" not in to_bytes(shared)
    assert from_bytes(to_bytes(shared)).steps == shared.steps


def test_bytes_that_are_no_package_are_refused() -> None:
    with pytest.raises(ValueError, match="Field required"):
        from_bytes(b"{}")
