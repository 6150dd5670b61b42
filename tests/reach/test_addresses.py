"""The list of addresses is whole: every pattern stands in it, and every line of it is reached by somebody."""

from __future__ import annotations

from tests.reach.addresses import ADDRESSES, ALL, LEFT_OUT, names


def test_every_address_of_the_house_is_in_the_list_or_left_out_with_a_reason() -> None:
    known = names()
    assert known - ADDRESSES.keys() - LEFT_OUT.keys() == set(), (
        "give each of these a line in tests/reach/addresses.py"
    )
    assert (ADDRESSES.keys() | LEFT_OUT.keys()) - known == set(), "no page has these names any more"
    assert len(ADDRESSES) == len(ALL)
    assert not ADDRESSES.keys() & LEFT_OUT.keys()
