"""An application as a rehearsal files it: sample answers, papers, everyone who signs, the right door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases import acts
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Case, CaseState
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.demo.rehearsal.keys import Keys
from qyzmet.demo.rehearsal.ways import COMPLETE, Way
from qyzmet.demo.samples import Samples
from qyzmet.people.actor import SYSTEM, Actor, Principal
from qyzmet.regulation.model import Package

__all__ = ["Filing", "file", "filer"]


@dataclass(frozen=True)
class Filing:
    """`given`: answers that are settled already, by field."""

    package: Package
    way: Way
    applicant: Actor
    given: Mapping[str, Any] = field(default_factory=dict)


def filer(cast: Cast, filing: Filing) -> Actor:
    """Who brings the application in: the official at a counter, else the applicant."""
    by = filing.package.channels[filing.way.channel].by
    if by is None:
        return filing.applicant
    return cast.official(by, cast.bodies(filing.package)[filing.package.posts[by].org])


def recipient(actor: Actor) -> Principal:
    """The applicant as a counter writes them down."""
    return Principal(actor.party, actor.party_kind, actor.party_name, "self")


def application(cast: Cast, filing: Filing, at: datetime) -> Application:
    """The application with everything it needs, but for what is to be missing."""
    package, way = filing.package, filing.way
    channel = package.channels[way.channel]
    samples = Samples(clock.local(at).date(), filing.given)
    facts = way.facts() | {"visit": channel.visit}
    form = samples.form(package, facts)
    known = facts | samples.facts_of(package, form)
    wanted = {k for k, d in package.documents.items() if d.required and d.unless is None}
    without = frozenset(wanted) if COMPLETE in way.spoilt else frozenset[str]()
    return Application(
        service=package.service, channel=way.channel, variant=way.variant, form=form,
        documents=samples.documents(package, known, without),
        orgs=cast.bodies(package), visit=channel.visit,
        recipient=None if channel.by is None else recipient(filing.applicant),
    )  # fmt: skip


def file(cast: Cast, filing: Filing, at: datetime) -> tuple[Case, datetime]:
    """File it, signed by everyone who has to; the case, registered, and when it was."""
    by, key = filer(cast, filing), f"rehearsal-{at.isoformat()}"
    said = Keys.shared().sign_filing(by, application(cast, filing, at), key=key, now=at)
    case = acts.submit(by, said, now=at, key=key)
    if case.state == CaseState.RECEIVED:
        case = acts.register(SYSTEM, case.ref, now=case.registered_at)
        return case, case.registered_at
    return case, at
