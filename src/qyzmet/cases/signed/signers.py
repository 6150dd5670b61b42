"""Who may sign for whom.

| whose | who signs |
|---|---|
| a person's own | that person: the IIN of the certificate |
| a company's | its head, or one with signing right by the certificate: BIN and role |
| | a person whose authority for it is recorded and in force then, by a key of their own or the company's |
| | its information system, where the way in is for companies' own software |
| another person's | the representative with a recorded authority, by their own IIN |
| a step of a case | the official who completes it: IIN |
| a receipt at a window | whoever receives the result: that person by IIN; for a company as a company's own |

Cites: A120 §10(6); K4201 an.1 §8(6); K4201 an.2 §8(6); A120 §5(6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from qyzmet import identity
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Signed
from qyzmet.people.actor import Actor
from qyzmet.people.in_force import in_force
from qyzmet.people.models import Authority
from qyzmet.signatures import BINDING, Check, Expected, Verdict, signed_as_expected
from qyzmet.signatures.checks import outcome

__all__ = [
    "SYSTEMS",
    "Whose",
    "accept",
    "expected_of",
    "of_actor",
    "of_number",
    "of_official",
    "of_receiver",
    "receiver_expected",
]

SYSTEMS = frozenset({"information-system"})


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose signature is asked for: any one of `ways` is enough. `company`: the only BIN it may carry."""

    ways: tuple[Expected, ...]
    company: str = ""


def expected_of(actor: Actor) -> Expected:
    """What the page that asks for a signature can say beforehand: the person, or the company."""
    if actor.on_behalf_of is None and actor.kind == "legal-entity":
        return Expected(bin=actor.person)
    return Expected(iin=actor.person)


def of_official(actor: Actor) -> Whose:
    """The one who completes the step."""
    return Whose((Expected(iin=actor.person),))


def of_receiver(number: str, signed: Signed, now: datetime, *, company: bool) -> Whose:
    """The one a result is given to: nobody signs for a person who is not there."""
    if company:
        return of_number(number, signed, now, company=True)
    return Whose((Expected(iin=number),))


def receiver_expected(number: str, *, company: bool) -> Expected:
    """The same, as the page that asks for the signature can say it beforehand."""
    return Expected(bin=number) if company else Expected(iin=number)


def of_actor(actor: Actor, signed: Signed, now: datetime, *, software: bool = False) -> Whose:
    """The one who files, for themselves or for whom they act."""
    principal = actor.on_behalf_of
    if principal is None:
        company = actor.kind == "legal-entity"
        return of_number(actor.person, signed, now, company=company, software=software)
    bin_ = principal.number if principal.kind == "legal-entity" else ""
    ways = [Expected(iin=actor.person)] if _authorised(principal.number, [actor.person], now) else []
    if bin_:
        ways.append(Expected(iin=actor.person, bin=bin_, roles=BINDING))
        ways += [Expected(bin=bin_, roles=SYSTEMS)] if software else []
    return Whose(tuple(ways), bin_)


def of_number(number: str, signed: Signed, now: datetime, *, company: bool, software: bool = False) -> Whose:
    """A side known by its number: the person, the company, or who holds its authority at `now`."""
    people = [each.iin for each in signed.verdict.signers if each.iin != number]
    holders = _authorised(number, people, now)
    stand_ins = [Expected(iin=each) for each in holders]
    if not company:
        return Whose((Expected(iin=number), *stand_ins))
    systems = [Expected(bin=number, roles=SYSTEMS)] if software else []
    return Whose((Expected(bin=number, roles=BINDING), *stand_ins, *systems), number)


def accept(signed: Signed, whose: Whose, clause: str) -> None:
    """Raise ActRefused `signature-invalid` naming the first check that fails, of the signature or the signer.

    A pending verdict passes: it is confirmed later.
    """
    failed = signed.verdict.failed or _numbers(signed.verdict) or _signer(signed.verdict, whose)
    if not failed and signed.verdict.outcome == "invalid":
        raise refused("signature-needed", clause)
    if failed:
        raise invalid(failed[0], clause)


def invalid(check: Check, clause: str) -> Exception:
    """The refusal that names a failed check (process 4)."""
    detail = {lang: check.detail(lang).rstrip(".") for lang in ("kk", "ru", "en")}
    hint = {"check": check.check, "code": check.code, "facts": dict(check.facts)}
    return refused("signature-invalid", clause, detail=detail, hint=hint)


def _numbers(verdict: Verdict) -> Sequence[Check]:
    """National test numbers sign nothing in production."""
    if not settings.PRODUCTION:
        return ()
    wrong = [
        number
        for each in verdict.signers
        for number, right in ((each.iin, identity.is_iin(each.iin)), (each.bin, identity.is_bin(each.bin)))
        if number and not right
    ]
    return [outcome("subject-number", False, given=wrong[0])] if wrong else ()


def _signer(verdict: Verdict, whose: Whose) -> Sequence[Check]:
    """What is wrong with who signed: the checks that fail for the way that comes closest."""
    tried = [_added(verdict, way) for way in whose.ways]
    if not tried:
        return [outcome("signers-missing", False, wanted=whose.company or "-")]
    best = min(tried, key=len)
    if best:
        return best
    other = next((s for s in verdict.signers if whose.company and s.bin not in ("", whose.company)), None)
    if other is not None:
        return [outcome("bin-other", False, given=other.bin, wanted=whose.company)]
    return ()


def _added(verdict: Verdict, way: Expected) -> list[Check]:
    more = signed_as_expected(verdict, [way]).checks[len(verdict.checks) :]
    return [each for each in more if each.passed is False]


def _authorised(principal: str, people: Sequence[str], now: datetime) -> list[str]:
    """Which of the people hold a recorded authority for a principal at that moment."""
    wanted = [each for each in people if each]
    if not wanted:
        return []
    held = Authority.objects.filter(in_force(now), principal=principal, account__number__in=wanted)
    return list(held.values_list("account__number", flat=True).distinct())
