"""Terms and limits: each can be read, each says one thing, and every case has an overall term."""

from __future__ import annotations

from collections.abc import Iterator

from qyzmet.clock import ClockError, parse_term
from qyzmet.regulation.checker.situations import decide
from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding
from qyzmet.regulation.model import Fee, FeePayer, Limit
from qyzmet.regulation.places import Path

__all__ = ["look"]

_ONE_OF = {"term": "term", "pick_up": "pick-up", "not_set": "not-set", "before_term_end": "before-term-end"}


def look(subject: Subject) -> Iterator[Finding]:
    """Unreadable terms, limits that say two things, cases without a term, bands out of order."""
    for path, part in subject.parts:
        if isinstance(part, Limit):
            yield from _limit(subject, path, part)
    for index, rule in enumerate(subject.package.term):
        yield from _readable(subject, ("term", index, "within"), rule.within)
    for key, duty in subject.package.duties.items():
        yield from _readable(subject, ("duties", key, "within"), duty.within)
    if subject.package.attach is None or subject.package.attach.stage == "after-result":
        yield from _covered(subject)
    yield from _fee(subject, subject.package.fee)


def _limit(subject: Subject, path: Path, limit: Limit) -> Iterator[Finding]:
    said = [key for name, key in _ONE_OF.items() if getattr(limit, name) is not None]
    if len(said) != 1:
        found = " and ".join(f"`{key}`" for key in said) or "none of them"
        message = f"a limit has one of term, pick-up, not-set and before-term-end; here stands {found}"
        yield subject.error("limit", path, message)
    for name in ("term", "before_term_end"):
        if (words := getattr(limit, name)) is not None:
            yield from _readable(subject, (*path, _ONE_OF[name]), words)


def _readable(subject: Subject, path: Path, words: str) -> Iterator[Finding]:
    try:
        parse_term(words)
    except ClockError as problem:
        yield subject.error("term", path, str(problem))


def _covered(subject: Subject) -> Iterator[Finding]:
    for situation in subject.situations:
        if all(decide(rule.only, situation.facts) is False for rule in subject.package.term):
            message = (
                f"no overall term holds for {situation.spoken}; add a rule for it, or say why there is none"
            )
            yield subject.notice("no-term", ("term",), message, situation.name or "term")


def _fee(subject: Subject, fee: Fee) -> Iterator[Finding]:
    if (fee.none is None) == (not fee.payers):
        message = "a fee is either `none` with the clause that says so, or has `payers`"
        yield subject.error("fee", ("fee",), message)
    if fee.payers and (fee.unit is None or fee.cite is None):
        yield subject.error("fee", ("fee",), "a fee with payers needs its `unit` and its `cite`")
    for key, payer in fee.payers.items():
        yield from _bands(subject, ("fee", "payers", key), payer)


def _bands(subject: Subject, path: Path, payer: FeePayer) -> Iterator[Finding]:
    if not payer.bands:
        return
    if payer.measure is None:
        yield subject.error("fee-bands", path, "bands need the `measure` that picks one")
    bounds = [band.up_to for band in payer.bands]
    inner = [bound for bound in bounds[:-1] if bound is not None]
    if bounds[-1] is not None or len(inner) < len(bounds) - 1 or inner != sorted(set(inner)):
        message = "bands grow by `up-to`, and the last has none: it takes whatever is over the others"
        yield subject.error("fee-bands", (*path, "bands"), message)
