"""The people of the region: about a hundred citizens and two dozen companies who apply in the demo's history.

Always the same ones: names are put together from lists, numbers have right check digits. They sign in like
the demo's other people.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

from qyzmet.demo.world import Company, Name, Someone, world
from qyzmet.identity import is_bin, is_iin

__all__ = ["Crowd", "companies", "crowd", "everybody", "latin"]

CITIZENS, COMPANIES = 100, 24
SEED = "crowd"


class Crowd(NamedTuple):
    """`people`: citizens, the heads of the companies among them."""

    people: tuple[Someone, ...]
    companies: tuple[Company, ...]


@cache
def crowd() -> Crowd:
    """Everybody; made once per process."""
    chance = Random(SEED)  # noqa: S311 - invented people, always the same
    numbers = _numbers(chance)
    people = tuple(_citizen(chance, numbers, place) for place in range(CITIZENS))
    kinds = _lists()["companies"]
    bins = _bins(chance)
    companies = tuple(
        Company(
            bin=next(bins),
            name=kinds["form"][place % len(kinds["form"])].format(kinds["name"][place]),
            head=people[place].iin,
            head_name=people[place].name,
        )
        for place in range(COMPANIES)
    )
    return Crowd(people, companies)


def everybody() -> tuple[Someone, ...]:
    """The citizens `world.yaml` names and those of the crowd."""
    return (*world().people, *crowd().people)


def companies() -> tuple[Company, ...]:
    """The companies `world.yaml` names and those of the crowd."""
    return (*world().companies, *crowd().companies)


def latin(name: Name) -> str:
    """A name as the first part of an e-mail address: `gulmira.usenova`."""
    letters: dict[str, str] = _lists()["latin"]
    return ".".join("".join(letters.get(sign, sign) for sign in part.lower()) for part in (name[1], name[0]))


def _citizen(chance: Random, numbers: Iterator[tuple[str, bool]], place: int) -> Someone:
    number, woman = next(numbers)
    names = _lists()["russian" if place % 5 == 4 else "kazakh"]
    surnames = names["surnames"]
    surname = surnames[place * 7 % len(surnames)]
    given = chance.choice(names["women" if woman else "men"])
    father = chance.choice(names["fathers"])
    if woman:
        surname += "а"
    ending = names["daughter" if woman else "son"]
    return Someone(iin=number, name=(surname, given, father + ending))


def _numbers(chance: Random) -> Iterator[tuple[str, bool]]:
    """IINs of people born 1950 to 2004, and whether the number is a woman's."""
    taken = {each.iin for each in (*world().people, *world().officials)}
    for _ in count():
        year, month, day = chance.randrange(1950, 2005), chance.randrange(1, 13), chance.randrange(1, 29)
        woman = chance.random() < 0.55
        sign = (3 if year < 2000 else 5) + woman
        stem = f"{year % 100:02}{month:02}{day:02}{sign}{chance.randrange(10_000):04}"
        found = next((stem + str(digit) for digit in range(10) if is_iin(stem + str(digit))), None)
        if found and found not in taken:
            taken.add(found)
            yield found, woman


def _bins(chance: Random) -> Iterator[str]:
    """BINs of companies registered 2003 to 2018."""
    taken = {each.bin for each in world().companies}
    for _ in count():
        stem = f"{chance.randrange(3, 19):02}{chance.randrange(1, 13):02}40{chance.randrange(100_000):05}"
        found = next((stem + str(digit) for digit in range(10) if is_bin(stem + str(digit))), None)
        if found and found not in taken:
            taken.add(found)
            yield found


@cache
def _lists() -> dict[str, Any]:
    text = Path(__file__).with_name("crowd.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
