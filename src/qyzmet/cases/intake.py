"""Taking an application in: what is asked, what is checked, how the case comes to be."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet.cases import answers, clocks, duties, registration, roles, rows, seeing
from qyzmet.cases.editions import Chosen, complaint_law, edition_for
from qyzmet.cases.hold import Held
from qyzmet.cases.laws import Law, holds
from qyzmet.cases.models import Case, CaseState, Filing, Token
from qyzmet.cases.outputs import facts_of
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import Act
from qyzmet.people.actor import Actor, Principal
from qyzmet.people.directory import body
from qyzmet.regulation.model import Document, Party

__all__ = ["Application", "Checked", "check", "create", "open_sub_case"]

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Application:
    """What is filed. `recipient` is given at a counter, where the official is not the one who applies.

    `documents`: document id → [{name, size, sha256}]. `parties`: party → IIN or BIN. `signatures`: party →
    evidence kept by `signatures`. `orgs`: role → organisation id. `visit`: taken in at the recipient's home.
    """

    service: str
    channel: str
    variant: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, Any] = field(default_factory=dict)
    parties: Mapping[str, str] = field(default_factory=dict)
    signatures: Mapping[str, Any] = field(default_factory=dict)
    orgs: Mapping[str, int] = field(default_factory=dict)
    recipient: Principal | None = None
    visit: bool = False
    language: str = "kk"
    prepared: str = ""

    def plain(self) -> dict[str, Any]:
        """What was filed, for fingerprint and journal."""
        return {name: getattr(self, name) for name in self.__slots__}


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


def check(actor: Actor, application: Application, now: datetime, about: Case | None = None) -> Checked:
    """Check all that can be checked before the transaction. Raises ActRefused with every fault of its kind.

    `about` is the case a complaint is about.
    """
    chosen = Chosen(complaint_law(now), None) if about else edition_for(application.service, now)
    law, recipient = chosen.law, application.recipient or _self(actor)
    _channel(law, application, actor)
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
    _signed(law, application, law.facts(facts))
    given = {**application.orgs, **roles.of_the_case(law, about)} if about else application.orgs
    orgs = roles.assign_roles(law, application.channel, given, facts, actor)
    intake = roles.intake_role(law, application.channel)
    hours = body(orgs[intake]).hours if intake else law.package.channels[application.channel].hours
    return Checked(application, law, chosen.opening, recipient, form, facts, orgs, hours)


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
        raise refused(
            "documents-missing", documents=_listed(missing), hint=dict.fromkeys(missing, "required")
        )


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


def _listed(parts: Mapping[str, Document | Party]) -> dict[str, str]:
    return {lang: ", ".join(p.name.in_language(lang) for p in parts.values()) for lang in ("kk", "ru", "en")}


def _signed(law: Law, application: Application, facts: dict[str, Any]) -> None:
    unsigned = {
        key: party
        for key, party in law.package.parties.items()
        if party.signs
        and key != "applicant"
        and holds(party.only, facts)
        and key not in application.signatures
    }
    if unsigned:
        raise refused("party-signature", parties=_listed(unsigned), hint=dict.fromkeys(unsigned, "required"))


def create(act: Act, checked: Checked, key: str | None, about: int | None = None) -> Held:
    """Make the case from a checked application. It is `received`; registering it is for `registration`."""
    application, law, now = checked.application, checked.law, act.now
    case = rows.make(
        Case,
        ref=new_ref(),
        service=law.package.service,
        about_id=about,
        edition_id=law.id,
        channel=application.channel,
        variant=dict(application.variant),
        facts=checked.facts,
        orgs=checked.orgs,
        provider_id=roles.provider_of(law, checked.orgs),
        applicant=checked.recipient.number,
        applicant_kind=checked.recipient.kind,
        filed_by_id=act.actor.account,
        filer=act.actor.person,
        filing_key=key,
        opening=checked.opening,
        received_at=now,
        registered_at=clocks.registered_at(checked.hours, now),
        moved_at=now,
    )
    held = enter(act, case, law)
    _keep_papers(case, checked)
    intake = checked.orgs.get(roles.intake_role(law, application.channel) or "")
    for row in seeing.from_the_start(case, _parties(checked), intake, now):
        act.grant(row)
    seq = held.record("case.received", _said(checked))
    act.send("mail", "case.received", case.stream, seq)
    duties.fulfil_by_filing(held)
    duties.start_from_form(held, checked.form)
    return held


def enter(act: Act, case: Case, law: Law) -> Held:
    """Insert a new case and hold it."""
    rows.insert_returning([case])
    act.ledger.begin(case.stream)
    held = act.held[case.pk] = Held(act, case, law, {})
    return held


def new_ref() -> str:
    """A reference nobody can guess or misread."""
    return "".join(secrets.choice(LETTERS) for _ in range(12))


def _parties(checked: Checked) -> dict[str, str]:
    named = {
        key: str(checked.form[party.identified_by])
        for key, party in checked.law.package.parties.items()
        if party.identified_by and checked.form.get(party.identified_by)
    }
    return {**named, **checked.application.parties}


def _keep_papers(case: Case, checked: Checked) -> None:
    application = checked.application
    rows.insert(
        [
            rows.make(
                Filing,
                case_id=case.pk,
                applicant_name=checked.recipient.name,
                language=application.language,
                form=checked.form,
                documents=dict(application.documents),
                parties=_parties(checked),
                signatures=dict(application.signatures),
                prepared=application.prepared,
            )
        ]
    )


def _said(checked: Checked) -> dict[str, Any]:
    said = checked.application.plain()
    return {
        **said,
        "form": checked.form,
        "recipient": checked.recipient._asdict(),
        "opening": checked.opening,
    }


def open_sub_case(held: Held, token: Token) -> Held:
    """A step that is a case of another service: the same recipient's, filed and registered by the system."""
    step, parent, act = held.law.step(token.step), held.case, held.act
    law = edition_for(step.service or "", held.now).law
    papers = rows.select(Filing, "WHERE case_id = %s", [parent.pk])[0]
    facts = {**parent.facts, **step.variant}
    orgs = roles.assign_roles(law, parent.channel, _shared(law, parent.orgs), facts, act.actor) if law else {}
    case = rows.make(
        Case,
        ref=new_ref(),
        service=law.package.service,
        edition_id=law.id,
        channel=parent.channel,
        variant=dict(step.variant),
        facts=facts,
        orgs=orgs,
        provider_id=roles.provider_of(law, orgs),
        applicant=parent.applicant,
        applicant_kind=parent.applicant_kind,
        filer=parent.filer,
        state=CaseState.RECEIVED,
        received_at=held.now,
        registered_at=held.now,
        moved_at=held.now,
        parent_id=parent.pk,
        parent_token=token.no,
    )
    child = enter(act, case, law)
    papers.case_id = case.pk
    rows.insert([papers])
    for row in seeing.from_the_start(case, papers.parties, None, held.now):
        act.grant(row)
    child.record("case.received", {"parent": parent.ref, "step": token.step})
    registration.register(child)
    return child


def _shared(law: Law, orgs: Mapping[str, int]) -> dict[str, int]:
    """The parent's organisations that play the same role, of the same kind, in the other service."""
    spoken = law.package.organisations
    return {r: o for r, o in orgs.items() if r in spoken and body(o).kind == spoken[r].kind}
