"""`world.yaml` as types."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Body", "Company", "Everywhere", "Name", "Official", "Shown", "Someone", "World", "world"]

Name = tuple[str, str, str]
"""Surname, given name, patronymic."""


def _dashed(name: str) -> str:
    return name.replace("_", "-")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=_dashed, populate_by_name=True)


class Body(_Part):
    kind: str
    name: dict[str, str]
    hours: str
    bin: str = ""
    parent: str | None = None
    address: dict[str, str] = {}
    prefix: str | None = None


class Shown(BaseModel):
    """One sign-in as it is printed."""

    role: str
    number: str
    name: str


class Someone(_Part):
    """A person with an IIN."""

    name: Name
    iin: str
    role: str = ""
    show: bool = False

    @property
    def number(self) -> str:
        return self.iin

    @property
    def title(self) -> str:
        return " ".join(self.name)


class Official(Someone):
    """`platform`: holds posts of the platform alone, none of general law."""

    at: str
    posts: tuple[str, ...]
    chair: bool = False
    platform: bool = False


class Company(_Part):
    bin: str
    name: str
    head: str
    head_name: Name
    role: str = ""
    show: bool = False

    @property
    def number(self) -> str:
        return self.bin

    @property
    def title(self) -> str:
        return self.name


class Everywhere(_Part):
    """Posts somebody holds in every body of these kinds: the first or the last official of it."""

    kinds: tuple[str, ...]
    posts: dict[str, str]


class World(_Part):
    organisations: dict[str, Body]
    officials: tuple[Official, ...]
    everywhere: Everywhere
    people: tuple[Someone, ...]
    companies: tuple[Company, ...] = Field(default=())

    def shown(self) -> list[Shown]:
        """The sign-ins worth printing, citizens and companies first."""
        everyone: list[Any] = [*self.people, *self.companies, *self.officials]
        return [Shown(role=e.role, number=e.number, name=e.title) for e in everyone if e.show]


@cache
def world() -> World:
    """The demo's people and bodies; read once."""
    text = Path(__file__).with_name("world.yaml").read_text(encoding="utf-8")
    return World.model_validate(yaml.safe_load(text))
