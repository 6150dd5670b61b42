"""The chain from a certificate to a trusted root (RFC 5280 §6), by names, key identifiers and signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qyzmet.signatures.certificates.certificate import Certificate, by_subject
from qyzmet.signatures.certificates.trust import Trust
from qyzmet.signatures.errors import SignatureError

_LONGEST = 6
# Tries of one search: a file full of look-alike authorities ends here, not in hours of arithmetic.
_TRIES = 40


@dataclass(frozen=True, slots=True)
class Chain:
    """From the certificate up. `problem` is the code of what went wrong, empty for a chain that ends in
    trust.
    """

    links: tuple[Certificate, ...]
    problem: str = ""
    fact: str = ""

    @property
    def trusted(self) -> bool:
        """Whether it ends in a trusted root."""
        return not self.problem

    def issuer_of(self, certificate: Certificate) -> Certificate:
        """The authority above a link; the root is its own."""
        place = self.links.index(certificate)
        return self.links[min(place + 1, len(self.links) - 1)]

    def outside(self, moment: datetime) -> Certificate | None:
        """The first link not valid at the moment."""
        return next((link for link in self.links if not link.holds(moment)), None)


def build_chain(certificate: Certificate, trust: Trust) -> Chain:
    """The chain of a certificate, or the longest one found with the reason it is not trusted.

    Validity in time is not judged here: see `Chain.outside`.
    """
    search = _Search(trust)
    if found := search.above((certificate,)):
        return _judged(Chain(found))
    links = search.best or (certificate,)
    last = links[-1]
    if search.weak:
        return Chain(links, search.weak.code, search.weak.facts.get("name", ""))
    if last.self_issued:
        return Chain(links, "chain-root-foreign", last.subject.name)
    return Chain(links, "chain-issuer-unknown", last.issuer_text)


class _Search:
    def __init__(self, trust: Trust) -> None:
        self._trust = trust
        self._known = by_subject((*trust.roots, *trust.intermediates))
        self._tries = 0
        self.best: tuple[Certificate, ...] = ()
        self.weak: SignatureError | None = None

    def above(self, links: tuple[Certificate, ...]) -> tuple[Certificate, ...] | None:
        """The links with everything above them up to a trusted root, or None."""
        last = links[-1]
        if self._trust.trusts(last):
            return links
        if len(links) > len(self.best):
            self.best = links
        if len(links) >= _LONGEST:
            return None
        for issuer in self._candidates(last):
            if issuer not in links and self._issued(issuer, last) and (found := self.above((*links, issuer))):
                return found
        return None

    def _candidates(self, certificate: Certificate) -> list[Certificate]:
        named = self._known.get(certificate.issuer, [])
        wanted = certificate.issuer_key_id
        return [each for each in named if None in (wanted, each.key_id) or wanted == each.key_id]

    def _issued(self, issuer: Certificate, certificate: Certificate) -> bool:
        self._tries += 1
        if self._tries > _TRIES:
            return False
        try:
            return issuer.issued(certificate)
        except SignatureError as problem:
            self.weak = problem
            return False


def _judged(chain: Chain) -> Chain:
    """The rules each link above the first has to keep."""
    for below, authority in enumerate(chain.links[1:]):
        if not authority.is_authority:
            return Chain(chain.links, "chain-not-authority", authority.subject.name)
        if authority.path_length is not None and below > authority.path_length:
            return Chain(chain.links, "chain-too-long", authority.subject.name)
    for link in chain.links:
        if link.strange:
            return Chain(chain.links, "chain-strange-extension", link.strange[0])
    return chain
