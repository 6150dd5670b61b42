"""One case of the history, from its filing to where it stands at the end: the next move, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from qyzmet import clock
from qyzmet.cases import acts
from qyzmet.cases.intake import Application
from qyzmet.cases.laws import holds
from qyzmet.cases.models import Case, CaseState, Suspension, Token, Vote
from qyzmet.demo.crowd import everybody
from qyzmet.demo.history.answers import Answers, mail_of, phrase
from qyzmet.demo.history.cast import Troupe, principal
from qyzmet.demo.history.habits import NEVER, Habits, dice
from qyzmet.demo.history.papers import papers_for
from qyzmet.demo.history.part import RESUME, WITHDRAW, Part
from qyzmet.demo.rehearsal.before import settled
from qyzmet.demo.rehearsal.deeds import Deed, do
from qyzmet.demo.rehearsal.filing import Filing, application, filer
from qyzmet.demo.rehearsal.keys import Keys
from qyzmet.demo.rehearsal.pace import working
from qyzmet.demo.rehearsal.walk import Walk
from qyzmet.demo.rehearsal.ways import Way, outcomes
from qyzmet.people.actor import Actor
from qyzmet.regulation.model import Package

REPENTED = timedelta(minutes=40)
"""After so long an application is taken back that was filed by mistake."""

__all__ = ["LivedDeed", "LivedWalk", "Player"]


class LivedDeed(Deed):
    """A step as somebody of this case does it, in their own words."""

    walk: LivedWalk

    @property
    def actor(self) -> Actor:
        """Who has taken the step, or has the case."""
        if self.token.assignee_id is None:
            return super().actor
        where = self.token.organisation_id or self.case.provider_id
        members = self.cast.members(self.token.post, where)
        mine = [each for each in members if each.account == self.token.assignee_id]
        return mine[0] if mine else super().actor

    @property
    def grounds(self) -> list[dict[str, str]]:
        """One of the grounds that fit, with what was found."""
        found = self.fitting_grounds
        if not found:
            return []
        chosen = found[self.walk.part.ground % len(found)]
        said = phrase(f"{self.walk.seed}:{self.token.no}", "refusal")
        return [{**chosen, "reason": f"{chosen['reason']}: {said}"}]


class LivedWalk(Walk):
    """A walk that says when its next step is, and is taken one step at a time by who merges many."""

    def __init__(self, player: Player, case: Case, applicant: Actor) -> None:
        part, self.seed, cast = player.part, player.seed, player.cast
        self.part = part
        self._stood: tuple[object, ...] = ()
        self.next: tuple[datetime, Token, str] | None = None
        habits = Habits(self.seed, part.halts, part.late)
        super().__init__(cast, case, applicant, aim=player.way.aim, pace=habits, now=case.registered_at)
        self.troupe = cast

    def look(self) -> None:
        """Read the case again; nobody is told the steps here."""
        self.case = Case.objects.get(pk=self.case.pk)

    def ended(self) -> bool:
        """Whether the case is over."""
        return self.case.state == CaseState.ENDED

    def plan(self) -> datetime:
        """When the next step is done; NEVER when there is none to come."""
        self.look()
        self._stood = self._stands()
        if self.ended() or self.case.state == CaseState.RECEIVED:
            return NEVER
        if self.case.state == CaseState.SUSPENDED and self.part.then == RESUME:
            return self._resumption()
        choices = self._choices()
        due = [(self._when(t, choices[t.step]), t.no, t) for t in self.open() if t.step in choices]
        if not due:
            return NEVER
        moment, _, token = min(due)
        self.next = (moment, token, choices[token.step])
        return moment if moment != NEVER else self._before_the_halt(token)

    def _resumption(self) -> datetime:
        """The suspension is lifted some days after it began."""
        began = Suspension.objects.filter(case=self.case, until=None).latest("pk").effective_at
        self.next = None
        return working("5 working days", began, self.case.provider_id)

    def _take_up(self, at: datetime) -> None:
        """The suspension is lifted."""
        ground = self.case.suspensions[0][0]
        by, known = self.keeper(ground), self.law.package.suspensions[ground]
        self._act(lambda: acts.resume(by, self.case.ref, ground, reason=known.until.kk, now=at))
        self.aim = None

    def _before_the_halt(self, token: Token) -> datetime:
        """A step nobody finishes is at least taken, or has a first vote."""
        chance = dice(self.seed, "halt", token.no)
        if token.suspended or chance.random() < 0.4 or self._begun(token):
            return NEVER
        if token.kind not in {"task", "collegial"} or not token.post:
            return NEVER
        self.next = (NEVER, token, "")
        minutes = chance.randrange(15, 200)
        return working(f"{minutes} minutes", token.opened_at, token.organisation_id or self.case.provider_id)

    def _begun(self, token: Token) -> bool:
        return token.assignee_id is not None or Vote.objects.filter(token_id=token.pk).exists()

    def _begin(self, token: Token, at: datetime) -> None:
        """Taken by one of the post; in a commission a member votes, or one recuses themselves."""
        members = self.cast.members(token.post, token.organisation_id or self.case.provider_id)
        if token.kind == "task":
            who = self.cast.official(token.post, token.organisation_id or self.case.provider_id)
            self._act(lambda: acts.take(who, self.case.ref, token.no, now=at))
            return
        place = self.part.no % len(members)
        if self.part.no % 6 == 5:
            reason = phrase(self.seed, "recusal")
            self._act(lambda: acts.recuse(members[place], self.case.ref, token.no, reason=reason, now=at))
            return
        outcome = next(iter(self.law.step(token.step).then))
        for member in members[place : place + 2]:
            self._act(partial(acts.vote, member, self.case.ref, token.no, outcome, now=at))

    def changed(self) -> bool:
        """Whether somebody else, or time, has moved the case since the plan was made."""
        self.look()
        return self._stands() != self._stood

    def take(self, at: datetime) -> None:
        """Do what was planned."""
        self.now = self.troupe.at = at
        if self.next is None:
            self._take_up(at)
        elif self.next[0] == NEVER:
            self._begin(self.next[1], at)
        else:
            self._do(*self.next[1:])

    def _stands(self) -> tuple[object, ...]:
        tokens = Token.objects.filter(case=self.case, closed_at__isnull=True)
        rows = tokens.order_by("no").values_list("no", "opened_at", "due", "suspended", "assignee_id")
        return (self.case.state, *rows)

    def _deed(self, token: Token, outcome: str) -> LivedDeed:
        deed = LivedDeed(self.cast, self.case, token, outcome=outcome, now=self.now, applicant=self.applicant)
        deed.walk = self
        seed = f"{self.seed}:{token.no}"
        deed.samples = Answers(clock.local(self.now).date(), {}, seed, self.part.body)
        return deed

    def _do(self, token: Token, outcome: str) -> None:
        deed = self._deed(token, outcome)
        self._act(lambda: do(deed, self.pace), token.step)


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
