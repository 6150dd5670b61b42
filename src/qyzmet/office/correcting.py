"""Putting a slip in an issued document right, and annulling one: who may, and what of it can be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict

from qyzmet.cases import allow
from qyzmet.cases.queries import CasePage
from qyzmet.documents.models import Document, DocumentState
from qyzmet.documents.sources import Source, source_of
from qyzmet.pages import forms
from qyzmet.pages.words import say
from qyzmet.people.actor import Actor
from qyzmet.regulation.model import Field

__all__ = ["Correction", "may_change"]

PREFIX = "o."


def may_change(actor: Actor, page: CasePage, document: Document) -> bool:
    """Whether to offer it: the post that signs the document, or the head; the act judges again."""
    issued = page.law.package.issued.get(document.issued)
    posts = ("head", *([issued.signed_by] if issued and issued.signed_by else []))
    return document.state == DocumentState.IN_FORCE and allow.directs(actor, page.capacities, posts)


@dataclass(frozen=True)
class Correction:
    """A correction as it stands on the page. `data` is what was posted, None at first."""

    page: CasePage
    document: Document
    data: QueryDict | None = None
    key: str = ""

    @cached_property
    def fields(self) -> dict[str, Field]:
        """What the document prints of what was recorded; a decision itself is no slip."""
        rows = (self.document.content or {}).get("rows", ())
        printed = {row["label"].get("kk") for row in rows}
        recorded = self._recorded_fields.items()
        return {k: field for k, field in recorded if k in self.before and field.name.kk in printed}

    @cached_property
    def before(self) -> dict[str, Any]:
        """The values as they were printed last."""
        recorded: dict[str, Any] = {}
        for token in self._tokens:
            recorded |= {k: v for k, v in token.output.items() if v not in (None, "", [])}
        return {**recorded, **{k: v for k, v in self._source.corrections.items() if k in recorded}}

    @cached_property
    def given(self) -> dict[str, Any]:
        """The values as typed, over those printed."""
        if self.data is None:
            return dict(self.before)
        rows = forms.rows_command(self.fields, self.data, PREFIX)
        return {**self.before, **(rows if rows is not None else forms.posted(self.fields, self.data, PREFIX))}

    @property
    def sent(self) -> QueryDict:
        """What was posted, empty at first."""
        return self.data if self.data is not None else QueryDict()

    @property
    def reason(self) -> str:
        return str(self.data.get("reason", "")).strip() if self.data is not None else ""

    @cached_property
    def read(self) -> forms.Answers:
        return forms.check(self.fields, self.given, self._facts)

    @property
    def changed(self) -> dict[str, Any]:
        """The slips put right: field → right value."""
        same = forms.check(self.fields, self.before, self._facts).clean
        return {k: v for k, v in self.read.clean.items() if v != same.get(k)}

    @property
    def form(self) -> forms.Form:
        faults = self.read.faults if self.data is not None else {}
        return forms.Form(self.fields, self.given, self._facts, faults, PREFIX)

    @property
    def errors(self) -> list[forms.Fault]:
        """What is missing, in the order of the page."""
        if self.data is None:
            return []
        if not self.fields:
            return [forms.Fault("main", say("correcting.nothing"))]
        found = list(self.form.errors)
        if not found and not self.changed:
            first = next(iter(self.form.widgets), None)
            found.append(forms.Fault(first.target if first else "reason", say("correcting.nothing-changed")))
        if not self.reason:
            found.append(forms.Fault("reason", say("correcting.reason-needed")))
        return found

    @cached_property
    def _facts(self) -> dict[str, Any]:
        """What the conditions of the fields see: the case as it was when the document was issued."""
        heading = next((t.heading for t in reversed(self._tokens) if t.heading), "")
        return self.page.law.facts({**self.page.case.facts, "exit": self.page.case.exit or heading})

    @cached_property
    def _source(self) -> Source:
        found = self.document
        return source_of(self.page.case.pk, found.seq, found.issued)

    @property
    def _tokens(self) -> list[Any]:
        source = self._source
        return list(dict.fromkeys(t for t in (source.decided, source.token) if t is not None))

    @property
    def _recorded_fields(self) -> Mapping[str, Field]:
        found: dict[str, Field] = {}
        for token in self._tokens:
            found |= self.page.law.step(token.step).output
        return found
