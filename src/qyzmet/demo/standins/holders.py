"""The people of the demo as a list of keys to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qyzmet.demo.authority.holders import post_of
from qyzmet.demo.crowd import companies
from qyzmet.demo.world import world

__all__ = ["begins_with", "groups"]

Row = tuple[str, str]
"""The value of the choice, `<IIN or BIN>` or `<IIN>:<BIN>`, and the label."""


def groups(texts: Mapping[str, str]) -> list[tuple[str, list[Row]]]:
    """Citizens, companies, officials; within them in the order of `world.yaml`, those shown first."""
    return [
        (texts["group-people"], list(_people())),
        (texts["group-companies"], list(_companies())),
        (texts["group-officials"], list(_officials())),
    ]


def begins_with(iin: str, bin: str) -> dict[str, str]:
    """What the form begins with when a request names this person, this organisation or both: `who` of the
    list, or for those who are not in it `other` with `bin`; empty when it names nobody.
    """
    headed = any(each.bin == bin and iin in {"", each.head} for each in companies())
    number = bin if headed or not iin else iin
    behind = bin if number == iin else ""
    if number in _listed() and behind in {"", post_of(number).bin}:
        return {"who": number}
    return {"other": number, "bin": behind} if number else {}


def _listed() -> set[str]:
    return {value for row in (_people, _companies, _officials) for value, _ in row()}


def _people() -> Iterator[Row]:
    for each in world().people:
        yield each.iin, f"{each.title} · {each.iin}"


def _companies() -> Iterator[Row]:
    for each in world().companies:
        yield each.bin, f"{each.name} · {each.bin} · {' '.join(each.head_name)}"


def _officials() -> Iterator[Row]:
    plan = world()
    for each in sorted(plan.officials, key=lambda one: not one.show):
        role = each.role or plan.organisations[each.at].name["kk"]
        yield each.iin, f"{each.title} · {role} · {each.iin}"
