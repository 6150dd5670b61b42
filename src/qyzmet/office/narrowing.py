"""How a list of work is narrowed: what the address says, what there is to choose from, and the address again.

The query string is always written anew from what was understood, in one order, so that a kept filter or a
link holds nothing a person could have slipped into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Literal, cast, get_args
from urllib.parse import urlencode

from django.http import QueryDict

from qyzmet import clock
from qyzmet.cases.laws import law_of
from qyzmet.cases.queries import Narrowed
from qyzmet.cases.queries.tasks import Kept, offered
from qyzmet.office.desk import published
from qyzmet.office.names import people, step_name
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor

__all__ = ["Asked", "Choice", "asked", "choices"]

DAYS = (0, 3, 7)
LONGEST = 120
Shown = Literal["", "late", "today", "waiting", "unassigned", "mine"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked to show. `holder`: an account id, 0 for nobody; `days`: due within so many."""

    show: Shown = ""
    service: str = ""
    step: str = ""
    holder: int | None = None
    days: int | None = None

    @property
    def query(self) -> str:
        """The query string that asks for this."""
        given = {
            "show": self.show,
            "service": self.service,
            "step": self.step,
            "holder": "" if self.holder is None else str(self.holder),
            "days": "" if self.days is None else str(self.days),
        }
        return urlencode({key: value for key, value in given.items() if value})

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return self != Asked()

    def counting(self, now: datetime) -> tuple[Kept, datetime] | None:
        """The counter whose list is shown."""
        return (cast(Kept, self.show), now) if self.show in get_args(Kept) else None

    def kept(self, now: datetime) -> Narrowed:
        """As the query takes it."""
        until = None
        if self.days is not None:
            until = clock.at(clock.local(now).date() + timedelta(days=self.days + 1), time.min)
        return Narrowed(self.service, self.step, self.holder, until)

    def showing(self, show: str) -> str:
        """The query string of the same list under another counter."""
        return replace(self, show=cast(Shown, show)).query


@dataclass(frozen=True, slots=True)
class Choice:
    """A select of the filter: options as value → words."""

    name: str
    label: str
    every: str
    options: Mapping[str, str]
    chosen: str


def asked(given: QueryDict) -> Asked:
    """What an address asks for; what cannot be understood is left out."""
    show, days, holder = given.get("show", ""), given.get("days", ""), given.get("holder", "")
    return Asked(
        show=cast(Shown, show) if show in get_args(Shown) else "",
        service=_plain(given.get("service", "")),
        step=_plain(given.get("step", "")),
        holder=int(holder) if holder.isdecimal() and len(holder) < 10 else None,
        days=int(days) if days.isdecimal() and len(days) < 3 and int(days) in DAYS else None,
    )


def choices(actor: Actor, asked: Asked) -> list[Choice]:
    """The selects of the filter, each with what is at work now."""
    services, steps, takers = offered(actor)
    law = {each.package.service: each.package.name for each in published()}
    language = current_language()
    found: list[tuple[str, dict[str, str], Any]] = [
        ("service", {s: law[s].in_language(language) for s in services if s in law}, asked.service),
        ("step", {step: step_name(law_of(edition), step) for edition, step in steps}, asked.step),
        ("days", {str(days): say(f"tasks.days-{days}") for days in DAYS}, asked.days),
        ("holder", _holders(takers), asked.holder),
    ]
    return [
        Choice(
            name,
            say(f"tasks.{name}"),
            say(f"tasks.every-{name}"),
            dict(sorted(options.items(), key=lambda each: each[1]))
            if name in ("service", "step")
            else options,
            "" if chosen is None else str(chosen),
        )
        for name, options, chosen in found
    ]


def _holders(takers: list[int]) -> dict[str, str]:
    names = people(ids=takers)
    return {"0": say("casefile.nobody")} | {str(pk): names[pk] for pk in takers}


def _plain(words: str) -> str:
    return words if words.replace("-", "").replace(":", "").isalnum() and len(words) <= LONGEST else ""
