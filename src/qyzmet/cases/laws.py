"""A published edition as acts run it: the package, its compiled program and its conditions, kept in the
process.

Editions never change once published, so what is compiled is kept by id. Which general law runs beside a
service is asked anew every few seconds, so that an edition published elsewhere is seen.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from qyzmet.cases.applying import asked_for, compiled, holds, number
from qyzmet.cases.models import Edition
from qyzmet.regulation import canon
from qyzmet.regulation.conditions import Condition
from qyzmet.regulation.engine import Program, compile_package
from qyzmet.regulation.model import Field, Limit, Package, Step

__all__ = ["Law", "Limited", "forget", "holds", "law_named", "law_of"]

KEPT = 5.0
NUMBERS = {"number", "money", "area"}


class Limited(NamedTuple):
    """A limit with its condition compiled."""

    limit: Limit
    only: Condition | None


@dataclass(frozen=True)
class Law:
    """One edition, with the general law beside it. `name` is what the journal calls it."""

    id: int
    name: str
    package: Package
    general: tuple[Package, ...]

    @cached_property
    def program(self) -> Program:
        """The compiled procedure."""
        return compile_package(self.package, self.general)

    def step(self, step_id: str) -> Step:
        """A step of the package, or `<general service>:<step>` of the general law."""
        return self.home(step_id).steps[step_id.rpartition(":")[2]]

    def home(self, step_id: str) -> Package:
        """The package a step stands in."""
        prefix = step_id.rpartition(":")[0]
        return next(p for p in self.general if p.service == prefix) if prefix else self.package

    def limits(self, step_id: str) -> tuple[Limited, ...]:
        """The limits of a step, compiled once."""
        if step_id not in self._limits:
            within = self.step(step_id).within
            self._limits[step_id] = tuple(Limited(each, compiled(each.only)) for each in within)
        return self._limits[step_id]

    @cached_property
    def _limits(self) -> dict[str, tuple[Limited, ...]]:
        return {}

    def post_name(self, post: str, step_id: str) -> dict[str, str]:
        """What a post is called, in three languages."""
        for package in (self.home(step_id), self.package):
            if post in package.posts:
                return package.posts[post].name.model_dump()
        return {"kk": post, "ru": post, "en": post}

    def checks(self, function: str) -> bool:
        """Whether a step of the procedure runs this function."""
        return any(step.function == function for step in self.package.steps.values())

    @cached_property
    def minutes(self) -> frozenset[str]:
        """The documents that are minutes of a sitting: they say how each member voted."""
        votes = (step.votes for step in self.package.steps.values())
        return frozenset(each.minutes for each in votes if each and each.minutes)

    def issued_name(self, document: str) -> dict[str, str]:
        """What a document that is issued is called, in three languages."""
        for package in (self.package, *self.general):
            if document in package.issued:
                return package.issued[document].name.model_dump()
        return {"kk": document, "ru": document, "en": document}

    def issued_by_step(self, document: str) -> bool:
        """Whether some step issues this document, so that the ending need not."""
        return any(document in step.issues for step in self.package.steps.values())

    def suspension_notice(self, ground: str) -> str:
        """The document that tells the recipient of a suspension on this ground; empty where there is none or
        a step issues it."""
        exits = (each for each in self.package.exits.values() if each.kind == "suspension" and each.issues)
        fitting = next((each for each in exits if not each.grounds or ground in each.grounds), None)
        notice = fitting.issues if fitting and fitting.issues else ""
        return "" if self.issued_by_step(notice) else notice

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every fact that comes from a field, by its name in conditions."""
        asked = {f"form.{k}": f for s in self.package.form.values() for k, f in s.fields.items()}
        for package, prefix in ((self.package, ""), *((g, f"{g.service}:") for g in self.general)):
            for key, step in package.steps.items():
                asked |= {f"output.{prefix}{key}.{k}": f for k, f in step.output.items()}
        return asked

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The facts some condition asks for: only these are copied to the case."""
        names: set[str] = set()
        for package in (self.package, *self.general):
            names |= asked_for(package.model_dump(exclude_none=True))
        return frozenset(names)

    def facts(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The case's facts as conditions read them: what is a number in the form is a number here."""
        facts = dict(stored)
        for name in self._numbers:
            if name in facts:
                facts[name] = number(facts[name])
        return facts

    @cached_property
    def _numbers(self) -> tuple[str, ...]:
        return tuple(n for n in self.wanted if n in self.fields and self.fields[n].type in NUMBERS)


_packages: dict[int, tuple[str, Package]] = {}
_laws: dict[tuple[int, tuple[int, ...]], Law] = {}
_general: list[tuple[float, tuple[int, ...]]] = []


def law_of(edition_id: int) -> Law:
    """The law a case runs on, by the id of its edition."""
    general = _general_now()
    key = (edition_id, tuple(g for g in general if g != edition_id))
    if key not in _laws:
        _read([edition_id, *general])
        name, package = _packages[edition_id]
        beside = () if package.attach else tuple(_packages[g][1] for g in key[1])
        _laws[key] = Law(edition_id, name, package, beside)
    return _laws[key]


def law_named(name: str) -> Law | None:
    """The very revision that signed bytes, an entry or a refusal name (`Law.name`); None where it is none."""
    service, _, rest = name.partition("/")
    rows = Edition.objects.filter(service=service, edition=rest.partition("#")[0]).defer("package")
    found = next((row for row in rows if row.name == name), None)
    return law_of(found.pk) if found else None


def forget() -> None:
    """Ask anew which general law is published: after publishing, and between tests."""
    _general.clear()
    _laws.clear()
    _packages.clear()


def _general_now() -> tuple[int, ...]:
    # Monotonic time only ages what is kept; it is no legal time.
    if not _general or time.monotonic() - _general[0][0] > KEPT:
        newest: dict[str, int] = {}
        rows = Edition.objects.filter(general=True).order_by("service", "ordinal")
        for service, pk in rows.values_list("service", "id"):
            newest[service] = pk
        _general[:] = [(time.monotonic(), tuple(newest.values()))]
    return _general[0][1]


def _read(ids: Iterable[int]) -> None:
    missing = [i for i in ids if i not in _packages]
    for edition in Edition.objects.filter(pk__in=missing):
        _packages[edition.pk] = (edition.name, canon.from_bytes(bytes(edition.package)))
