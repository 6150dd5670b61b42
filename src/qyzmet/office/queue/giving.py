"""To whom a result is given, as it was keyed in at the window, and the receipt they may sign with their key.

giving = Giving(page, token, request.POST, scans)
giving.missing                   # what is not filled in yet
giving.do(actor, now)            # the act; `signature-needed` where the receiver is to sign first
row = giving.ask(actor, now)     # their prompt at /sign/<token>, on the official's screen
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from qyzmet import evidence
from qyzmet.cases import acts
from qyzmet.cases.hall.handing import Receiver, checked, gives
from qyzmet.cases.models import Token
from qyzmet.cases.queries import CasePage
from qyzmet.cases.signed import Signed, receiving, signers
from qyzmet.documents.models import Document, DocumentState
from qyzmet.evidence.models import SigningRequest
from qyzmet.office import casefile, signing
from qyzmet.office.scans import Scans
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import LANGUAGES, say
from qyzmet.people.actor import Actor

__all__ = ["ASKED", "HANDING", "Giving", "label", "papers_of"]

HANDING = receiving.HANDING
ASKED = ("received-by", "number", "identified-by")


def label(name: str) -> str:
    """What a field of the page is called."""
    return {
        "received-by": say("handing.received-by"),
        "number": say("handing.number"),
        "identified-by": say("handing.identified-by"),
    }[name]


def papers_of(page: CasePage) -> list[Document]:
    """What is given: the documents in force, without the minutes, which say how each member voted."""
    found, minutes = casefile.issued(page), page.law.minutes
    return [each for each in found if each.state == DocumentState.IN_FORCE and each.issued not in minutes]


@dataclass(frozen=True, slots=True)
class Giving:
    """The page of one result as it was sent."""

    page: CasePage
    token: Token
    data: QueryDict
    scans: Scans

    def said(self, name: str) -> str:
        """What was typed into a field, in one line."""
        return "".join(each for each in self.data.get(name, "")[:300] if each.isprintable()).strip()

    @property
    def by_key(self) -> bool:
        """Whether the receiver signs with their key."""
        return "sign" in self.data

    @property
    def missing(self) -> list[Fault]:
        """What has to be filled in first, and scans that are none."""
        empty = [name for name in ASKED if not self.said(name)]
        found = [Fault(name, say("handing.needed", name=label(name))) for name in empty]
        return found + [Fault("file-receipt", text) for text in self.scans.faults.values()]

    def receiver(self, signed: Signed | None = None) -> Receiver:
        """Who receives it, for the act."""
        number, papers = self.said("number"), tuple(self.scans.of("receipt"))
        if self.data.get("as") == "representative":
            authority = self.said("authority")
            return Receiver(number, "representative", authority, papers, by_key=self.by_key, signed=signed)
        return Receiver(number, paper=papers, by_key=self.by_key, signed=signed)

    def do(self, actor: Actor, now: datetime, signed: Signed | None = None) -> None:
        """Hand it over. Raises what the act raises."""
        given = gives(self.page.law, self.page.case.channel, self.token.step)
        acts.hand_over(
            actor, self.page.case.ref, self.token.no, received_by=self.said("received-by"),
            identified_by=self.said("identified-by"), receiver=self.receiver(signed), now=now,
            outcome=given[0], key=self.data.get("key") or None,
        )  # fmt: skip

    def ask(self, actor: Actor, now: datetime) -> SigningRequest:
        """Ask the receiver, who stands at the window, to sign for it."""
        case, receiver = self.page.case, self.receiver()
        who = checked(
            case, receiver, self.said("received-by"), self.said("identified-by"), giver=actor.person
        )
        papers = {each.issued: each for each in papers_of(self.page)}
        content = receiving.bytes_of(
            case, self.token, self.page.law, who,
            {key: {"number": each.number, "code": each.code, "sha256": each.digest}
             for key, each in papers.items()},
            actor=actor, prepared_at=now,
        )  # fmt: skip
        shows = [evidence.Shown(each.name, each.digest, signing.PDF) for each in papers.values()]
        number = case.number or case.ref
        name = {language: f"{say('handing.receipt', language)}: {number}" for language in LANGUAGES}
        return evidence.ask(
            actor, HANDING, case.ref, [evidence.Item(HANDING, name, content, shows)],
            expected=signers.receiver_expected(who["number"], company=receiver.company(case)),
            params={"ref": case.ref, "no": self.token.no, "sent": self._kept()}, now=now,
        )  # fmt: skip

    def _kept(self) -> list[list[str]]:
        data = self.data.copy()
        data.setlist("scan", self.scans.notes)
        return signing.kept(data)
