"""What a service needs first is made by the same acts: an account, a permit, a registered object, a contract."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from qyzmet import clock
from qyzmet.cases.editions import edition_for
from qyzmet.cases.laws import holds
from qyzmet.cases.needs import unmet
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.demo.rehearsal.filing import Filing, file
from qyzmet.demo.rehearsal.pace import Pace
from qyzmet.demo.rehearsal.script import Script
from qyzmet.demo.rehearsal.walk import Walk
from qyzmet.demo.rehearsal.ways import Wish, choose_way
from qyzmet.demo.samples import Samples
from qyzmet.demo.world import world
from qyzmet.people.actor import Actor
from qyzmet.regulation.model import Need, Package

__all__ = ["EARLIER", "applicant_for", "make_needs"]

EARLIER = timedelta(weeks=4)
"""How long before a rehearsal what it needs is begun."""


def applicant_for(script: Script, cast: Cast, package: Package, kind: str) -> Actor:
    """Who applies. Where an earlier case was another company's for this one, the second company of the demo."""
    led = kind == "legal-entity" and _is_led(script, package, set())
    return cast.applicant(kind, world().companies[1].bin if led else None)


def _is_led(script: Script, package: Package, seen: set[str]) -> bool:
    seen.add(package.service)
    return any(
        need.party != "applicant"
        or (need.service not in seen and _is_led(script, script.of(need.service), seen))
        for need in package.needs
    )


def make_needs(script: Script, cast: Cast, filing: Filing, at: datetime) -> datetime:
    """Make every case this filing needs, one after another from `at`; when the last was done."""
    package = filing.package
    samples = Samples(clock.local(at).date(), filing.given)
    facts = filing.way.facts()
    facts |= samples.facts_of(package, samples.form(package, facts))
    for need in package.needs:
        law = edition_for(package.service, at + EARLIER).law
        if holds(need.only, facts) and need in unmet(law, filing.applicant.party, facts):
            at = _make(script, cast, need, filing.applicant, at)
    return at


def _make(script: Script, cast: Cast, need: Need, who: Actor, at: datetime) -> datetime:
    package = script.of(need.service)
    wish = Wish(variant=need.variant, outcome=need.exit)
    way = choose_way(
        Script(package, script.others, script.general, None, script.made_up), wish, Samples(at.date()), at
    )
    applicant, given = who, dict[str, Any]()
    if need.party != "applicant":
        field_ = package.parties[need.party].identified_by
        given = {field_: who.party} if field_ else {}
        other = next(company.bin for company in world().companies if company.bin != who.party)
        applicant = cast.applicant("legal-entity", other)
    filing = Filing(package, way, applicant, given)
    at = make_needs(script, cast, filing, at)
    case, at = file(cast, filing, at)
    walk = Walk(cast, case, applicant, way.aim, Pace(), at)
    walk.to_the_end()
    return walk.now
