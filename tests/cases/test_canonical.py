"""The bytes that are signed are those of RFC 8785, whichever writer wrote them."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed.prepared import EXACT, canonical

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
LEAVES = (
    st.none() | st.booleans() | st.integers(1 - EXACT, EXACT - 1) | st.floats(allow_nan=False) | TEXTS
).filter(lambda each: each not in {float("inf"), float("-inf")})
VALUES = st.recursive(LEAVES, lambda of: st.lists(of) | st.dictionaries(TEXTS, of), max_leaves=20)


@given(st.dictionaries(TEXTS, VALUES))
def test_it_is_what_the_standard_asks_for(said: dict[str, Any]) -> None:
    assert canonical(said) == rfc8785.dumps(said)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ({"b": 1, "a": True, "c": None}, b'{"a":true,"b":1,"c":null}'),
        ({"a": '\x00\x1f\x7f\n"\\/\u2028'}, '{"a":"\\u0000\\u001f\x7f\\n\\"\\\\/\u2028"}'.encode()),
        ({"a": ("Ә", [], {})}, '{"a":["Ә",[],{}]}'.encode()),
        ({"a": 1.0, "b": 1e21}, b'{"a":1,"b":1e+21}'),
        ({"\uffff": 1, "\U0001f600": 2}, '{"\U0001f600":2,"\uffff":1}'.encode()),
    ],
)
def test_names_in_order_and_nothing_that_need_not_be_there(said: dict[str, Any], written: bytes) -> None:
    assert canonical(said) == written


@pytest.mark.parametrize(
    "said", [{"a": "\ud800"}, {"\ud800": 1}, {"a": EXACT}, {"a": float("nan")}, {1: "a"}, {"a": {1}}]
)
def test_what_json_cannot_say_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(ActRefused, match="unstorable"):
        canonical(said)
