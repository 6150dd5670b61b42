"""The whole of it: people, law, cases, in one transaction."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from qyzmet import clock
from qyzmet.cases import acts, laws
from qyzmet.cases.lock import writing
from qyzmet.cases.models import Case, Entry
from qyzmet.demo import DemoRefused
from qyzmet.demo.authority import DemoAuthority, authority
from qyzmet.demo.history import papers
from qyzmet.demo.history.aside import asides
from qyzmet.demo.history.builders import OBJECT, build
from qyzmet.demo.history.cast import Company, Troupe
from qyzmet.demo.history.complaining import Complaint
from qyzmet.demo.history.drafting import drafts
from qyzmet.demo.history.hall import hall
from qyzmet.demo.history.lawbook import scripts
from qyzmet.demo.history.part import COMPLAIN, Part
from qyzmet.demo.history.player import Player
from qyzmet.demo.history.script import Composer
from qyzmet.demo.history.sequels import sequel
from qyzmet.demo.history.timeline import Timeline
from qyzmet.demo.people import make_crowd, make_world
from qyzmet.demo.rehearsal.keys import Keys
from qyzmet.people.actor import SYSTEM
from qyzmet.regulation.loader import FILE, load_package
from qyzmet.regulation.sharing import SHIPPED

__all__ = ["MONTHS", "Played", "is_empty", "play"]

BEFORE = timedelta(days=40)
"""How long before that builders have begun."""
MONTHS = timedelta(days=61)
"""How far back it begins."""
SEED = "qyzmet"


@dataclass(frozen=True)
class Played:
    """What was played: how many cases and deeds; no case where the house was not empty."""

    cases: int
    deeds: int


def is_empty() -> bool:
    """Whether nothing has happened yet: no case, no law published."""
    return not Entry.objects.exists()


def play(
    now: datetime,
    cases: int = 300,
    *,
    seed: str = SEED,
    keys: DemoAuthority | None = None,
    said: Callable[[datetime, int], None] = lambda *_: None,
) -> Played:
    """Play the two months before `now` into an empty house, all or nothing.

    `keys`: the authority that certifies everybody, by default that of the data folder. `said` is told the
    moment and the count after every deed. Raises DemoRefused in production.
    """
    if settings.PRODUCTION:
        raise DemoRefused("the history is an invention; production does not play it")
    if not is_empty():
        return Played(0, 0)
    papers.forget()
    lent = Keys(keys or authority())
    with writing(), transaction.atomic(), Keys.lent(lent), _mail(), _hurried():
        return _played(now, cases, seed, said)


def _played(now: datetime, cases: int, seed: str, said: Callable[[datetime, int], None]) -> Played:
    begins = datetime.combine((clock.local(now) - MONTHS).date(), time(8), clock.ALMATY)
    make_world(begins - BEFORE)
    make_crowd(begins - BEFORE)
    _publish(begins - BEFORE)
    company = Company()
    build(begins, company, scripts()[OBJECT])
    composer = Composer(begins, now, cases, seed)
    timeline = Timeline(begins, said)
    timeline.add(_player(each, composer, company, timeline) for each in composer.compose())
    timeline.add(asides(composer, company))
    timeline.add(drafts(composer))
    timeline.add(hall(composer, company))
    timeline.run(now)
    return Played(Case.objects.count(), timeline.played)


def _player(part: Part, composer: Composer, company: Company, timeline: Timeline) -> Player:
    script = scripts()[part.service]
    troupe = Troupe(part.files, part.body, part.no, company)
    seed = f"{composer.seed}-{part.no}"
    return Player(
        part, seed, script.package, composer.law.way_of(part), troupe, part.files, over=_over(timeline)
    )


def _over(timeline: Timeline) -> Callable[[Player, datetime], None]:
    """What follows the end of a case."""

    def follow(player: Player, at: datetime) -> None:
        if player.part.then == COMPLAIN:
            complaint = Complaint.of(player, at + timedelta(days=1, hours=3, minutes=player.part.no % 60))
            timeline.add([complaint] if complaint else [])
        coming = sequel(player, at + timedelta(days=2, hours=2, minutes=player.part.no % 60))
        timeline.add([coming] if coming else [])

    return follow


def _publish(begins: datetime) -> None:
    for path in sorted(SHIPPED.rglob(FILE)):
        package = load_package(path).package
        if package is not None and not package.abstract:
            acts.publish_edition(SYSTEM, package, now=begins)
    laws.forget()


@contextmanager
def _hurried() -> Iterator[None]:
    """Nothing is thrown away while so much is made: looking for what could be takes a tenth of the time. Nor
    are the rounds of the ticker logged, which were never run."""
    log = logging.getLogger("qyzmet")
    level = log.level
    gc.collect()
    gc.disable()
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        gc.enable()
        log.setLevel(level)


@contextmanager
def _mail() -> Iterator[None]:
    before = settings.EMAIL_HOST, settings.EMAIL_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "history", "qyzmet.demo.history.post.Postman"
    try:
        yield
    finally:
        settings.EMAIL_HOST, settings.EMAIL_BACKEND = before
