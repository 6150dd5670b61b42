"""An application as a rehearsal files it: sample answers, papers, everyone who signs, the right door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases import acts
from qyzmet.cases.intake import Application
from qyzmet.cases.laws import holds
from qyzmet.cases.models import Case, CaseState
from qyzmet.demo.rehearsal.cast import Cast
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
    signing = [key for key, party in package.parties.items() if party.signs and holds(party.only, known)]
    return Application(
        service=package.service, channel=way.channel, variant=way.variant, form=form,
        documents=samples.documents(package, known, without),
        signatures={key: {"by": _number(filing, key, form)} for key in signing},
        orgs=cast.bodies(package), visit=channel.visit,
        recipient=None if channel.by is None else recipient(filing.applicant),
    )  # fmt: skip


def _number(filing: Filing, party: str, form: Mapping[str, Any]) -> str:
    field_ = filing.package.parties[party].identified_by
    return str(form[field_]) if field_ else filing.applicant.party


def file(cast: Cast, filing: Filing, at: datetime) -> tuple[Case, datetime]:
    """File it; the case, registered, and when it was."""
    said = application(cast, filing, at)
    case = acts.submit(filer(cast, filing), said, now=at, key=f"rehearsal-{at.isoformat()}")
    if case.state == CaseState.RECEIVED:
        case = acts.register(SYSTEM, case.ref, now=case.registered_at)
        return case, case.registered_at
    return case, at
