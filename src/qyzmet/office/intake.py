"""Taking an application in at the window: the whole form as one page.

begun = Begun(law, actor, ways, request.GET)      # .questions left to ask, .ready
taking = Taking(begun, request.POST, files)       # as typed; .right, .application()
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import QueryDict

from qyzmet import identity
from qyzmet.cases.filing.intake import Application, missing_documents
from qyzmet.cases.laws import holds
from qyzmet.office.beginning import Begun
from qyzmet.office.scans import Scans
from qyzmet.pages import forms
from qyzmet.pages.words import LANGUAGES, current_language, say
from qyzmet.people.actor import Principal
from qyzmet.regulation.model import Document, Field, Section

__all__ = ["Paper", "Taking"]

FORM = "f."


@dataclass(frozen=True, slots=True)
class Paper:
    """A document the application needs: ticked as given, scanned, its original shown and handed back."""

    key: str
    name: str
    help: str
    cite: str
    required: bool
    from_database: bool
    shows_original: bool
    given: bool
    original: bool
    scans: tuple[str, ...]
    error: str


class Taking:
    """The application as it stands on the page. `data` is what was posted, empty at first."""

    def __init__(self, begun: Begun, data: QueryDict, scans: Scans) -> None:
        self.begun, self.law, self.data, self.scans = begun, begun.law, data, scans
        self.found: dict[str, str] = {}
        self.key = data.get("key") or secrets.token_urlsafe(16)

    @property
    def fields(self) -> dict[str, Field]:
        """Every field of the form."""
        return {k: f for section in self.law.package.form.values() for k, f in section.fields.items()}

    @cached_property
    def given(self) -> dict[str, Any]:
        """The answers as typed."""
        if not self.data:
            return {}
        rows = forms.rows_command(self.fields, self.data, FORM)
        typed = rows if rows is not None else forms.posted(self.fields, self.data, FORM)
        return {
            **typed,
            **{k: self.scans.of(f"{FORM}{k}") or None for k, f in self.fields.items() if f.type == "file"},
        }

    @cached_property
    def facts(self) -> dict[str, Any]:
        return self.begun.base | {"visit": self.visit} | forms.live_facts(self.fields, self.given)

    @property
    def sections(self) -> dict[str, Section]:
        """The parts of the form that apply."""
        return {k: s for k, s in self.law.package.form.items() if holds(s.only, self.facts)}

    @cached_property
    def answers(self) -> forms.Answers:
        asked = {k: f for section in self.sections.values() for k, f in section.fields.items()}
        return forms.check(asked, {k: v for k, v in self.given.items() if k in asked}, self.facts)

    @property
    def sent(self) -> bool:
        """Whether it was sent to be taken in, not only changed on the page."""
        return bool({"submit", "refuse", "refuse-sure"} & set(self.data))

    @cached_property
    def parts(self) -> list[tuple[str, str, forms.Form]]:
        """Each section with its inputs: name, help, form."""
        faults = {**self.answers.faults, **self.found} if "submit" in self.data else {}
        language = current_language()
        return [
            (
                section.name.in_language(language),
                section.help.in_language(language) if section.help else "",
                forms.Form(section.fields, self.given, self.facts, faults, FORM),
            )
            for section in self.sections.values()
        ]

    # Who applies

    @property
    def number(self) -> str:
        return "".join(str(self.data.get("number", "")).split())

    @property
    def name(self) -> str:
        return str(self.data.get("name", "")).strip()

    @property
    def recipient(self) -> Principal:
        return Principal(self.number, self.begun.kind.chosen, self.name, "self")

    @cached_property
    def who_faults(self) -> dict[str, str]:
        """What is wrong with the number and the name of the recipient."""
        faults: dict[str, str] = {}
        read = identity.read_iin if self.begun.kind.chosen == "individual" else identity.read_bin
        try:
            read(self.number, test_ids=not settings.PRODUCTION)
        except identity.IdentityError as problem:
            language: Any = current_language()
            faults["number"] = problem.text(language) if self.number else say("intake.number-needed")
        if not self.name:
            faults["name"] = say("intake.name-needed")
        return faults

    @property
    def told_on_refusal(self) -> dict[str, str]:
        """What the receipt of a refusal names beside the recipient, as far as typed. Cites: O109 an.3."""
        typed = {key: str(value).strip() for key, value in self.given.items() if isinstance(value, str)}
        kinds = {key: field.type for key, field in self.fields.items()}
        places = (value for key, value in typed.items() if value and kinds.get(key) == "address")
        company = (typed.get(f"{party}-name", "") for party in self.law.package.parties)
        said = {"address": next(places, ""), "with": ", ".join(name for name in company if name)}
        return {key: value for key, value in said.items() if value}

    @property
    def visits(self) -> bool:
        """Whether this way in may be a visit to the recipient's home."""
        return self.law.package.channels[self.begun.channel.chosen].visit

    @property
    def visit(self) -> bool:
        """Whether it was taken in at the recipient's home."""
        return self.visits and self.data.get("visit") == "yes"

    @property
    def language(self) -> str:
        asked = self.data.get("language", "")
        return asked if asked in LANGUAGES else current_language()

    # Papers

    @property
    def papers(self) -> list[Paper]:
        """The documents that apply, as the page shows them."""
        missing = self.missing if "submit" in self.data else {}
        applying = {k: d for k, d in self.law.package.documents.items() if holds(d.only, self.facts)}
        return [self._paper(key, document, key in missing) for key, document in applying.items()]

    def _paper(self, key: str, document: Document, missing: bool) -> Paper:
        language = current_language()
        return Paper(
            key,
            document.name.in_language(language),
            document.help.in_language(language) if document.help else "",
            document.cite,
            document.required and document.unless is None,
            document.unless is not None,
            document.original == "shown",
            key in self.documents,
            self.data.get(f"original.{key}") == "yes",
            tuple(each["name"] for each in self.scans.of(key)),
            self.scans.faults.get(key) or (say("intake.paper-missing") if missing else ""),
        )

    @cached_property
    def documents(self) -> dict[str, list[dict[str, Any]]]:
        """What was given: scans, or a note that it came on paper."""
        applying = [k for k, d in self.law.package.documents.items() if holds(d.only, self.facts)]
        given = {key: self._given(key) for key in applying}
        return {key: files for key, files in given.items() if files}

    def _given(self, key: str) -> list[dict[str, Any]]:
        scans = self.scans.of(key)
        ticked = self.data.get(f"given.{key}") == "yes"
        if not (ticked or key in self.scans.fresh):
            return []
        files = scans or [
            {"name": say("intake.on-paper", self.language), "size": 0, "sha256": "", "paper": True}
        ]
        original = {"original": "shown"} if self.data.get(f"original.{key}") == "yes" else {}
        return [{**each, **original} for each in files]

    @property
    def missing(self) -> dict[str, Document]:
        """The documents that are needed and not there."""
        return missing_documents(self.law, self.documents, self.facts)

    @property
    def expired(self) -> dict[str, Document]:
        """The documents that were given and, as the inspector says, are valid no longer."""
        known = self.law.package.documents
        return {key: known[key] for key in self.documents if self.data.get(f"expired.{key}") == "yes"}

    @property
    def faulty(self) -> list[dict[str, Any]]:
        """What is wrong with the set, as a refusal to accept lists it. Cites: O109 an.3."""
        wrong = [("missing", self.missing), ("expired", self.expired)]
        return [
            {
                "document": key,
                "name": each.name.model_dump(exclude={"reviewed"}),
                "cite": each.cite,
                "fault": fault,
            }
            for fault, found in wrong
            for key, each in found.items()
        ]

    # The whole

    @property
    def errors(self) -> list[forms.Fault]:
        """Every fault in the order of the page; none before it was sent."""
        if "submit" not in self.data:
            return [forms.Fault(key, said) for key, said in self.who_faults.items()] if self.sent else []
        who = [forms.Fault(key, said) for key, said in self.who_faults.items()]
        form = [fault for _, _, part in self.parts for fault in part.errors]
        papers = [forms.Fault(f"given-{p.key}", f"{p.name}: {p.error}") for p in self.papers if p.error]
        return [*who, *form, *papers]

    def application(self) -> Application:
        """What is filed."""
        base = self.begun.base
        return Application(
            service=self.law.package.service,
            channel=base["channel"],
            variant={q.name.partition(".")[2]: q.chosen for q in self.begun.variants},
            form=self.answers.clean,
            documents=self.documents,
            orgs=self.begun.orgs,
            recipient=self.recipient,
            visit=self.visit,
            language=self.language,
        )
