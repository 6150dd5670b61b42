"""What was filed: shown back to its recipient, and changed when the application was returned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qyzmet.cases.filing.intake import missing_documents
from qyzmet.cases.laws import holds
from qyzmet.cases.models import Token
from qyzmet.cases.queries import CasePage, timeline
from qyzmet.pages import forms
from qyzmet.pages.forms import Shown
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor
from qyzmet.portal.summary import Line, Part
from qyzmet.regulation.model import Document, Field

__all__ = ["Filed", "asked", "awaited", "filed_parts"]


def filed_parts(page: CasePage) -> list[Part]:
    """The application as it was filed, by the pages of its form, then the documents."""
    language, form = current_language(), page.shown.get("form") or {}
    parts = []
    for key, section in page.law.package.form.items():
        lines = tuple(
            Line(f"line-{name}", asked.name.in_language(language), forms.shown(asked, form[name]))
            for name, asked in section.fields.items()
            if name in form
        )
        if lines:
            parts.append(Part(key, section.name.in_language(language), "", lines))
    given = page.shown.get("documents") or {}
    lines = tuple(
        Line(
            f"line-{key}",
            page.law.package.documents[key].name.in_language(language),
            Shown(),
            "",
            tuple(files),
        )
        for key, files in given.items()
        if key in page.law.package.documents
    )
    return [*parts, Part("documents", say("uploads.title"), "", lines)] if lines else parts


def awaited(page: CasePage) -> Token | None:
    """The open step that waits for the recipient."""
    parties = page.law.package.parties
    waiting = (t for t in page.tokens if t.closed_at is None and t.kind == "await")
    return next((t for t in waiting if page.law.step(t.step).from_ in parties), None)


def asked(actor: Actor, ref: str) -> list[str]:
    """What the official named when the application was last returned."""
    returned = [each for each in timeline(actor, ref) if each.code == "case.returned"]
    faults = returned[-1].data.get("faults", []) if returned else []
    return [": ".join(filter(None, (str(f.get("what", "")), str(f.get("fault", ""))))) for f in faults]


class Filed:
    """The answers of a case being corrected."""

    def __init__(self, page: CasePage) -> None:
        self.page = page
        self.form: dict[str, Any] = dict(page.shown.get("form") or {})
        self.given: Mapping[str, Any] = page.shown.get("documents") or {}
        self._before = dict(self.form)

    @property
    def fields(self) -> dict[str, Field]:
        """Every field of the form."""
        return {k: f for section in self.page.law.package.form.values() for k, f in section.fields.items()}

    @property
    def facts(self) -> dict[str, Any]:
        """The case's facts with the answers as they stand now."""
        return self.page.law.facts(self.page.case.facts) | forms.live_facts(self.fields, self.form)

    def change(self, given: Mapping[str, Any]) -> None:
        """Lay new answers over those filed."""
        self.form |= given

    def faults(self) -> dict[str, str]:
        """What is wrong now."""
        return forms.check(self.fields, self.form, self.facts).faults

    def changed(self) -> dict[str, Any]:
        """The answers that differ from what was filed."""
        clean = forms.check(self.fields, self.form, self.facts).clean
        return {key: value for key, value in clean.items() if self._before.get(key) != value}

    def lacking(self) -> dict[str, Document]:
        """The documents that are needed and were not filed."""
        return missing_documents(self.page.law, self.given, self.facts)

    def documents(self) -> dict[str, Document]:
        """The documents that may be added, those that are lacking first."""
        facts = self.facts
        known = {k: d for k, d in self.page.law.package.documents.items() if holds(d.only, facts)}
        return self.lacking() | known
