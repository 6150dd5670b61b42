"""The portal's processes and conditions on a case, as the acts draw them: what was checked, when, how it came
out.

Cites: A120 §10; K4201 an.1 §8; K4201 an.2 §8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from qyzmet.cases import rows
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, CaseState, Finding, SignatureRecord
from qyzmet.cases.queries.page import CasePage
from qyzmet.cases.signed import records_of
from qyzmet.cases.signed.confirming import NOT_ACCEPTED
from qyzmet.regulation.printing.words import say
from qyzmet.signatures import Check

__all__ = ["Condition", "Detail", "conditions"]

COMPLETE = "documents.complete"
LANGUAGES: tuple[Literal["kk", "ru", "en"], ...] = ("kk", "ru", "en")
DRAWN = re.compile(r"A120 §10|K4201 an\.[12] §8")
"""The sections that draw the portal's way; each process and condition is an item of theirs."""

Outcome = Literal["passed", "failed", "pending"]


@dataclass(frozen=True, slots=True)
class Detail:
    """One check inside a condition, in words. `party`: whose signature; `check` its public name."""

    check: str
    words: dict[str, str]
    outcome: Outcome
    party: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A process or a condition. `name` carries its kind and number as the acts print them; `clause` is empty
    where the act of this service draws no such way; `moment` is empty until it was come to (`pending`)."""

    kind: Literal["process", "condition"]
    number: int
    name: dict[str, str]
    clause: str
    outcome: Outcome
    moment: datetime | None
    details: tuple[Detail, ...] = ()


def conditions(page: CasePage) -> list[Condition]:
    """What was checked on the way in and what follows, in the order of the acts; empty for a filing at a
    counter. Details of signatures only for who sees the papers."""
    if page.law.package.channels[page.case.channel].by is not None:
        return []
    return list(_Drawn(page).all())


class _Drawn:
    def __init__(self, page: CasePage) -> None:
        self.page, self.case, self.law = page, page.case, page.law
        self.records = [each for each in records_of(self.case) if each.subject.startswith("filing:")]

    def all(self) -> Iterator[Condition]:
        """Messages of refusal stand only where they were sent."""
        received = self.case.received_at
        yield self._one("process", 1, "sign-in", "(2)", moment=received)
        yield self._one("condition", 1, "known", "(3)", moment=received)
        yield self._one("process", 3, "fill-in", "(5)", moment=received)
        signed = self._signed()
        if self.records:
            details = tuple(self._checks()) if "signatures" in self.page.shown else ()
            judged = None if signed == "pending" else max(each.judged_at for each in self.records)
            yield self._one("condition", 2, "signature", "(6)", signed, moment=judged, details=details)
        if signed == "failed":
            yield self._one("process", 4, "unsigned", "(7)", moment=self.case.ended_at)
            return
        sent = None if signed == "pending" else received
        yield self._one("process", 5, "send", "(8)", signed, moment=sent)
        yield from self._documents()
        yield from self._result()

    def _signed(self) -> Outcome:
        found = {each.outcome for each in self.records}
        return "failed" if "invalid" in found else "pending" if "pending" in found else "passed"

    def _checks(self) -> Iterator[Detail]:
        for record in self.records:
            for said in record.record.get("checks", ()):
                yield _detail(record, Check(**said))

    def _documents(self) -> Iterator[Condition]:
        if not self.law.checks(COMPLETE):
            return
        found = self._findings
        if not found:
            yield self._one("condition", 3, "check", "(9)", "pending")
            return
        last = found[-1]
        outcome: Outcome = "failed" if last.outcome == "failed" else "passed"
        details = tuple(_missing(self.law, each) for each in last.items)
        yield self._one("condition", 3, "check", "(9)", outcome, moment=last.at, details=details)
        if outcome == "failed" and self._refused:
            yield self._one("process", 6, "faulty", "(10)", moment=self.case.ended_at)

    def _result(self) -> Iterator[Condition]:
        if self.case.exit in (NOT_ACCEPTED, "withdrawn"):
            return
        ended = self.case.state == CaseState.ENDED
        # A120 counts a message about faulty documents before it; K4201 does not (an.1 §8(10), an.2 §8(10)).
        number, item = (6, "(10) ¶1") if self._base.startswith("K4201") else (7, "(11)")
        outcome: Outcome = "passed" if ended else "pending"
        yield self._one("process", number, "result", item, outcome, moment=self.case.ended_at)

    @cached_property
    def _findings(self) -> list[Finding]:
        wanted = "WHERE case_id = %s AND function = %s ORDER BY id"
        return rows.select(Finding, wanted, [self.case.pk, COMPLETE])

    @cached_property
    def _refused(self) -> bool:
        found = self.law.package.exits.get(self.case.exit or "")
        return found is not None and found.kind in {"refusal", NOT_ACCEPTED} and _ended(self.case)

    @cached_property
    def _base(self) -> str:
        """The section of this service's own act, as the way in cites it."""
        channel = self.law.package.channels[self.case.channel]
        found = DRAWN.search(channel.cite)
        return found[0] if found else ""

    def _one(
        self,
        kind: Literal["process", "condition"],
        number: int,
        key: str,
        item: str,
        outcome: Outcome = "passed",
        *,
        moment: datetime | None = None,
        details: tuple[Detail, ...] = (),
    ) -> Condition:
        name: dict[str, str] = {
            lang: say(f"interaction.{key}", lang, ids=self._ids(lang), n=number) for lang in LANGUAGES
        }
        clause = f"{self._base}{item}" if self._base else self._otherwise(key)
        return Condition(kind, number, name, clause, outcome, moment, details)

    def _otherwise(self, key: str) -> str:
        """Where no act draws the way: the clause that asks for the signature, or for the check."""
        if key in {"signature", "unsigned"}:
            return self.law.package.channels[self.case.channel].signed or ""
        return ""

    def _ids(self, lang: Literal["kk", "ru", "en"]) -> str:
        return "/".join(say(f"ids.{kind}", lang) for kind in self.law.package.recipients)


def _ended(case: Case) -> bool:
    return case.state == CaseState.ENDED


def _detail(record: SignatureRecord, check: Check) -> Detail:
    outcome: Outcome = "pending" if check.passed == "pending" else "passed" if check.passed else "failed"
    words: dict[str, str] = {lang: check.detail(lang) for lang in LANGUAGES}
    return Detail(check.check, words, outcome, record.subject.removeprefix("filing:"))


def _missing(law: Law, item: dict[str, Any]) -> Detail:
    document = law.package.documents.get(str(item.get("document")))
    words: dict[str, str] = {lang: document.name.in_language(lang) if document else "" for lang in LANGUAGES}
    return Detail("document", words, "failed")
