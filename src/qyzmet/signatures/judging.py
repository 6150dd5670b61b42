"""The checks every signature goes through, whatever form it came in: from the certificate to revocation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from qyzmet.identity import is_bin, is_iin
from qyzmet.signatures.certificates.certificate import Certificate
from qyzmet.signatures.certificates.chain import Chain, build_chain
from qyzmet.signatures.certificates.roles import (
    ANY_PURPOSE,
    CLIENT_AUTH,
    EMAIL_PROTECTION,
    ROLES,
    roles_of,
)
from qyzmet.signatures.certificates.trust import Trust
from qyzmet.signatures.checks import Check, Outcome, outcome
from qyzmet.signatures.errors import check_of
from qyzmet.signatures.revocation.answer import Answer
from qyzmet.signatures.revocation.judge import judge_revocation
from qyzmet.signatures.rules import Rules
from qyzmet.signatures.timestamps import Stamp, judge_stamp
from qyzmet.signatures.verdict import Signer


@dataclass(frozen=True)
class Signed:
    """One signature as its form left it: who, the checks of the form, its value and what came with it."""

    certificate: Certificate
    checks: list[Check]
    value: bytes = field(repr=False)
    algorithm: str
    claimed_at: datetime | None = None
    time_stamp: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Judged:
    """One signer with the checks, the certificates and the sources they rest on."""

    signer: Signer
    checks: list[Check]
    certificates: tuple[Certificate, ...]
    roots: tuple[str, ...]
    sources: tuple[bytes, ...] = field(repr=False)


def judge(signed: Signed, trust: Trust, at: datetime, rules: Rules, number: int) -> Judged:
    """The checks time-stamp, subject, key-usage, policy, chain, validity and revocation, after the form's
    own.
    """
    certificate = signed.certificate
    stamp = _stamp(signed, trust, at, rules, number)
    moment = stamp.moment if stamp and stamp.moment else at
    chain = build_chain(certificate, trust)
    checks = [
        *signed.checks,
        *([stamp.check] if stamp else []),
        *holder_checks(certificate, rules, number),
        _chain(chain, number),
        validity_check(chain, moment, number),
    ]
    sources = list(stamp.sources) if stamp else []
    for below, link in enumerate(chain.links if chain.trusted else ()):
        answer = (
            None
            if below and link is chain.links[-1]
            else judge_revocation(link, chain.issuer_of(link), trust, moment)
        )
        if answer is not None:
            checks += _revocation(link, answer, number, own=below == 0)
            sources += [answer.source] if answer.source else []
    return Judged(
        signer=signer_of(signed, moment, stamp.moment if stamp else None),
        checks=checks,
        certificates=(*chain.links, *(stamp.chain if stamp else ())),
        roots=tuple(each.links[-1].sha256 for each in (chain,) if each.trusted)
        + tuple(each.sha256 for each in (stamp.chain[-1:] if stamp else ())),
        sources=tuple(sources),
    )


def holder_checks(certificate: Certificate, rules: Rules, number: int) -> list[Check]:
    """What the certificate itself says: the checks `subject`, `key-usage` and, if demanded, `policy`."""
    return [
        _subject(certificate, rules, number),
        _usage(certificate, rules, number),
        *_policy(certificate, rules, number),
    ]


def _stamp(signed: Signed, trust: Trust, at: datetime, rules: Rules, number: int) -> Stamp | None:
    if signed.time_stamp is not None:
        return judge_stamp(signed.time_stamp, signed.value, trust, at, number)
    return Stamp(outcome("stamp-missing", False, number)) if rules.time_stamp else None


def _subject(certificate: Certificate, rules: Rules, number: int) -> Check:
    subject = certificate.subject
    if subject.doubt:
        return outcome("subject-doubt", False, number)
    if not (subject.iin or subject.bin):
        return outcome("subject-nobody", False, number)
    if subject.iin and not is_iin(subject.iin, test_ids=rules.test_ids):
        return outcome("subject-number", False, number, given=subject.iin)
    if subject.bin and not is_bin(subject.bin, test_ids=rules.test_ids):
        return outcome("subject-number", False, number, given=subject.bin)
    return outcome("subject-named", True, number, name=subject.name, given=subject.iin or subject.bin)


def _usage(certificate: Certificate, rules: Rules, number: int) -> Check:
    usages = certificate.usages or frozenset()
    if certificate.is_authority:
        return outcome("usage-authority", False, number)
    needed = {"non_repudiation"} if rules.purpose == "sign" else {"non_repudiation", "digital_signature"}
    if not usages & needed:
        return outcome("usage-other", False, number, given=", ".join(sorted(usages)) or "-")
    purposes = set(certificate.purposes)
    fit = {EMAIL_PROTECTION, ANY_PURPOSE, *ROLES} | ({CLIENT_AUTH} if rules.purpose == "login" else set())
    if purposes and not purposes & fit:
        return outcome("usage-other", False, number, given=", ".join(sorted(purposes)))
    return outcome("usage-good", True, number)


def _policy(certificate: Certificate, rules: Rules, number: int) -> list[Check]:
    if not rules.policies:
        return []
    met = any(
        given == wanted or given.startswith(f"{wanted}.")
        for given in certificate.policies
        for wanted in rules.policies
    )
    given = ", ".join(certificate.policies) or "-"
    return [outcome("policy-good" if met else "policy-other", met, number, given=given)]


def _chain(chain: Chain, number: int) -> Check:
    if chain.trusted:
        return outcome("chain-good", True, number, name=chain.links[-1].subject.name)
    return outcome(chain.problem, False, number, name=chain.fact)


def validity_check(chain: Chain, moment: datetime, number: int) -> Check:
    """The check `validity`: whether every link was valid at the moment."""
    outside = chain.outside(moment)
    if outside is None:
        return outcome("validity-good", True, number, when=moment.isoformat())
    early = moment < outside.not_before
    edge = outside.not_before if early else outside.not_after
    return outcome(
        "validity-early" if early else "validity-late",
        False,
        number,
        name=outside.subject.name,
        edge=edge.isoformat(),
        when=moment.isoformat(),
    )


def _revocation(link: Certificate, answer: Answer, number: int, *, own: bool) -> list[Check]:
    """The signer's own certificate must have an answer; authorities above are refused only when revoked."""
    if not own and answer.status != "revoked":
        return []
    code = answer.code if own else "revoked-authority"
    passed: dict[str, Outcome] = {"good": True, "revoked": False, "pending": "pending"}
    facts = {"name": link.subject.name, **answer.facts}
    return [Check(check_of(code), passed[answer.status], code, facts, number)]


def signer_of(signed: Signed, moment: datetime, stamped_at: datetime | None = None) -> Signer:
    """Who signed, as the certificate says, judged at `moment`."""
    certificate, subject = signed.certificate, signed.certificate.subject
    return Signer(
        iin=subject.iin,
        bin=subject.bin,
        roles=roles_of(certificate.purposes),
        name=subject.name,
        organisation=subject.organisation,
        serial=certificate.serial_text,
        issuer=certificate.issuer_text,
        algorithm=signed.algorithm,
        certificate=certificate.sha256,
        policies=certificate.policies,
        moment=moment,
        stamped_at=stamped_at,
        claimed_at=signed.claimed_at,
    )
