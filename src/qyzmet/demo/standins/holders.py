"""The people of the demo as a list of keys to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qyzmet.demo.world import world

__all__ = ["groups", "is_company"]

Row = tuple[str, str]
"""The value of the choice, `<IIN or BIN>` or `<IIN>:<BIN>`, and the label."""


def groups(texts: Mapping[str, str]) -> list[tuple[str, list[Row]]]:
    """Citizens, companies, officials; within them in the order of `world.yaml`, those shown first."""
    return [
        (texts["group-people"], list(_people())),
        (texts["group-companies"], list(_companies())),
        (texts["group-officials"], list(_officials())),
    ]


def is_company(number: str) -> bool:
    """Whether this is the BIN of a company of the demo."""
    return any(each.bin == number for each in world().companies)


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
