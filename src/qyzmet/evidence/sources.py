"""Fresh evidence about certificates that chain to trust: the status service first, lists where it is silent.

Nothing is ever fetched for a certificate somebody made himself: its addresses would be his choice.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime

from qyzmet.evidence.addresses import list_addresses, status_addresses
from qyzmet.evidence.fetching import SourceSilent, fetch
from qyzmet.evidence.lists import current_list
from qyzmet.evidence.trusting import trust
from qyzmet.signatures import Certificate, SignatureError, SignedMessage, Trust, read_cms
from qyzmet.signatures.certificates.chain import Chain, build_chain
from qyzmet.signatures.cms.checking import certificate_of
from qyzmet.signatures.revocation.ocsp import build_request, judge_by_ocsp, nonce_of

__all__ = ["Sources", "chains_of"]


class Sources:
    """What the sources say at one moment. Kept for several signatures of one request: each certificate is
    asked about once."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._asked: set[str] = set()
        self._crls: dict[bytes, None] = {}
        self._ocsps: dict[bytes, None] = {}

    @property
    def said(self) -> bool:
        """Whether any of them said anything; without it all is as it was."""
        return bool(self._crls or self._ocsps)

    def added_to(self, known: Trust) -> Trust:
        """The trust with everything the sources said."""
        return known.with_more((), self._crls, self._ocsps)

    def ask_about(self, chain: Chain) -> None:
        """Ask about the first certificate of a trusted chain, and look up the authorities above it."""
        if not chain.trusted:
            return
        for place, (link, issuer) in enumerate(zip(chain.links, chain.links[1:], strict=False)):
            if link.sha256 in self._asked or not link.checks_revocation:
                continue
            self._asked.add(link.sha256)
            if place or not self._answered(link, issuer):
                self._look_up(link, chain.links[1:])

    def _answered(self, certificate: Certificate, issuer: Certificate) -> bool:
        for address in status_addresses(certificate):
            try:
                answer = _status(address, certificate, issuer)
                said = judge_by_ocsp(certificate, issuer, [answer], self.now)
            except (SourceSilent, SignatureError):
                # What does not read or is signed by nobody we know is as good as silence.
                continue
            if said.status != "pending":
                self._ocsps[answer] = None
                return True
        return False

    def _look_up(self, certificate: Certificate, above: tuple[Certificate, ...]) -> None:
        whole, each_of = list_addresses(certificate)
        if not whole and not each_of:
            return
        known = trust()
        authorities = (*above, *known.intermediates, *known.roots)
        for address in whole:
            if self._listed(address, authorities):
                break
        for address in each_of:
            self._listed(address, authorities)

    def _listed(self, address: str, authorities: tuple[Certificate, ...]) -> bool:
        try:
            self._crls[current_list(address, authorities, self.now)] = None
        except SourceSilent:
            return False
        return True


def chains_of(message: SignedMessage, known: Trust) -> Iterator[Chain]:
    """The chain of every signer, and of the authority behind every time stamp."""
    wider = known.with_more(message.certificates)
    for signer in message.signers:
        certificate = certificate_of(signer, (*message.certificates, *known.intermediates, *known.roots))
        if certificate is not None:
            yield build_chain(certificate, wider)
        if signer.time_stamp is not None:
            yield from _stamped_by(signer.time_stamp, wider)


def _stamped_by(token: bytes, known: Trust) -> Iterator[Chain]:
    try:
        message = read_cms(token)
    except SignatureError:
        # An unreadable stamp has nobody to ask about; verification names it.
        return
    wider = known.with_more(message.certificates)
    found = certificate_of(message.signers[0], (*message.certificates, *known.intermediates))
    if found is not None:
        yield build_chain(found, wider)


def _status(address: str, certificate: Certificate, issuer: Certificate) -> bytes:
    """An answer to this very question. Raises SourceSilent, SignatureError for what does not read."""
    nonce = secrets.token_bytes(16)
    question = build_request(certificate, issuer, nonce)
    answer = fetch(address, question, "application/ocsp-request")
    repeated = nonce_of(answer)
    # Responders that answer from a store leave the nonce out; then freshness alone decides.
    if repeated and repeated != nonce:
        raise SourceSilent(address, "it answered another question")
    return answer
