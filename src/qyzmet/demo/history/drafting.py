"""Applications people have begun and not filed: the portal keeps them as they type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from qyzmet import clock
from qyzmet.cases.editions import edition_for
from qyzmet.demo.crowd import crowd
from qyzmet.demo.history.answers import Answers
from qyzmet.demo.history.aside import Once
from qyzmet.demo.history.habits import dice
from qyzmet.demo.history.script import Composer, scripts
from qyzmet.demo.world import world
from qyzmet.people.models import Account
from qyzmet.portal.models import Draft

__all__ = ["drafts"]


def drafts(composer: Composer) -> Iterator[Once]:
    """A dozen of them; the citizen of `world.yaml` has one of the first service that is open."""
    people = [world().people[0].iin, *(each.iin for each in crowd().people[40:])]
    services = [s for s in composer.opened if "portal" in scripts()[s].package.channels]
    wanted = 12 if composer.cases >= 100 else 2
    for place in range(wanted if services else 0):
        service = services[0 if place % 3 == 0 else place % len(services)]
        if "individual" in scripts()[service].package.recipients:
            at = composer.now - timedelta(hours=3 + 29 * place)
            yield Once(at, lambda at, s=service, n=people[place]: _begin(at, s, n))


def _begin(at: datetime, service: str, number: str) -> bool:
    """Half the form filled in, no paper yet."""
    law = edition_for(service, at).law
    facts = {"channel": "portal", "recipient": "individual", "visit": False}
    form = Answers(clock.local(at).date(), {}, f"draft-{number}", "").form(law.package, facts)
    typed = dict(list(form.items())[: dice("draft", number).randrange(1, max(2, len(form)))])
    Draft.objects.create(
        owner=Account.objects.get(number=number), party=number, service=service, edition_id=law.id,
        channel="portal", form=typed, created_at=at, updated_at=at + timedelta(minutes=7),
    )  # fmt: skip
    return True
