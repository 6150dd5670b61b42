"""One case of the history, from its filing to where it stands at the end: the next move, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from qyzmet import clock
from qyzmet.cases import acts
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.laws import holds
from qyzmet.cases.models import CaseState
from qyzmet.demo.crowd import everybody
from qyzmet.demo.history.answers import Answers, mail_of, phrase
from qyzmet.demo.history.cast import Troupe, principal
from qyzmet.demo.history.habits import NEVER
from qyzmet.demo.history.lived import LivedWalk
from qyzmet.demo.history.papers import papers_for
from qyzmet.demo.history.part import WITHDRAW, Part
from qyzmet.demo.rehearsal.before import settled
from qyzmet.demo.rehearsal.filing import Filing, application, filer
from qyzmet.demo.rehearsal.keys import Keys
from qyzmet.demo.rehearsal.ways import Way, outcomes
from qyzmet.regulation.model import Package

__all__ = ["Player"]

REPENTED = timedelta(minutes=40)
"""After so long an application is taken back that was filed by mistake."""


@dataclass
class Player:
    """An event that comes again: first the filing, then each step. `at`: when next; NEVER: no more."""

    part: Part
    seed: str
    package: Package
    way: Way
    cast: Troupe
    at: datetime
    walk: LivedWalk | None = None
    turns: int = 0
    over: Callable[[Player, datetime], None] = lambda *_: None

    def play(self, at: datetime) -> None:
        """The next move."""
        self.cast.at = at
        if self.walk is None:
            self._file(at)
        elif self._unregistered():
            self._withdraw(at)
        elif self.walk.changed():
            pass
        elif self.turns == 1 and self._aside(at):
            self.turns += 1
        else:
            self.turns += 1
            self.walk.take(at)
        if self.walk is not None:
            self.at = self._next(at)
            if self.walk.ended():
                self.over(self, at)

    def woken(self, at: datetime) -> None:
        """Time or somebody else has moved things: look when the next step is."""
        if self.walk is not None and self.at == NEVER and not self.walk.ended():
            self.at = self._next(at)
            if self.walk.ended():  # by itself, as it was registered
                self.over(self, at)

    def _next(self, at: datetime) -> datetime:
        assert self.walk is not None  # noqa: S101 - asked only once it is filed
        planned = self.walk.plan()
        return at + REPENTED if self._unregistered() else max(planned, at)

    def _unregistered(self) -> bool:
        """Received, not yet registered, and about to be taken back."""
        return (
            self.part.then == WITHDRAW
            and self.walk is not None
            and self.walk.case.state == CaseState.RECEIVED
        )

    def _withdraw(self, at: datetime) -> None:
        """Whoever filed thinks better of it."""
        assert self.walk is not None  # noqa: S101 - asked only once it is filed
        walk, reason = self.walk, phrase(self.seed, "withdrawal")
        walk._act(lambda: acts.withdraw(walk.applicant, walk.case.ref, reason=reason, now=at))

    def _aside(self, at: datetime) -> bool:
        """After the first step: stopped from outside, where that is the story."""
        walk, kind = self.walk, outcomes(self.package).get(self.part.outcome, "")
        if walk is None:
            return False
        walk.now = at
        if kind == "suspension from outside":
            by, known = walk.keeper(self.part.outcome), walk.law.package.suspensions[self.part.outcome]
            walk._act(
                lambda: acts.suspend(
                    by, walk.case.ref, self.part.outcome, reason=known.name.kk, now=at, occurred=at
                )
            )
            return True
        return False

    def _file(self, at: datetime) -> None:
        who = self.cast.applicant("", self.part.applicant)
        given = {**(settled(who) if self.package.needs else {}), **self.part.given}
        filing = Filing(self.package, self.way, who, given)
        by, key = filer(self.cast, filing), f"{self.seed}"
        said = Keys.shared().sign_filing(by, self._application(filing, at), key=key, now=at)
        case = acts.submit(by, said, now=at, key=key)
        self.walk = LivedWalk(self, case, who)

    def _application(self, filing: Filing, at: datetime) -> Application:
        plain = application(self.cast, filing, at)
        channel = self.package.channels[self.way.channel]
        facts = self.way.facts() | {"visit": channel.visit}
        person = next((each for each in everybody() if each.iin == self.part.applicant), None)
        mail = self.part.email or (mail_of(person) if person and self.part.no % 3 else "")
        answers = Answers(clock.local(at).date(), filing.given, self.seed, self.part.body, mail)
        form = answers.form(self.package, facts)
        form |= {key: mail for s in self.package.form.values() for key, f in s.fields.items()
                 if f.type == "email" and mail and holds(s.only, facts)}  # fmt: skip
        documents = {key: papers_for(self.package, key, at) for key in plain.documents}
        return replace(
            plain, form=form, documents=documents, language=self.part.language,
            recipient=None if channel.by is None else principal(self.part.applicant),
        )  # fmt: skip
