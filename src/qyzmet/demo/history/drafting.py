"""Applications people have begun and not filed: the portal keeps them as they type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from qyzmet import clock
from qyzmet.cases.filing.editions import edition_for
from qyzmet.demo.crowd import crowd
from qyzmet.demo.history.answers import Answers
from qyzmet.demo.history.aside import Once
from qyzmet.demo.history.builders import SELLERS, sale_of
from qyzmet.demo.history.habits import dice
from qyzmet.demo.history.lawbook import scripts
from qyzmet.demo.history.papers import papers_for
from qyzmet.demo.history.script import Composer
from qyzmet.demo.rehearsal.before import settled
from qyzmet.demo.world import world
from qyzmet.people.actor import actor_for
from qyzmet.people.models import Account, Organisation
from qyzmet.portal.cosigning import invite
from qyzmet.portal.drafting import open_draft
from qyzmet.portal.models import Draft

__all__ = ["drafts"]

CONTRACT = "equity-contract"


def drafts(composer: Composer) -> Iterator[Once]:
    """A dozen of them; the citizen of `world.yaml` has one of the first service that is open."""
    people = [world().people[0].iin, *(each.iin for each in crowd().people[40:])]
    services = [s for s in composer.opened if "portal" in scripts()[s].package.channels]
    wanted = 12 if composer.cases >= 100 else 2
    for place in range(wanted if services else 0):
        service = services[0 if place % 3 == 0 else place % len(services)]
        if "individual" in scripts()[service].package.recipients:
            at = composer.now - timedelta(hours=3 + 29 * place)
            yield Once(at, partial(_begin, service, people[place]))
    if CONTRACT in composer.opened:
        for place in range(3):
            yield Once(composer.now - timedelta(hours=5 + 31 * place), partial(_invite, place))


def _begin(service: str, number: str, at: datetime) -> bool:
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


def _invite(place: int, at: datetime) -> bool:
    """A contract waits for the signature of the one who buys."""
    law = edition_for(CONTRACT, at).law
    seller, holder = SELLERS[place], crowd().people[60 + place]
    company = next(each for each in crowd().companies if each.bin == seller)
    who = actor_for(Account.objects.get(number=company.head), at, on_behalf_of=seller)
    known = settled(who)
    if not known:
        return False
    variant = {name: next(iter(options)) for name, options in law.package.variants.items()}
    facts = {"channel": "system", "recipient": "legal-entity", "visit": False, **variant}
    given = {**known, **sale_of(seller, 20 + place, holder)}
    answers = Answers(clock.local(at).date(), given, f"contract-{place}", "almaty-leb")
    form = answers.form(law.package, facts)
    documents = answers.documents(law.package, facts | answers.facts_of(law.package, form))
    draft = Draft.objects.create(
        owner=Account.objects.get(number=company.head), party=seller, service=CONTRACT,
        edition_id=law.id, channel="system", variant=variant, form=form, created_at=at, updated_at=at,
        orgs={"provider": Organisation.objects.get(code="almaty-leb").pk},
        documents={key: papers_for(law.package, key, at) for key in documents},
    )  # fmt: skip
    found = open_draft(who, draft.ref, at)
    if found is not None:
        invite(found, at)
    return True
