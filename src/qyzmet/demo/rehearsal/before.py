"""What a service needs first is made by the same acts: an account, a permit, an object, a contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from qyzmet import clock
from qyzmet.cases.filing.editions import edition_for
from qyzmet.cases.filing.needs import unmet
from qyzmet.cases.laws import holds
from qyzmet.cases.models import Token
from qyzmet.cases.refusals import ActRefused
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.demo.rehearsal.filing import Filing, file
from qyzmet.demo.rehearsal.pace import Pace
from qyzmet.demo.rehearsal.script import CannotRehearse, Script
from qyzmet.demo.rehearsal.walk import Walk
from qyzmet.demo.rehearsal.ways import ACCOUNT_STANDS, NEEDS, Way, Wish, choose_way
from qyzmet.demo.samples import Samples
from qyzmet.demo.world import world
from qyzmet.people.actor import Actor
from qyzmet.regulation.model import Need, Package

__all__ = ["EARLIER", "applicant_for", "make_needs", "played", "settled"]

EARLIER = timedelta(weeks=4)
"""How long before a rehearsal what it needs is begun."""


def applicant_for(script: Script, cast: Cast, package: Package, kind: str) -> Actor:
    """Who applies; the demo's second company where an earlier case was filed by another for it."""
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
    package, way = filing.package, filing.way
    samples = Samples(clock.local(at).date(), filing.given)
    facts = way.facts()
    facts |= samples.facts_of(package, samples.form(package, facts))
    law = edition_for(package.service, at + EARLIER).law
    for need in package.needs if NEEDS not in way.spoilt else ():
        if holds(need.only, facts) and need in unmet(law, filing.applicant.party, facts):
            try:
                at = _make(script, cast, need, filing.applicant, at)
            except ActRefused as refusal:
                says = (
                    f"{package.service} needs {need.service} first, four weeks before: {refusal.text['en']}"
                )
                raise CannotRehearse(says) from refusal
    if _account_stands(package, way):
        way = replace(way, variant={**way.variant, "action": "create"}, aim="opened", spoilt=frozenset())
        at = played(script, cast, replace(filing, way=way), at)
    return at


def _account_stands(package: Package, way: Way) -> bool:
    """Whether an account has to be there before: to be changed or closed, or for opening it to fail."""
    functions = {step.function for step in package.steps.values()} & ACCOUNT_STANDS.keys()
    action = {"create": "accounts.open", "change": "accounts.change", "remove": "accounts.close"}
    done = action.get(way.variant.get("action", ""))
    return done in functions and ACCOUNT_STANDS[str(done)] != (done in way.spoilt)


def settled(applicant: Actor) -> dict[str, Any]:
    """What registers gave this applicant, by the field that asks for it: an object's number, a record's."""
    done = Token.objects.filter(case__applicant=applicant.party, kind="effect", outcome="done").order_by("id")
    return {name: value for token in done for name, value in token.output.items()}


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
    return played(script, cast, Filing(package, way, applicant, given), at)


def played(script: Script, cast: Cast, filing: Filing, at: datetime) -> datetime:
    """Play a case to its end from `at`, after what it needs; when it was done."""
    at = make_needs(script, cast, filing, at)
    filing = replace(filing, given={**filing.given, **settled(filing.applicant)})
    case, at = file(cast, filing, at)
    walk = Walk(cast, case, filing.applicant, aim=filing.way.aim, pace=Pace(), now=at)
    walk.to_the_end()
    return walk.now
