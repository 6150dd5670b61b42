"""The signatures of a filing: who has to sign it, over which bytes, and whether they did (condition 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from qyzmet import identity
from qyzmet.cases.laws import Law, holds
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Proof, Signed, prove, signers
from qyzmet.cases.signed.parts import differing, not_this
from qyzmet.cases.signed.prepared import application_said
from qyzmet.people.actor import Actor
from qyzmet.regulation.model import Document, Party

if TYPE_CHECKING:
    from qyzmet.cases.filing.intake import Application

__all__ = ["APPLICANT", "Asked", "listed", "party_number", "signing_parties", "whose_side"]

APPLICANT = "applicant"


def signing_parties(law: Law, channel: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """Who signs an application by this way in, the applicant first, with the clause that asks for it.

    At a counter the paper form carries signatures by hand, so nobody does.
    """
    way = law.package.channels[channel]
    if way.by is not None:
        return {}
    asked = {
        key: party.cite
        for key, party in law.package.parties.items()
        if party.signs and holds(party.only, facts)
    }
    return ({APPLICANT: way.signed} if way.signed else {}) | asked


def party_number(law: Law, party: str, parties: Mapping[str, str], form: Mapping[str, Any]) -> str:
    """The IIN or BIN of a co-signatory: the one the draft names, else the one its form field gives."""
    field = law.package.parties[party].identified_by
    return str(parties.get(party) or (form.get(field) if field else None) or "")


def whose_side(
    law: Law, party: str, number: str, signed: Signed, now: datetime, *, channel: str
) -> signers.Whose:
    """Who may sign for a side of an application other than its applicant."""
    kinds, software = law.package.parties[party].kinds, law.package.channels[channel].software
    company = kinds == ("legal-entity",) or ("legal-entity" in kinds and identity.looks_like(number) == "bin")
    return signers.of_number(number, signed, now, company=company, software=software)


@dataclass(frozen=True, slots=True)
class Asked:
    """An application about to be filed under a key, for its signatures to be judged.

    `about`: the reference of the case complained of.
    """

    actor: Actor
    application: Application
    law: Law
    facts: Mapping[str, Any]
    key: str | None
    about: str

    def proofs(self, now: datetime) -> dict[str, Proof]:
        """Party → its signature, checked. Raises ActRefused `signature-needed`, `party-signature`,
        `signature-not-this`, `signature-invalid`."""
        given = self.application.signatures
        wanted = signing_parties(self.law, self.application.channel, self.facts)
        self._all_there(wanted)
        if given and self.law.package.channels[self.application.channel].by is not None:
            raise refused("form-faulty", hint={"signatures": "unknown"})
        clause = wanted.get(APPLICANT) or next(iter(wanted.values()), "")
        proofs = {party: prove(each, now=now) for party, each in given.items()}
        if len({each.prepared for each in given.values()}) > 1:
            raise not_this(["prepared"], clause)
        for proof in proofs.values():
            self._same(proof, clause)
        for party, each in given.items():
            signers.accept(each, self._whose(party, each, now), wanted.get(party) or clause)
        return proofs

    def _all_there(self, wanted: Mapping[str, str]) -> None:
        given = self.application.signatures
        if APPLICANT in wanted and APPLICANT not in given:
            raise refused("signature-needed", wanted[APPLICANT], hint={APPLICANT: "required"})
        missing = {key: self.law.package.parties[key] for key in wanted if key not in given}
        if missing:
            clause = next(iter(missing.values())).cite
            raise refused(
                "party-signature", clause, parties=listed(missing), hint=dict.fromkeys(missing, "required")
            )

    def _same(self, proof: Proof, clause: str) -> None:
        """What was signed is what is filed, under the key it is filed with."""
        done = application_said(
            self.application,
            actor=self.actor,
            edition=self.law.name,
            filing=self.key or "",
            prepared_at=str(proof.said.get("prepared_at")),
            about=self.about,
        )
        parts = differing(proof.said, done)
        if parts:
            raise not_this(parts, clause)

    def _whose(self, party: str, signed: Signed, now: datetime) -> signers.Whose:
        application = self.application
        if party == APPLICANT:
            software = self.law.package.channels[application.channel].software
            return signers.of_actor(self.actor, signed, now, software=software)
        number = party_number(self.law, party, application.parties, application.form)
        return whose_side(self.law, party, number, signed, now, channel=application.channel)


def listed(parts: Mapping[str, Document | Party]) -> dict[str, str]:
    """Names in a row, by language."""
    return {lang: ", ".join(p.name.in_language(lang) for p in parts.values()) for lang in ("kk", "ru", "en")}
