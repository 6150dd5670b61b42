"""What a document is made from: the case, its law, its papers, and the journal entry it follows from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from qyzmet.cases.journal import Record, decode
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Case, Entry, Filing, Payload, Token
from qyzmet.people.models import Account, Organisation
from qyzmet.regulation.model import Issued

__all__ = ["Source", "source_of"]


@dataclass(frozen=True)
class Source:
    """Everything a composer may look at. `said` is the payload of the entry."""

    case: Case
    filing: Filing
    law: Law
    issued: str
    record: Record
    said: dict[str, Any]
    corrections: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rule(self) -> Issued:
        """What the package says of the document; general law may name one of its own."""
        return next(
            p.issued[self.issued] for p in (self.law.package, *self.law.general) if self.issued in p.issued
        )

    @cached_property
    def token(self) -> Token | None:
        """The step that was completed, if the entry is of one."""
        return self.case.tokens.filter(no=self.said["no"]).first() if "no" in self.said else self._last

    @cached_property
    def _last(self) -> Token | None:
        done = self.case.tokens.filter(cancelled=False, closed_at__isnull=False, organisation__isnull=False)
        return done.order_by("-closed_at", "-no").first()

    @cached_property
    def issuer(self) -> Organisation:
        """The body that issues it: the one that held the step, or the provider."""
        held = self.token.organisation if self.token else None
        return held or self.case.provider

    @cached_property
    def signed(self) -> Token | None:
        """The step whose official signs: the last done in the post the package names, or the step itself."""
        if self.rule.signed_by:
            done = self.case.tokens.filter(post=self.rule.signed_by, cancelled=False, closed_at__isnull=False)
            found = done.order_by("-closed_at", "-no").first()
            if found is not None:
                return found
        return self.token

    @cached_property
    def signer(self) -> Account | None:
        """Who signs: the official who did that step."""
        number = self.signed.closed_by if self.signed else self.record.person
        return Account.objects.filter(number=number).first()

    @cached_property
    def decided(self) -> Token | None:
        """The last step that recorded grounds or a result."""
        done = self.case.tokens.filter(cancelled=False, closed_at__isnull=False).order_by("-closed_at", "-no")
        return next((t for t in done if t.grounds), None) or next((t for t in done if t.output), None)


def source_of(case_id: int, seq: int, issued: str, corrections: Mapping[str, Any] | None = None) -> Source:
    """Read what a document is made from; `corrections` put slips in what was recorded right."""
    case = Case.objects.select_related("provider").get(pk=case_id)
    entry = Entry.objects.get(stream=case.stream, seq=seq)
    payload = Payload.objects.filter(stream=case.stream, seq=seq).first()
    said = json.loads(payload.data) if payload and payload.data else {}
    filing = Filing.objects.get(pk=case_id)
    return Source(
        case, filing, law_of(case.edition_id), issued, decode(bytes(entry.body)), said, corrections or {}
    )
