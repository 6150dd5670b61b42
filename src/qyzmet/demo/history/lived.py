"""A case lived through: when its next step is, who takes it, and in which words."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Protocol

from qyzmet import clock
from qyzmet.cases import acts
from qyzmet.cases.models import Case, CaseState, Suspension, Token, Vote
from qyzmet.demo.history.answers import Answers, phrase
from qyzmet.demo.history.cast import Troupe
from qyzmet.demo.history.habits import NEVER, Habits, dice
from qyzmet.demo.history.part import RESUME, Part
from qyzmet.demo.rehearsal.deeds import Deed, do
from qyzmet.demo.rehearsal.pace import working
from qyzmet.demo.rehearsal.walk import Walk
from qyzmet.demo.rehearsal.ways import Way
from qyzmet.people.actor import Actor

__all__ = ["LivedDeed", "LivedWalk", "Plot"]


class Plot(Protocol):
    """Which case this is: its part, its chance, who plays and where it heads."""

    part: Part
    seed: str
    cast: Troupe
    way: Way


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

    def __init__(self, plot: Plot, case: Case, applicant: Actor) -> None:
        part, self.seed, cast = plot.part, plot.seed, plot.cast
        self.part = part
        self._stood: tuple[object, ...] = ()
        self.next: tuple[datetime, Token, str] | None = None
        habits = Habits(seed=self.seed, halts=part.halts, slow=part.late)
        super().__init__(cast, case, applicant, aim=plot.way.aim, pace=habits, now=case.registered_at)
        self.troupe = cast
        cast.ref = case.ref

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
