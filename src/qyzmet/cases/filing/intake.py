"""Taking an application in: what is filed, and all that is checked before a case comes to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet.cases.filing import answers, roles, shapes
from qyzmet.cases.filing.editions import Chosen, complaint_law, edition_for
from qyzmet.cases.laws import Law, holds
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Proof, Signed
from qyzmet.cases.signed.filing import APPLICANT, Asked, listed
from qyzmet.cases.steps.outputs import facts_of
from qyzmet.cases.words import wording
from qyzmet.people.actor import Actor, Principal
from qyzmet.people.directory import body
from qyzmet.regulation.model import Document

__all__ = ["Application", "Checked", "check", "missing_documents"]


@dataclass(frozen=True, slots=True)
class Application:
    """What is filed. `recipient` is given at a counter, where the official is not the one who applies.

    `documents`: document id → [{name, size, sha256}]. `parties`: party → IIN or BIN. `signatures`: party →
    its signature, all over the same bytes. `orgs`: role → organisation id. `visit`: taken in at the
    recipient's home.
    """

    service: str
    channel: str
    variant: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, Any] = field(default_factory=dict)
    parties: Mapping[str, str] = field(default_factory=dict)
    signatures: Mapping[str, Signed] = field(default_factory=dict)
    orgs: Mapping[str, int] = field(default_factory=dict)
    recipient: Principal | None = None
    visit: bool = False
    language: str = "kk"
    prepared: str = ""

    def plain(self) -> dict[str, Any]:
        """What was filed, for the journal."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return said | {"signatures": {party: each.plain() for party, each in self.signatures.items()}}

    def fingerprint(self) -> dict[str, Any]:
        """What makes it the same filing: of signatures the bytes they are over, not when they were judged."""
        return self.plain() | {"signatures": {party: s.prepared for party, s in self.signatures.items()}}


@dataclass(frozen=True, slots=True)
class Checked:
    """An application that may be filed, with everything worked out that needs no transaction."""

    application: Application
    law: Law
    opening: dict[str, str] | None
    recipient: Principal
    form: dict[str, Any]
    facts: dict[str, Any]
    orgs: dict[str, int]
    hours: str
    proofs: dict[str, Proof]
    parties: dict[str, str]
    words: wording.Words

    @property
    def pending(self) -> bool:
        """Whether a signature has yet to be confirmed."""
        return any(each.signed.pending for each in self.proofs.values())


def check(
    actor: Actor, application: Application, now: datetime, about: Case | None = None, key: str | None = None
) -> Checked:
    """Check all that can be checked before the transaction. Raises ActRefused with every fault of its kind.

    `about` is the case a complaint is about; `key` the one it is filed with.
    """
    chosen = Chosen(complaint_law(now), None) if about else edition_for(application.service, now)
    law, recipient = chosen.law, application.recipient or _self(actor)
    faults = shapes.faults_of(law, application)
    if faults:
        raise refused("form-faulty", hint=faults)
    _channel(law, application, actor)
    _proved(application, actor)
    _variant(law, application)
    if recipient.kind not in law.package.recipients:
        raise refused("recipient-unfit", hint={"recipients": list(law.package.recipients)})
    facts = {
        "channel": application.channel,
        "recipient": recipient.kind,
        "visit": application.visit,
        **application.variant,
    }
    form = _form(law, application, facts)
    facts |= facts_of("form", form, law.wanted)
    _documents(law, application, law.facts(facts))
    given = {**application.orgs, **roles.of_the_case(law, about)} if about else application.orgs
    orgs = roles.assign_roles(law, application.channel, given, facts, actor)
    intake = roles.intake_role(law, application.channel)
    hours = body(orgs[intake]).hours if intake else law.package.channels[application.channel].hours
    filing = Asked(actor, application, law, law.facts(facts), key=key, about=about.ref if about else "")
    proofs, parties = filing.proofs(now), _parties(law, application, form)
    words = wording.said_by(law, recipient.number, recipient.name, form, parties)
    return Checked(
        application, law, chosen.opening, recipient, form, facts, orgs, hours, proofs, parties, words
    )


def _parties(law: Law, application: Application, form: Mapping[str, Any]) -> dict[str, str]:
    named = {
        key: str(form[party.identified_by])
        for key, party in law.package.parties.items()
        if party.identified_by and form.get(party.identified_by)
    }
    return {**application.parties, **named}


def _self(actor: Actor) -> Principal:
    return Principal(actor.party, actor.party_kind, actor.party_name, "self")


def _channel(law: Law, application: Application, actor: Actor) -> None:
    channel = law.package.channels.get(application.channel)
    if channel is None:
        choices = ", ".join(law.package.channels)
        raise refused("channel-unknown", channel=application.channel, choices=choices)
    if channel.by is not None and not (actor.is_system or actor.post == channel.by):
        raise refused("counter-only", channel.cite, post=law.package.posts[channel.by].name.model_dump())
    if channel.by is not None and application.recipient is None:
        raise refused("form-faulty", channel.cite, hint={"recipient": "required"})
    if channel.by is None and not actor.is_system and (actor.is_official or application.recipient):
        raise refused("not-your-act", channel.cite)
    if channel.by is not None and application.recipient and application.recipient.number == actor.person:
        raise refused("own-case", channel.cite)


def _proved(application: Application, actor: Actor) -> None:
    if not actor.confirmed and APPLICANT not in application.signatures:
        raise refused("account-unconfirmed", "A120 §10")


def _variant(law: Law, application: Application) -> None:
    for dimension, options in law.package.variants.items():
        if application.variant.get(dimension) not in options:
            raise refused(
                "variant-choose",
                dimension=dimension,
                choices=", ".join(options),
                hint={"dimension": dimension},
            )


def _form(law: Law, application: Application, facts: dict[str, Any]) -> dict[str, Any]:
    sections = law.package.form.values()
    known = law.facts({**facts, **{f"form.{k}": v for k, v in application.form.items()}})
    fields = {k: f for s in sections if holds(s.only, known) for k, f in s.fields.items()}
    asked = {k for s in sections for k in s.fields}
    given = {k: v for k, v in application.form.items() if k in fields or k not in asked}
    read = answers.read(fields, given, known)
    if read.faults:
        raise refused("form-faulty", hint=read.faults)
    return read.clean


def _documents(law: Law, application: Application, facts: dict[str, Any]) -> None:
    if law.checks("documents.complete"):
        return  # condition 3: the provider checks them, and what is missing is a ground of refusal
    missing = missing_documents(law, application.documents, facts)
    if missing:
        raise refused("documents-missing", documents=listed(missing), hint=dict.fromkeys(missing, "required"))


def missing_documents(law: Law, given: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Document]:
    """The documents this application needs and does not have."""
    return {
        key: document
        for key, document in law.package.documents.items()
        if document.required
        and document.unless is None
        and holds(document.only, facts)
        and not given.get(key)
    }
