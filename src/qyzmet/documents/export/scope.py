"""Who an exported case is for, and what of it they may take away: what the pages would show them, no more."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from qyzmet.cases import allow
from qyzmet.cases.journal import decode
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Capacity, Case, Entry, SignatureRecord, Token
from qyzmet.cases.queries.timeline import INSIDE
from qyzmet.cases.queries.views import fields_seen
from qyzmet.cases.refusals import refused
from qyzmet.cases.watching import AUDITOR, watches
from qyzmet.cases.words.lookup import by_ref
from qyzmet.documents.decision_receipt import is_decision
from qyzmet.documents.models import Document
from qyzmet.people.actor import SYSTEM, Actor

__all__ = ["Scope", "scope_of"]

WHOLE = frozenset({Capacity.PROVIDER, Capacity.COMPLAINT_BODY, AUDITOR})


@dataclass(frozen=True)
class Scope:
    """A case as seen in some capacities. `person`: who asks, empty for an operator of the System.
    `organisation`: the body whose internal notes go with it.
    """

    case: Case
    law: Law
    capacities: frozenset[str]
    person: str = ""
    organisation: int | None = None

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names of what these capacities see."""
        return frozenset(fields_seen(self.capacities))

    @property
    def whole(self) -> bool:
        """Whether the whole file is seen (APPC art. 91(4) for a complaint body)."""
        return bool(self.capacities & WHOLE)

    @property
    def attachments(self) -> bool:
        """Whether the files given with the application are seen."""
        return "documents" in self.fields

    @property
    def papers(self) -> bool:
        """Whether the application itself is seen, and with it what was signed to file it."""
        return "form" in self.fields

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The issued documents seen: a recipient and a window see no minutes, which say how each member
        voted."""
        if not self.attachments:
            return ()
        found = Document.objects.filter(case=self.case).order_by("id")
        minutes = self.law.minutes if not self.papers or self._only_party else frozenset()
        return tuple(each for each in found if each.issued not in minutes)

    def shows_record(self, record: SignatureRecord) -> bool:
        """Whether a signature is seen: the application's and the receiver's with its papers, a step's with
        the whole file or with a document of that step."""
        if record.of_recipient:
            return self.papers
        return self.whole or record.seq in {each.seq for each in self.documents}

    def shows_decision(self, token: Token, seq: int | None) -> bool:
        """Whether the receipt of a decision is seen, `seq` being its entry: by the same rule."""
        return is_decision(self.law, token) and (self.whole or seq in {each.seq for each in self.documents})

    def shows_entry(self, entry: Entry) -> bool:
        """Whether an entry's bytes are seen: they name a person, so of officials a recipient sees those who
        signed something for them, and who sees no applicant sees no entry of one."""
        if not self._only_party:
            return "applicant" in self.fields or entry.person == SYSTEM.person or _by_official(entry)
        own = entry.person in {self.person, self.case.applicant, SYSTEM.person}
        return entry.act not in INSIDE and (own or entry.seq in self._signed)

    def shows_payload(self, entry: Entry, said: str) -> bool:
        """Whether what an entry says is seen whole: by the file's holders, by who recorded it, and where it
        tells of an issued document that is seen."""
        if self.whole or entry.person == self.person:
            return True
        issued = json.loads(said).get("sha256") if entry.act == "document.issued" else None
        return issued in {each.digest for each in self.documents}

    @property
    def _only_party(self) -> bool:
        return self.capacities == {Capacity.PARTY}

    @cached_property
    def _signed(self) -> frozenset[int]:
        records = SignatureRecord.objects.filter(case=self.case)
        return frozenset(each.seq for each in records if self.shows_record(each))


def scope_of(actor: Actor, ref: str, only: Iterable[str] = ()) -> Scope:
    """What the actor sees of a case; `only` narrows it to some capacities.

    Raises ActRefused `not-found`, the same for a stranger and for no case. Reading a case that is not one's
    work is journaled by the act `read_case`, which pages of officials call first.
    """
    case = by_ref(ref)
    seen = allow.capacities(actor, case.pk) if case else frozenset()
    wanted = frozenset(only)
    seen = seen & wanted if wanted else seen
    if case is None or not seen:
        raise refused("not-found")
    body = actor.organisation if actor.is_official and not watches(actor) else None
    return Scope(case, law_of(case.edition_id), seen, "" if actor.is_system else actor.person, body)


def _by_official(entry: Entry) -> bool:
    return bool(decode(bytes(entry.body)).post.partition("/")[2])
