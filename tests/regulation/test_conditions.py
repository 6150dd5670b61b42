"""Conditions: what they mean, what they refuse, and that no text of any kind is ever run."""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.regulation.conditions import ConditionError, parse

FACTS: dict[str, object] = {
    "channel": "portal",
    "case": "grant",
    "exit": "",
    "visit": False,
    "form.plot-area": Decimal("6.5"),
    "form.from": True,
    "form.count": 0,
    "form.purposes": ["garden", "garage"],
    "output.decide.sum": 100,
}


@pytest.mark.parametrize(
    "only",
    [
        {"channel": "portal"},
        {"channel": ["centre", "portal"], "case": "grant"},
        {"form.from": True},
        {"form.count": 0},
        "channel == 'portal' and case in ['grant', 'change']",
        "form.plot-area > 5",
        "1 < form.plot-area <= 6.5",
        "form.plot-area == 6.50",
        "form.plot-area > -1",
        "form.from",
        "not visit",
        "not form.count",
        "'garden' in form.purposes",
        "'field' not in form.purposes",
        "form.purposes",
        "exit != 'refused'",
        "(channel == 'centre' or case == 'grant') and not (visit or exit == 'refused')",
        'case == "grant"',
    ],
)
def test_holds(only: Any) -> None:
    assert parse(only).holds(FACTS)


@pytest.mark.parametrize(
    "only",
    [
        {"channel": "centre"},
        {"channel": "portal", "case": "change"},
        {"form.from": 1},
        {"form.count": False},
        {"form.missing": ["a", "b"]},
        "form.missing == form.missing",
        "form.missing < 1 or form.missing > 1 or form.missing <= 1 or form.missing >= 1",
        "form.missing in ['a'] or form.missing in form.purposes",
        "exit == 'refused' or exit in ['refused', 'granted']",
        "exit",
        "visit or form.count",
        "form.plot-area < 'z'",
        "case > 1",
        "form.from == 1",
        "case in channel",
    ],
)
def test_does_not_hold(only: Any) -> None:
    assert not parse(only).holds(FACTS)


def test_a_condition_knows_its_facts_and_what_they_are_compared_with() -> None:
    condition = parse("channel == 'portal' and (form.plot-area > 5 or case in ['grant', 'change'])")
    assert condition.facts == {"channel", "form.plot-area", "case"}
    assert condition.compared == {("channel", "portal"), ("case", "grant"), ("case", "change")}


def test_names_that_are_words_of_python_are_facts_like_any_other() -> None:
    assert parse("form.class == 'a' and form.import").facts == {"form.class", "form.import"}


@pytest.mark.parametrize(
    ("only", "facts", "decided"),
    [
        ("channel == 'portal' and form.x > 1", {"channel": "centre"}, False),
        ("channel == 'portal' and form.x > 1", {"channel": "portal"}, None),
        ("channel == 'portal' or form.x > 1", {"channel": "portal"}, True),
        ("not (channel == 'portal' or form.x > 1)", {"channel": "portal"}, False),
        ({"channel": "portal", "form.x": 1}, {"channel": "centre"}, False),
        ({"channel": "portal", "form.x": 1}, {}, None),
    ],
)
def test_what_can_be_said_while_facts_are_missing(
    only: Any, facts: dict[str, object], decided: bool | None
) -> None:
    assert parse(only).decided(facts) is decided


@pytest.mark.parametrize(
    ("only", "column", "said"),
    [
        ("len(channel) > 1", 1, "nothing can be called"),
        ("channel == 'a' and open('f')", 20, "nothing can be called"),
        ("channel.upper()", 1, "nothing can be called"),
        ("__import__", 1, "not the name of a fact"),
        ("channel.__class__", 1, "not the name of a fact"),
        ("form.x ** 9 > 1", 8, "no meaning"),
        ("form.x * 9 > 1", 8, "no meaning"),
        ("form.x + 9 > 1", 8, "no meaning"),
        ("form.x - 9 > 1", 1, "no arithmetic"),
        ("f'{channel}'", 2, "a space is missing"),
        ("b'a' == 'a'", 2, "a space is missing"),
        ("[x for x in y]", 1, "no meaning"),
        ("x if y else z", 1, "no meaning"),
        ("(x := 1)", 4, "no meaning"),
        ("lambda: 1", 7, "no meaning"),
        ("x[0]", 1, "after a fact"),
        ("x in ('a', 'b')", 6, "needs a list"),
        ("x in [y]", 7, "values, not facts"),
        ("x == ['a']", 6, "after `in`"),
        ("x is y", 1, "write `==`"),
        ("True", 1, "write `true`"),
        ("None == x", 1, "write `not FACT`"),
        ("plot_area > 5", 1, "write `plot-area`"),
        ("x == ''", 6, "empty words"),
        ("x == 1e9", 6, "no meaning"),
        ("x == 1_000", 6, "no meaning"),
        ("'always'", 1, "a value alone"),
        ("x == 'a' # and", 10, "no meaning"),
        ("x == 'a\\n'", 6, "no meaning"),
        ("x == \n", 1, "breaks off"),
        ("", 1, "empty"),
        ("((((" * 10 + "x", 31, "nested too deep"),
        ("x or " * 300 + "x", 1, "longer than 1000"),
        ({}, 1, "names no fact"),
        ({"form.x": []}, 1, "no value"),
        ({"Form": "a"}, 1, "not the name of a fact"),
    ],
)
def test_is_refused_at_its_column(only: Any, column: int, said: str) -> None:
    with pytest.raises(ConditionError, match=said) as refused:
        parse(only)
    assert refused.value.column == column


