"""A rehearsal in a browser: it says whose turn it is and which outcome leads to the aim; people press the buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from qyzmet.cases import acts
from qyzmet.cases.delivery import outbox
from qyzmet.cases.models import Case, Token
from qyzmet.config import clock
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.demo.rehearsal.deeds import TIMEOUT, Deed
from qyzmet.demo.rehearsal.pace import Pace
from qyzmet.demo.rehearsal.walk import Walk
from qyzmet.people.actor import SYSTEM, Actor
from tests.walking.filling import errors_of, fill
from tests.walking.person import Person

__all__ = ["BrowserWalk"]

IDENTIFIED = "012345678 жеке куәлік"
GIVEN = ".hand a[href^='/office/handing-over/']"
TRIES = 4
Look = Callable[[str], None]


class BrowserWalk(Walk):
    """`done`: the steps people did, in order."""

    def __init__(self, cast: Cast, case: Case, applicant: Actor, aim: str | None, now: datetime,
                 person: Person, paper: Path, look: Look) -> None:  # fmt: skip
        self.person, self.page, self.paper, self.shown = person, person.page, paper, look
        self.done: list[str] = []
        super().__init__(cast, case, applicant, aim=aim, pace=Pace(), now=now)

    def _do(self, token: Token, outcome: str) -> None:
        deed = Deed(self.cast, self.case, token, outcome=outcome, now=self.now, applicant=self.applicant)
        self.done.append(token.step)
        with clock.hold(self.now):
            if token.kind == "timer" or (token.kind == "await" and outcome == TIMEOUT):
                acts.expire(SYSTEM, self.case.ref, token.no, now=self.now)
            elif token.kind == "collegial":
                self._sit(deed)
            else:
                self._take_up(deed.actor)
                self._complete(deed)
            while outbox.deliver_due(self.now, ["documents"]):
                pass

    def _take_up(self, actor: Actor) -> None:
        """The case is among the tasks of whoever's turn it is."""
        self.person.is_now(actor)
        self.page.open("/office/")
        self.page.go(f"[data-row] a[href^='/office/cases/{self.case.ref}']")

    def _sit(self, deed: Deed) -> None:
        """Every member votes; who chairs votes last and closes."""
        where = deed.token.organisation_id or self.case.provider_id
        chair, *members = self.cast.members(deed.token.post, where)
        for member in (*members, chair):
            self._take_up(member)
            self.page.go(f"form[action$='/steps/{deed.token.no}/vote'] button[value='{deed.outcome}']")
        self._complete(deed)

    def _complete(self, deed: Deed) -> None:
        no, page = deed.token.no, self.page
        form = f"#do-{no}"
        if self._there(GIVEN):
            self._hand_over(deed)
            return
        if self._there(f".offers a[href*='do={no}&']"):
            page.go(f".offers a[href*='do={no}&outcome={deed.outcome}#']")
        for _ in range(TRIES):
            fill(page, deed.step.output, deed.samples, within=form, prefix="o.", paper=self.paper)
            self.shown(deed.token.step.replace(":", "-"))
            page.go(f"{form} button[data-key=c]")
            self.person.sign_if_asked()
            if Token.objects.get(pk=deed.token.pk).closed_at is not None:
                return
        raise AssertionError(f"{deed.token.step} is not done: {errors_of(page)}")

    def _hand_over(self, deed: Deed) -> None:
        """At the window's own page: to the recipient, whose number is in the document they show."""
        page = self.page
        page.go(GIVEN)
        page.type("number", self.case.applicant)
        page.type("identified-by", IDENTIFIED)
        self.shown(deed.token.step)
        page.go(".giving button[data-key=c]")
        assert Token.objects.get(pk=deed.token.pk).closed_at is not None, errors_of(page)

    def _there(self, css: str) -> bool:
        return bool(self.page.driver.execute_script("return !!document.querySelector(arguments[0])", css))
