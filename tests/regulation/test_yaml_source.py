"""The strict reader of YAML: what values become, what is refused, where everything stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.regulation.findings import Finding
from qyzmet.regulation.places import Places, plain
from qyzmet.regulation.yaml_source import MAX_BYTES, SourceError, read_file, read_text


def value(written: str) -> object:
    node, findings = read_text(f"key: {written}\n", "file")
    assert findings == []
    return plain(node)["key"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("true", True),
        ("false", False),
        ("12", 12),
        ("-3", -3),
        ("3.20", Decimal("3.20")),
        ("2019-04-25", date(2019, 4, 25)),
        ("~", None),
        ("", None),
    ],
)
def test_plain_values_have_a_type(written: str, read: object) -> None:
    assert value(written) == read
    assert type(value(written)) is type(read)


@pytest.mark.parametrize(
    "written",
    ["yes", "no", "on", "off", "True", "NO", "y", "12:30", "0o7", "0x1F", "007", "1_000", "1e3", ".5", ".inf",
     "1.2.3", "2019-4-5", "+", "9" * 19],
)  # fmt: skip
def test_what_only_looks_like_a_type_stays_words(written: str) -> None:
    assert value(written) == written


def test_quotes_make_words_of_anything() -> None:
    assert value("'true'") == "true"
    assert value('"2019-04-25"') == "2019-04-25"
    assert value("|\n  12\n") == "12\n"


def test_every_key_and_value_has_its_place() -> None:
    node, _ = read_text('steps:\n  register: {by: clerk, grounds: [a, "b"]}\n', "service.yaml")
    places = Places(node)
    assert places.key(["steps", "register"]) == ("service.yaml", 2, 3)
    assert places.key(["steps", "register", "by"]) == ("service.yaml", 2, 14)
    assert places.value(["steps", "register", "by"]) == ("service.yaml", 2, 18)
    assert places.value(["steps", "register", "grounds", 1]) == ("service.yaml", 2, 38)


def test_a_column_counts_letters_not_bytes() -> None:
    node, _ = read_text("{атауы: қызмет, келесі: бар}", "file")
    assert Places(node).key(["келесі"]) == ("file", 1, 17)


def test_a_part_written_in_a_shorter_way_has_the_place_of_what_is_written() -> None:
    node, _ = read_text("steps:\n  register: {then: decide}\n", "file")
    assert Places(node).value(["steps", "register", "then", "done", 0, "go"]) == ("file", 2, 20)


def test_nesting_like_a_bomb_is_refused_at_the_depth_it_is_too_deep() -> None:
    with pytest.raises(SourceError, match=r"file:1:41: error\[too-deep\]: nesting goes deeper than 40"):
        read_text("[" * 100_000, "file")


def test_aliases_that_would_multiply_are_refused_and_never_followed() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    _, findings = read_text("\n".join(lines), "file")
    assert {finding.code for finding in findings} == {"anchor", "alias"}
    assert len(findings) == 40 + 2 * 39


def test_a_file_over_two_megabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "service.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(SourceError, match=r"over 2 MB"):
        read_file(path)


def test_a_file_in_another_encoding_is_told_apart_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "service.yaml"
    path.write_bytes("a: 1\nb: Әкім\n".encode("utf-16-le"))
    with pytest.raises(SourceError):
        read_file(path)
    path.write_bytes("a: 1\nb: Аким\n".encode("cp1251"))
    with pytest.raises(SourceError, match=r"service.yaml:2:1: error\[encoding\]: this line is not UTF-8"):
        read_file(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "file:1:1: error[empty]"),
        ("# nothing\n", "file:1:1: error[empty]"),
        ("a: 1\n---\nb: 2\n", "file:2:1: error[yaml]: a second document starts here"),
        ("%YAML 1.1\n---\na: 1\n", "file:1:1: error[yaml]: `%` lines"),
        ("? [a]\n: b\n", "file:1:3: error[key]"),
        ("a: \x07\n", "file:1:4: error[yaml]: a character here cannot stand"),
        ("a: b: c\n", "file:1:5: error[yaml]"),
    ],
)
def test_what_is_no_such_yaml_is_refused_in_one_line(text: str, said: str) -> None:
    with pytest.raises(SourceError) as refused:
        read_text(text, "file")
    assert str(refused.value).startswith(said)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=200))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    assert all(finding.line >= 1 and finding.col >= 1 for finding in said_of(text))


def said_of(text: str) -> list[Finding]:
    """What the reader finds, whether it gives up or not."""
    try:
        node, findings = read_text(text, "file")
    except SourceError as refused:
        return [refused.finding]
    plain(node)
    return findings
