"""Keys with which a rehearsal signs: of the demo's authority, in memory, every signature a real one.

keys = Keys.shared()
keys.signed(number, data, at)  # by whoever signs for that IIN or BIN, judged with a fresh list
keys.sign_filing(actor, application, key="…", now=at)  # the application with everyone's signature
keys.sign_step(actor, case, token, Told(outcome, output, grounds), now=at)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

from qyzmet.cases import blobs
from qyzmet.cases.filing.editions import complaint_law, edition_for
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Case, Token
from qyzmet.cases.signed import Signed
from qyzmet.cases.signed.filing import APPLICANT, party_number, signing_parties
from qyzmet.cases.signed.prepared import application_bytes, decision_bytes
from qyzmet.demo.authority import DemoAuthority
from qyzmet.demo.authority.answering import LIST_HOLDS
from qyzmet.demo.crowd import companies
from qyzmet.identity import looks_like
from qyzmet.people.actor import Actor
from qyzmet.regulation.model.steps import DONE
from qyzmet.signatures import Rules, SigningKey, Trust, Verdict, digest, sign_cms, verify_cms

__all__ = ["Keys", "Told"]

_lent: list[Keys] = []
DIGESTS = ("sha256", "streebog512")
SOMEBODY = "811201401188"
"""Who signs for a company that nobody of the demo heads."""


@dataclass(frozen=True, slots=True)
class Told:
    """How a step is to come out, for whoever signs it."""

    outcome: str = DONE
    output: Mapping[str, Any] = field(default_factory=dict)
    grounds: Sequence[Mapping[str, str]] = ()


Papers = Callable[[Actor, Case, Token, Told, datetime], Mapping[str, Mapping[str, str]]]
"""The documents a step will issue, printed before it is signed: {number, code, sha256} by document."""


class Keys:
    """Signing for anybody. `papers`: the documents officials sign with a step; none unless wanted."""

    def __init__(self, authority: DemoAuthority) -> None:
        self.authority = authority
        self.papers: Papers = _no_papers
        self._list: tuple[datetime, Trust] | None = None

    @classmethod
    def shared(cls) -> Keys:
        """Those of this process: a key is made once."""
        return _lent[-1] if _lent else _shared()

    @classmethod
    @contextmanager
    def lent(cls, keys: Keys) -> Iterator[None]:
        """While this lasts `keys` are the shared ones."""
        _lent.append(keys)
        try:
            yield
        finally:
            _lent.remove(keys)

    def key(self, number: str, company: str = "") -> SigningKey:
        """The key of a person, for themselves or as the head of a company; of a BIN, its head's."""
        if looks_like(number) == "bin":
            heads = {each.bin: each.head for each in companies()}
            number, company = heads.get(number, SOMEBODY), number
        return self.authority.key_of(number, bin=company, roles=("head",) if company else ())

    def signed(self, number: str, data: bytes, at: datetime, company: str = "") -> Signed:
        """The bytes signed and judged; they are kept as a blob."""
        return self.judged(data, sign_cms(data, [self.key(number, company)], at=at), at)

    def judged(self, data: bytes, signature: bytes, at: datetime) -> Signed:
        """A detached signature judged, its bytes kept as a blob."""
        return Signed(blobs.put(data, "application/json", now=at), self.verdict(data, signature, at))

    def verdict(self, data: bytes, signature: bytes, at: datetime) -> Verdict:
        """The verdict on a detached signature by the authority's list."""
        content = {name: digest(name, data) for name in DIGESTS}
        return verify_cms(
            signature, at=at, trust=self._trust(at), content=content, rules=Rules(test_ids=True)
        )

    def sign_filing(
        self, actor: Actor, application: Application, *, key: str, now: datetime, about: str = ""
    ) -> Application:
        """The application signed by everyone its way in asks for, over the same bytes."""
        law = complaint_law(now) if about else edition_for(application.service, now).law
        facts = law.facts(_facts(law, application, actor))
        wanted = signing_parties(law, application.channel, facts)
        if not wanted:
            return application
        data = application_bytes(
            application, actor=actor, edition=law.name, filing=key, prepared_at=now, about=about
        )
        signatures = {
            party: self.signed(actor.person, data, now, _company(actor))
            if party == APPLICANT
            else self.signed(party_number(law, party, application.parties, application.form), data, now)
            for party in wanted
        }
        return replace(application, signatures=signatures)

    def sign_step(self, actor: Actor, case: Case, token: Token, told: Told, *, now: datetime) -> Signed:
        """The official's signature on how a step comes out."""
        data = decision_bytes(
            case, token, edition=law_of(case.edition_id).name, outcome=told.outcome, output=told.output,
            grounds=told.grounds, documents=self.papers(actor, case, token, told, now), actor=actor,
            prepared_at=now,
        )  # fmt: skip
        return self.signed(actor.person, data, now)

    def _trust(self, at: datetime) -> Trust:
        """The authority's roots with its list, made anew when it is out of date."""
        if self._list is None or not self._list[0] <= at < self._list[0] + LIST_HOLDS:
            moment = at.replace(microsecond=0)
            self._list = (moment, self.authority.trust().with_more((), (self.authority.crl(moment),), ()))
        return self._list[1]


def _no_papers(*_step: object) -> dict[str, dict[str, str]]:
    return {}


@cache
def _shared() -> Keys:
    return Keys(DemoAuthority.temporary())


def _facts(law: Law, application: Application, actor: Actor) -> dict[str, Any]:
    facts = {"channel": application.channel, "recipient": actor.party_kind, **application.variant}
    return facts | {f"form.{name}": value for name, value in application.form.items()}


def _company(actor: Actor) -> str:
    principal = actor.on_behalf_of
    return principal.number if principal and principal.kind == "legal-entity" else ""
