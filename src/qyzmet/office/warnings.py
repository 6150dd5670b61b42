"""What is warned of while an application is keyed in: who or what has one already, and which papers lack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from qyzmet.cases.models import Case
from qyzmet.cases.queries.duplicates import Opened, of_object, of_recipient
from qyzmet.office.intake import Taking
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor
from qyzmet.regulation.model import Field

__all__ = ["Warnings"]

WHOLE = 12


@dataclass(frozen=True)
class Warnings:
    """The warnings of a page as it stands; nothing of them stands in the way of anything but a second
    application of the same recipient, which has to be meant."""

    actor: Actor
    taking: Taking

    @cached_property
    def twice(self) -> list[Opened]:
        """Open applications of this recipient for this service, at every body, the chosen one's first."""
        number = self.taking.number if len(self.taking.number) == WHOLE else ""
        chosen = self.taking.begun.orgs.get("provider")
        return of_recipient(self.actor, self.taking.law.package.service, number, chosen)

    @cached_property
    def same_object(self) -> tuple[list[Case], int]:
        """Open applications for the same object: those one sees, and how many besides."""
        objects = list(_objects(self.taking.fields, self.taking.given))
        found, hidden = of_object(self.actor, self.taking.law.package.service, objects)
        twice = {each.case.pk for each in self.twice}
        return [case for case in found if case.pk not in twice], hidden

    @cached_property
    def missing(self) -> list[tuple[str, str]]:
        """Documents that are needed and not there: the id of the box, the name."""
        language = current_language()
        return [(f"given-{key}", d.name.in_language(language)) for key, d in self.taking.missing.items()]

    @cached_property
    def unseen(self) -> list[tuple[str, str]]:
        """Papers given whose original has to be shown and is not ticked as shown and handed back."""
        return [
            (f"original-{each.key}", each.name)
            for each in self.taking.papers
            if each.given and each.shows_original and not each.original
        ]

    @property
    def any(self) -> bool:
        """Whether there is anything to warn of."""
        found, hidden = self.same_object
        return bool(self.twice or found or hidden or self.missing or self.unseen)


def _objects(fields: dict[str, Field], given: dict[str, Any]) -> Iterator[str]:
    for key, field in fields.items():
        value = given.get(key)
        if field.type == "cadastral-number" and isinstance(value, str) and value.strip():
            yield value.strip()
        if field.type == "rows" and field.of and isinstance(value, list):
            for row in value:
                yield from _objects(field.of, row)
