"""One case from the door to its end: the next step chosen from where the case stands, and done by an act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from qyzmet import clock
from qyzmet.cases import acts, hearings
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, CaseState, Finding, Token
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.steps.moves import state_of
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.demo.rehearsal.deeds import TIMEOUT, Deed, do
from qyzmet.demo.rehearsal.pace import HOLD, Pace, working
from qyzmet.demo.rehearsal.script import Stuck
from qyzmet.demo.rehearsal.told import Row, rows_of
from qyzmet.people.actor import Actor
from qyzmet.regulation.engine import NoPath, find_path

__all__ = ["Walk"]

MOST = 200
"""Steps of one case before it is said to go round in a circle."""


class Walk:
    """A case on its way. `aim` is the exit it heads for, `now` the stepped clock, `told` the rows so far."""

    def __init__(
        self, cast: Cast, case: Case, applicant: Actor, *, aim: str | None, pace: Pace, now: datetime
    ) -> None:
        self.cast, self.case, self.applicant = cast, case, applicant
        self.aim, self.pace, self.now = aim, pace, now
        self.law = law_of(case.edition_id)
        self.told: list[Row] = []
        self._seen: set[int] = set()
        self.look()

    def to_the_end(self) -> None:
        """Do step after step until the case has ended. Raises Stuck where it is stuck."""
        for _ in range(MOST):
            if self.case.state == CaseState.ENDED:
                return
            self.step()
        raise Stuck(f"{self._stuck()}: it goes round in a circle")

    def step(self) -> None:
        """Do the next step, or lift the suspension the case waits in."""
        choices = self._choices()
        due = [(self._when(t, choices[t.step]), t.no, t) for t in self.open() if t.step in choices]
        if not due:
            if self.case.state != CaseState.SUSPENDED:
                raise Stuck(f"{self._stuck()}: nobody can do anything with it")
            self.resume()
            return
        moment, _, token = min(due)
        self.now = max(self.now, moment)
        self._do(token, choices[token.step])
        self.look()

    def open(self) -> list[Token]:
        """The steps somebody could do now."""
        tokens = Token.objects.filter(case=self.case, closed_at__isnull=True).order_by("no")
        return [t for t in tokens if not t.suspended and t.kind != "all-of"]

    def look(self) -> None:
        """Read the case again and tell what was done since."""
        self.case = Case.objects.get(pk=self.case.pk)
        closed = Token.objects.filter(case=self.case, closed_at__isnull=False).order_by("no")
        fresh = [t for t in closed if t.pk not in self._seen]
        self._seen |= {t.pk for t in fresh}
        self.told += rows_of(self.law, self.case, [t for t in fresh if not t.cancelled])

    def resume(self) -> None:
        """Lift the suspension three working days after it began."""
        ground = self.case.suspensions[0][0]
        known = self.law.package.suspensions[ground]
        began, self.now = self.now, max(self.now, working(HOLD, self.now, self.case.provider_id))
        by = self.keeper(ground)
        self._act(lambda: acts.resume(by, self.case.ref, ground, reason=known.until.kk, now=self.now))
        self.tell("resume", by, began, known.cite)
        self.aim = None
        self.look()

    def keeper(self, ground: str) -> Actor:
        """Who enters and lifts a suspension on this ground."""
        by = self.law.package.suspensions[ground].by
        if not by:
            return self.cast.anyone(self.case.provider_id)
        role = self.law.package.posts[by[0]].org
        return self.cast.official(by[0], self.case.orgs[role])

    def tell(self, name: str, by: Actor, opened: datetime, cite: str) -> None:
        """A row for what is done to a case without being a step of it."""
        role = next((r for r, body in self.case.orgs.items() if body == by.organisation), "")
        self.told.append(
            Row(name, by.post or "applicant", role, opened, None, self.now, cite, by.person, by.organisation)
        )

    def _choices(self) -> dict[str, str]:
        """Step → the outcome it has on the way to the aim from here."""
        tokens = list(Token.objects.filter(case=self.case, closed_at__isnull=True).order_by("no"))
        facts = self.law.facts(self.case.facts)
        try:
            path = find_path(
                self.law.program, facts, self.aim, clock.local(self.now), state=state_of(self.case, tokens)
            )
        except NoPath:
            raise Stuck(f"{self._stuck()}: no way leads from there to {self.aim}") from None
        choices: dict[str, str] = {}
        for choice in path:
            choices.setdefault(choice.step, choice.outcome)
        return choices

    def _when(self, token: Token, outcome: str) -> datetime:
        waits = token.kind == "timer" or (token.kind == "await" and outcome == TIMEOUT)
        moment = self.pace.moment(self.law, self.case, token, waits=waits)
        if (
            token.step.startswith(f"{hearings.HEARING}:")
            and token.step != f"{hearings.HEARING}:{hearings.NOTICE}"
        ):
            notice = Token.objects.filter(
                case=self.case, step=f"{hearings.HEARING}:{hearings.NOTICE}", closed_at__isnull=False
            ).latest("no")
            moment = max(moment, datetime.fromisoformat(notice.output["hearing-at"]))
        return moment

    def _do(self, token: Token, outcome: str) -> None:
        if token.kind == "sub-case":
            child = Case.objects.get(parent=self.case, parent_token=token.no)
            inner = Walk(self.cast, child, self.applicant, aim=outcome, pace=self.pace, now=self.now)
            inner.to_the_end()
            self.now = inner.now
            return
        deed = Deed(self.cast, self.case, token, outcome=outcome, now=self.now, applicant=self.applicant)
        self._act(lambda: do(deed, self.pace), token.step)

    def _act(self, act: Callable[[], object], step: str = "") -> None:
        try:
            act()
        except ActRefused as refusal:
            faults = f" ({', '.join(f'{k}: {v}' for k, v in refusal.hint.items())})" if refusal.hint else ""
            raise Stuck(
                f"{self.law.package.service} is stuck at {step or 'an act'}: {refusal.text['en']}{faults}"
            ) from refusal

    def _stuck(self) -> str:
        standing = ", ".join(t.step for t in self.open()) or "no step"
        found = Finding.objects.filter(case=self.case).exclude(outcome__in=("passed", "done")).last()
        why = f", after {found.function} found {found.items or found.outcome}" if found else ""
        return f"{self.law.package.service} stands at {standing}{why}"
