"""An application being written, with the law it is written under: what applies, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qyzmet.cases import rows
from qyzmet.cases.filing import roles
from qyzmet.cases.filing.editions import complaint_law, edition_for
from qyzmet.cases.filing.intake import Application, missing_documents
from qyzmet.cases.laws import Law, holds
from qyzmet.cases.refusals import ActRefused
from qyzmet.pages import forms
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor
from qyzmet.people.directory import Body, fitting
from qyzmet.portal.models import Draft
from qyzmet.portal.state_data import WillFetch, will_fetch
from qyzmet.regulation.model import Document, Field, Organisation, Section

__all__ = ["BROWSER", "Drafted", "choices_of_body", "open_draft", "ways"]

BROWSER = ("portal", "system")
"""The ways in that a person uses in a browser; another without a counter is a company's own system."""


@dataclass(frozen=True)
class Drafted:
    """A draft under the edition that takes filings today."""

    draft: Draft
    law: Law
    actor: Actor
    changed: bool = False

    @property
    def base(self) -> dict[str, Any]:
        """The facts that are chosen before the form."""
        who = {"recipient": self.actor.party_kind, "visit": False}
        return {"channel": self.draft.channel, **who, **self.draft.variant}

    @property
    def facts(self) -> dict[str, Any]:
        """What conditions see: the choices and the answers so far."""
        return self.base | forms.live_facts(self.fields, self.draft.form)

    @property
    def fields(self) -> dict[str, Field]:
        """Every field of the form by name."""
        return {
            name: asked
            for section in self.law.package.form.values()
            for name, asked in section.fields.items()
        }

    @property
    def sections(self) -> dict[str, Section]:
        """The pages of questions that apply: those with something to ask."""
        return self._sections(self.facts)

    def _sections(self, facts: Mapping[str, Any]) -> dict[str, Section]:
        return {
            key: section
            for key, section in self.law.package.form.items()
            if holds(section.only, facts) and any(holds(f.only, facts) for f in section.fields.values())
        }

    @property
    def documents(self) -> dict[str, Document]:
        """The documents that apply, required or not."""
        facts = self.facts
        return {k: d for k, d in self.law.package.documents.items() if holds(d.only, facts)}

    def answers(self, section: str) -> forms.Answers:
        """The answers of one page, checked as the act will check them."""
        return self._answers(self.law.package.form[section], self.facts)

    def _answers(self, section: Section, facts: dict[str, Any]) -> forms.Answers:
        given = {name: value for name, value in self.draft.form.items() if name in section.fields}
        return forms.check(section.fields, given, facts)

    def facts_asked(self, section: str) -> list[str]:
        """The fields of a page that apply as the answers stand."""
        facts = self.facts
        return [k for k, asked in self.law.package.form[section].fields.items() if holds(asked.only, facts)]

    def next_part(self, section: str) -> str | None:
        """The page of questions after this one."""
        keys = list(self.sections)
        after = keys[keys.index(section) + 1 :] if section in keys else []
        return after[0] if after else None

    def missing(self) -> dict[str, Document]:
        """The documents that are needed and not there."""
        return missing_documents(self.law, self.draft.documents, self.facts)

    @property
    def stopped_by(self) -> dict[str, Document]:
        """The missing documents without which it is not taken at all.

        Where the provider checks the set (condition 3 of the portal), none: it may be filed, and what is
        missing is a ground of refusal. Cites: A120 §10(9).
        """
        return {} if self.law.checks("documents.complete") else self.missing()

    @property
    def will_fetch(self) -> WillFetch | None:
        """What state databases will be asked for it."""
        return will_fetch(self)

    @property
    def left_out(self) -> list[str]:
        """The names of the missing documents it may be filed without, at the risk of a refusal."""
        stopping, language = self.stopped_by, current_language()
        return [d.name.in_language(language) for k, d in self.missing().items() if k not in stopping]

    def application(self) -> Application:
        """What is filed: the answers that apply, in the form in which they are stored."""
        clean: dict[str, Any] = {}
        facts = self.facts
        for section in self._sections(facts).values():
            clean |= self._answers(section, facts).clean
        applying = self.documents
        kept = {key: files for key, files in self.draft.documents.items() if key in applying and files}
        return Application(
            service=self.draft.service,
            channel=self.draft.channel,
            variant=self.draft.variant,
            form=clean,
            documents=kept,
            orgs={role: int(chosen) for role, chosen in self.draft.orgs.items()},
            language=current_language(),
        )


def open_draft(actor: Actor, ref: str, now: datetime) -> Drafted | None:
    """The actor's own draft, or None; one written under an older edition is carried over to today's.

    Raises ActRefused when no edition takes filings any more.
    """
    who = [ref, actor.account, actor.party]
    mine = rows.select(Draft, "WHERE ref = %s AND owner_id = %s AND party = %s", who)
    if not mine:
        return None
    (draft,) = mine
    law = complaint_law(now) if draft.about else edition_for(draft.service, now).law
    changed = draft.edition_id != law.id and not draft.filed
    if changed:
        draft.edition_id = law.id
        draft.save(update_fields=["edition"])
    return Drafted(draft, law, actor, changed)


def ways(law: Law) -> list[str]:
    """The ways in one can use in a browser."""
    return [key for key, way in law.package.channels.items() if way.by is None and key in BROWSER]


def choices_of_body(
    law: Law, channel: str, chosen: Mapping[str, int], facts: Mapping[str, Any], actor: Actor
) -> dict[str, tuple[Organisation, list[Body]]]:
    """The roles for which several organisations fit, so that the recipient has to choose one."""
    asked: dict[str, tuple[Organisation, list[Body]]] = {}
    trial = dict(chosen)
    for _ in law.package.organisations:
        try:
            roles.assign_roles(law, channel, trial, facts, actor)
        except ActRefused as refusal:
            role = str(refusal.hint.get("role", ""))
            fit = fitting(law.package.organisations[role].kind, law.package.service) if role else []
            if refusal.code != "organisation-choose" or not fit:
                raise
            asked[role] = (law.package.organisations[role], fit)
            trial[role] = fit[0].id
        else:
            break
    return asked