WORDS = ["channel", "form.x", "a-b", "'a'", "1", "2.5", "true", "and", "or", "not", "in", "is", "==", "<", ">=",
         "(", ")", "[", "]", ",", "-", "__import__", "exec", "f''", "**", ":", "lambda", "{", "}", "%", "\n"]  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
def test_no_text_raises_anything_but_a_condition_error(text: str) -> None:
    column = refused_at(text)
    assert column is None or 1 <= column <= len(text) + 1


def refused_at(text: str) -> int | None:
    """The column a condition is refused at; None for one that can be asked whether it holds."""
    try:
        parse(text).holds(FACTS)
    except ConditionError as refused:
        return refused.column
    return None


class Trap(dict[str, object]):
    """Facts that record what is asked of them."""

    asked: set[str]

    def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
        self.asked.add(name)
        return super().get(name, default)


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_a_condition_asks_for_nothing_but_its_facts(text: str) -> None:
    try:
        condition = parse(text)
    except ConditionError:
        return
    facts = Trap(FACTS)
    facts.asked = set()
    condition.holds(facts)
    assert facts.asked <= condition.facts


# A naive reference: trees of tuples, written out as text and worked out by the words of docs/language.md.
Tree = tuple[Any, ...]
NAMES = ["channel", "form.x", "form.y-z", "missing"]
LITERALS: list[object] = ["portal", "a b", 0, 1, Decimal("1.50"), True, False]
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def written(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value) if isinstance(
        value, str) else str(value)  # fmt: skip


def same(a: object, b: object) -> bool:
    return not empty(a) and not empty(b) and kind(a) == kind(b) and a == b


def empty(value: object) -> bool:
    return value is None or value == "" or isinstance(value, list)


def kind(value: object) -> str:
    return "flag" if isinstance(value, bool) else "words" if isinstance(value, str) else "number"


def text_of(tree: Tree) -> str:
    match tree:
        case ("and" | "or" as word, left, right):
            return f"({text_of(left)}) {word} ({text_of(right)})"
        case ("not", inner):
            return f"not ({text_of(inner)})"
        case ("in" | "not in" as word, name, values):
            return f"{name} {word} [{', '.join(written(v) for v in values)}]"
        case (sign, name, value):
            return f"{name} {sign} {written(value)}"
        case (name,):
            return str(name)
    raise AssertionError(tree)


def truth_of(tree: Tree, facts: dict[str, object]) -> bool:
    match tree:
        case ("and", left, right):
            return truth_of(left, facts) and truth_of(right, facts)
        case ("or", left, right):
            return truth_of(left, facts) or truth_of(right, facts)
        case ("not", inner):
            return not truth_of(inner, facts)
        case ("in", name, values):
            return any(same(facts.get(name), value) for value in values)
        case ("not in", name, values):
            return not any(same(facts.get(name), value) for value in values)
        case ("==", name, value):
            return same(facts.get(name), value)
        case ("!=", name, value):
            return not same(facts.get(name), value)
        case (sign, name, value):
            fact = facts.get(name)
            fit = not empty(fact) and kind(fact) == kind(value) and kind(fact) != "flag"
            return fit and SIGNS[sign](fact, value)
        case (name,):
            return bool(facts.get(name))
    raise AssertionError(tree)


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("sNaN"), float("nan")])
@pytest.mark.parametrize(
    "text", ["form.area", "form.area > 5", "form.area == 5", "form.area in [5]", "form.area < form.area"]
)
def test_what_is_no_number_is_empty(text: str, number: object) -> None:
    assert not parse(text).holds({"form.area": number})
    assert parse(f"not ({text})").holds({"form.area": number})


names, literals = st.sampled_from(NAMES), st.sampled_from(LITERALS)
leaves = st.one_of(
    names.map(lambda name: (name,)),
    st.tuples(st.sampled_from(["==", "!=", *SIGNS]), names, literals),
    st.tuples(st.sampled_from(["in", "not in"]), names, st.lists(literals, max_size=3)),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner), st.tuples(st.sampled_from(["and", "or"]), inner, inner)
    ),
    max_leaves=8,
)
values = st.one_of(st.none(), st.just(""), literals, st.lists(st.sampled_from(["portal", "a b"])))


@given(trees, st.dictionaries(names, values))
def test_the_evaluator_agrees_with_a_naive_one(tree: Tree, facts: dict[str, object]) -> None:
    assert parse(text_of(tree)).holds(facts) is truth_of(tree, facts)


@given(trees, st.dictionaries(names, values), st.sets(names))
def test_what_is_decided_with_few_facts_holds_with_all(
    tree: Tree, facts: dict[str, object], known: set[str]
) -> None:
    condition = parse(text_of(tree))
    decided = condition.decided({name: facts.get(name) for name in known})
    assert decided is None or decided is condition.holds(facts)
