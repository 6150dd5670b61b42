"""Which cases the history has: corners first, so that every state is there, then what is common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import chain, cycle
from random import Random
from typing import Any

from qyzmet import clock
from qyzmet.demo.crowd import crowd
from qyzmet.demo.history.builders import OBJECT, READY, SELLERS, object_of, sale_of
from qyzmet.demo.history.familiar import with_familiar
from qyzmet.demo.history.habits import dice
from qyzmet.demo.history.lawbook import FILES, Lawbook, scripts
from qyzmet.demo.history.part import COMPLAIN, RESUME, WITHDRAW, Part
from qyzmet.demo.history.post import FULL
from qyzmet.demo.history.sequels import SEQUELS
from qyzmet.demo.rehearsal.pace import working
from qyzmet.people.models import Organisation

__all__ = ["Composer"]

BODIES = {
    "housing-assistance": ("alatau-social-department", "alatau-social-department", "medeu-social-department")
}
"""Where several bodies provide one service."""
PROVIDERS = {
    "housing-certificate": "almaty-housing-unit", "livestock-subsidy": "karaganda-agriculture",
    "processing-subsidy": "karaganda-agriculture", "equity-permit": "almaty-leb",
    "equity-contract": "almaty-leb", "construction-object": "almaty-leb", "system-account": "system-operator",
    "land-private-ownership": "zhumabayev-land-department", "land-paid-use": "zhumabayev-land-department",
    "land-gratuitous-use": "zhumabayev-land-department", "land-permanent-use": "zhumabayev-land-department",
}  # fmt: skip
ALIKE = ("land-private-ownership", "land-paid-use", "land-gratuitous-use", "land-permanent-use")
"""Four services with the same steps."""
COMPLAINTS = (
    ("livestock-subsidy", 0, ""), ("equity-permit", 0, "decide"), ("land-private-ownership", 0, "decide"),
    ("housing-assistance", 2, "assess"), ("housing-assistance", 1, "consider"),
)  # fmt: skip
"""Service, ground of its refusal, by which the addressee goes, and the step at which the complaint waits."""
FOLLOWING = {each.outcome for _, _, after in SEQUELS for each in after}
ACCOUNT = "system-account"
AGENDA = 26
DAY = timedelta(days=1)


@dataclass
class Composer:
    """Parts one after another, `cases` of them."""

    begins: datetime
    now: datetime
    cases: int
    seed: str
    parts: list[Part] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = dice(self.seed, "script")
        self.people = cycle(_shuffled([each.iin for each in crowd().people], self.seed))
        self.firms = cycle(_shuffled([each.bin for each in crowd().companies], self.seed))
        self.sold = 0
        self.law = Lawbook(self.begins, self.now)
        self.opened = self.law.opened

    def compose(self) -> list[Part]:
        """All parts: corners as far as they fit, then the common ones."""
        for corner in chain(self._corners(), self._common()):
            if len(self.parts) >= self.cases:
                break
            self.parts.append(corner)
        self.parts = with_familiar(self.parts, self.now)
        return self.parts

    def _corners(self) -> Iterator[Part]:
        """Every state, the rarer services too."""
        yield from self._of_today()
        agenda = AGENDA if self.cases >= 200 else max(2, self.cases // 12)
        for place in range(agenda if "housing-assistance" in self.opened else 0):
            yield self._part(
                "housing-assistance", "assigned", days=4.2 + place % 4 * 0.9, body="alatau-social-department",
                halts=frozenset({"decide"}),
            )  # fmt: skip
        for service in self.opened:
            if service not in ALIKE[1:]:
                yield from self._standing(service)
        yield from self._slow()
        yield from self._gone()

    def _of_today(self) -> Iterator[Part]:
        for minutes in (12, 47, 95) if "housing-assistance" in self.opened else ():
            yield self._part(
                "housing-assistance", "assigned", at=self.now - timedelta(minutes=minutes), channel="portal"
            )

    def _standing(self, service: str) -> Iterator[Part]:
        """One case at every step people do, the earliest way there; services that are alike take turns."""
        seen: set[str] = set()
        turns = cycle([s for s in ALIKE if s in self.opened] if service in ALIKE else [service])
        for outcome, kind in self.law.kinds(service).items():
            if kind in {"not-accepted", "suspension from outside"}:
                continue
            for channel in scripts()[service].package.channels:
                way = self.law.way(service, channel, outcome)
                for step, days in self.law.steps(service, way) if way else ():
                    if step not in seen:
                        seen.add(step)
                        yield self._part(
                            next(turns), outcome, days=days, channel=channel, halts=frozenset({step})
                        )

    def _slow(self) -> Iterator[Part]:
        """Cases with a step done too late, and cases that lie about overdue."""
        if "housing-assistance" not in self.opened:
            return
        for place, step in enumerate(
            ("to-commission", "notify", "resolve", "register", "to-commission", "resolve")
        ):
            yield self._part("housing-assistance", "assigned", days=20 + 4 * place, late=frozenset({step}),
                             email=FULL if place == 0 else "")  # fmt: skip
        for place, step in enumerate(("to-commission", "notify", "decide")):
            yield self._part("housing-assistance", "assigned", days=13 + 2 * place, halts=frozenset({step}),
                             body="medeu-social-department")  # fmt: skip

    def _gone(self) -> Iterator[Part]:
        """Refused on different grounds, withdrawn, complained of, stopped and taken up again."""
        if "housing-assistance" in self.opened:
            for ground in range(6):
                yield self._part(
                    "housing-assistance", "refused", days=16 + 5 * ground, ground=ground, whole=True,
                    then=COMPLAIN if ground % 2 else "",
                )  # fmt: skip
            for days in (9, 23):
                evening = datetime.combine(
                    (clock.local(self.now) - days * DAY).date(), time(20, 20), clock.ALMATY
                )
                yield self._part(
                    "housing-assistance", "assigned", at=evening, channel="portal", then=WITHDRAW
                )
        yield from self._stopped()
        yield from self._complained()
        yield from self._followed()
        yield from self._other_endings()

    def _stopped(self) -> Iterator[Part]:
        """Stopped from outside, by each ground once; every second of them is taken up again."""
        seen: set[str] = set()
        for service in self.opened:
            kinds = self.law.kinds(service)
            for outcome in (key for key, kind in kinds.items() if kind == "suspension from outside"):
                if outcome not in seen:
                    seen.add(outcome)
                    yield self._part(service, outcome, days=24, then=RESUME)
                    yield self._part(service, outcome, days=12)

    def _complained(self) -> Iterator[Part]:
        """Complaints: some are decided, some wait with the provider, above it, with the quality body."""
        for place, (service, ground, step) in enumerate(COMPLAINTS):
            if service in self.opened:
                yield self._part(
                    service, "refused", days=30 - 2 * place, ground=ground, whole=True, then=COMPLAIN,
                    halts=frozenset({step} if step else ()),
                )  # fmt: skip

    def _followed(self) -> Iterator[Part]:
        """Cases whose applicants file again about what they got."""
        for place, (service, outcome, after) in enumerate(SEQUELS):
            if service in self.opened:
                yield self._part(service, outcome, days=45 - 3 * place, channel="system", after=after)

    def _other_endings(self) -> Iterator[Part]:
        """Every service refused once, and ended each of the ways it may end."""
        for place, service in enumerate(self.opened):
            channels, usual = scripts()[service].package.channels, self.law.usual(service)
            for outcome, kind in self.law.kinds(service).items():
                ways = (self.law.way(service, channel, outcome) for channel in channels)
                if kind in {"positive", "refusal"} and outcome not in (usual, *FOLLOWING) and any(ways):
                    yield self._part(service, outcome, days=18 + 2 * place)

    def _common(self) -> Iterator[Part]:
        """What is common, without an end."""
        names = [name for name in self.opened if FILES[name]]
        weights = [FILES[name] for name in names]
        while names:
            service = self.chance.choices(names, weights)[0]
            kinds = self.law.kinds(service)
            refusals = [key for key, kind in kinds.items() if kind == "refusal"]
            outcome = (
                self.law.usual(service)
                if self.chance.random() < 0.8 or not refusals
                else self.chance.choice(refusals)
            )
            late = frozenset({"to-commission"}) if self.chance.random() < 0.05 else frozenset[str]()
            yield self._part(
                service, outcome, at=self._some_moment(service), ground=self.chance.randrange(6), late=late,
                whole=self.chance.random() < 0.5,
            )  # fmt: skip

    def _some_moment(self, service: str) -> datetime:
        begins = self.opened[service]
        return begins + (self.now - begins) * self.chance.random()

    def _part(
        self, service: str, outcome: str, *, days: float = 0.0, at: datetime | None = None, channel: str = "",
        body: str = "", **more: Any,
    ) -> Part:  # fmt: skip
        package = scripts()[service].package
        moment = max(at or self.now - timedelta(days=days), self.opened[service])
        doors = [channel] if channel else self.law.doors(service, outcome)
        chosen = self.chance.choice(doors)
        way = self.law.way(service, chosen, outcome)
        company = way is not None and way.recipient == "legal-entity"
        where = body or self.chance.choice(BODIES.get(service, (PROVIDERS.get(service, ""),)))
        applicant, given = self._who(service, company=company)
        part = Part(
            no=len(self.parts), service=service, channel=chosen, outcome=outcome,
            applicant=applicant, files=moment, body=where, given=given,
            language=self.chance.choice(("kk", "kk", "kk", "ru")), **more,
        )  # fmt: skip
        window = package.channels[chosen].by is not None
        return part if at is not None and not window else _at_an_hour(part, window, self.chance, self.now)

    def _who(self, service: str, *, company: bool) -> tuple[str, dict[str, Any]]:
        """Who applies, and what they answer that is no matter of chance."""
        if service == "equity-contract":
            self.sold += 1
            seller, unit = SELLERS[self.sold % len(SELLERS)], 1 + self.sold // len(SELLERS)
            return seller, sale_of(seller, unit, crowd().people[(30 + self.sold) % len(crowd().people)])
        if service == OBJECT:
            self.sold += 1
            return READY[self.sold % len(READY)], object_of(self.sold)
        if service == ACCOUNT and company:
            return next(each for each in self.firms if each not in (*SELLERS, *READY)), {}
        return next(self.firms if company else self.people), {}


def _at_an_hour(part: Part, window: bool, chance: Random, now: datetime) -> Part:
    """The same part filed when people file: at a window in its hours, on the portal by day."""
    day = clock.local(part.files).date()
    if window:
        where = Organisation.objects.get(code=part.body or "alatau-social-department").pk
        opens = datetime.combine(day, time(9), clock.ALMATY)
        moment = working(f"{chance.randrange(5, 400)} minutes", opens, where)
    else:
        moment = datetime.combine(day, time(chance.randrange(8, 22), chance.randrange(60)), clock.ALMATY)
    return replace(part, files=moment if moment <= now else part.files)


def _shuffled(numbers: list[str], seed: str) -> list[str]:
    found = list(numbers)
    dice(seed, "people").shuffle(found)
    return found
