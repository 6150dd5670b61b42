"""Asking over the e-government gateway: a question signed by the System's key, an answer by a system's.

An answer counts only if it is to this message, its signature covers the Body, its certificate chains to trust
and is that of an information system, and it is not older than the question. Time limits and the breaker are
those of every source of evidence; the breaker counts by database, because one silent owner silences no other.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from lxml import etree

from qyzmet.clock import local
from qyzmet.evidence.fetching import SourceSilent, fetch
from qyzmet.evidence.system import system_key
from qyzmet.evidence.trusting import trust
from qyzmet.gateway.statedata import payload, soap
from qyzmet.gateway.statedata.port import Answered, Late, Outcome, Question, Refused, StateDataFailed
from qyzmet.gateway.statedata.wss import open_envelope, sign_envelope
from qyzmet.regulation.state_databases import load_databases
from qyzmet.signatures import Certificate, SignatureError
from qyzmet.signatures.certificates.chain import build_chain
from qyzmet.signatures.certificates.roles import roles_of

__all__ = ["SmartBridge"]

SOAP_TYPE = "text/xml; charset=utf-8"
LARGEST = 4 << 20
WITHIN = 10.0
SKEW = timedelta(minutes=5)
"""How far the gateway's clock may be from ours."""
REFUSALS = {"NOT_FOUND": "not-found", "DENIED": "denied"}
SYSTEM = "information-system"


class SmartBridge:
    """The gateway at an address, which knows us as `sender`."""

    def __init__(self, address: str, sender: str, password: str) -> None:
        self._address, self._sender, self._password = address, sender, password

    def ask(self, question: Question) -> Outcome:
        """Ask, or fetch the answer to a question taken before. Raises StateDataFailed."""
        raw = self._posted(question)
        try:
            opened = open_envelope(raw)
        except SignatureError as problem:
            # A fault is not signed; its own words help more than the missing signature.
            raise StateDataFailed("signature", str(problem)) from problem
        _relied_on(opened.certificate, question.now)
        try:
            said = soap.read_reply(opened.body)
            _answers(said, question)
            answer = payload.read_answer(said.data) if said.data is not None else None
        except ValueError as problem:
            raise StateDataFailed("unreadable", str(problem)) from problem
        if said.code != soap.DONE or answer is None:
            raise StateDataFailed("fault", f"{said.code} {said.words}"[:200])
        return _outcome(answer, said.at, opened.certificate, raw)

    def _posted(self, question: Question) -> bytes:
        database = load_databases()[question.database]
        at = local(question.now)
        root, inside = soap.request(
            message=question.message, correlation=question.message if question.again else "",
            service=database.service, sender=self._sender, password=self._password, at=at,
        )  # fmt: skip
        payload.write_question(
            inside, message=question.message, about=question.about, sender=self._sender,
            purpose=question.purpose, consent=question.consent, at=at,
        )  # fmt: skip
        signed = sign_envelope(etree.tostring(root), system_key(), body_id=f"id-{question.message}")
        try:
            return fetch(self._address, signed, SOAP_TYPE, limit=LARGEST, within=WITHIN,
                         known_as=f"state-data {question.database}")  # fmt: skip
        except SourceSilent as problem:
            code = "fault" if "HTTPError" in problem.why else "silent"
            raise StateDataFailed(code, problem.why) from problem


def _relied_on(certificate: Certificate, now: datetime) -> None:
    """The key of an information system, of an authority we trust, in force now."""
    chain = build_chain(certificate, trust())
    if not chain.trusted:
        raise StateDataFailed("signature", f"{chain.problem} {chain.fact}")
    if (outside := chain.outside(now)) is not None:
        raise StateDataFailed("signature", f"{outside.subject.name} is not in force")
    if SYSTEM not in roles_of(certificate.purposes):
        raise StateDataFailed("signature", "the key is no information system's")


def _answers(said: soap.Reply, question: Question) -> None:
    """An answer to another question, or one given before this was asked, is nobody's answer."""
    if question.message not in (said.correlation, said.message):
        raise StateDataFailed("other-question", said.correlation or said.message)
    if not question.now - SKEW <= said.at <= question.now + SKEW:
        raise StateDataFailed("other-question", f"it was given at {said.at.isoformat()}")


def _outcome(answer: payload.Said, at: datetime, certificate: Certificate, raw: bytes) -> Outcome:
    if answer.status == "PROCESSING":
        return Late()
    if answer.status in REFUSALS:
        return Refused(REFUSALS[answer.status], answer.words[:500])
    subject = certificate.subject
    source = ", ".join(filter(None, (subject.name or subject.organisation, subject.bin)))
    return Answered(answer.data, answer.as_of or at, source, raw)
