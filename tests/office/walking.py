"""A case walked to its end by its officials at their pages, whatever the service: no step has a page of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from qyzmet.cases import acts
from qyzmet.cases.delivery.outbox import deliver_due
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, CaseState, Token
from qyzmet.config import clock
from qyzmet.people.actor import SYSTEM
from qyzmet.regulation.model import Field
from tests.cases.town import SAMPLES, Town, citizen
from tests.office.desk import Desk

__all__ = ["Walk"]

HANDED_TO = {"received-by": "Омарова А.", "identified-by": "ID 012345678"}


def spelt(fields: Mapping[str, Field], names: set[str]) -> dict[str, Any]:
    """Answers to those required fields that the form asks for, as a browser posts them."""
    found: dict[str, Any] = {}
    for name, asked in fields.items():
        if not asked.required or not names & {f"o.{name}", f"o.{name}.asked", f"o.{name}.count"}:
            continue
        value = SAMPLES.answer(name, asked)
        if asked.type == "rows":
            found[f"o.{name}.count"] = len(value)
            found |= {f"o.{name}[{n}].{k}": each for n, row in enumerate(value) for k, each in row.items()}
        else:
            found[f"o.{name}"] = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
    return found


class Walk:
    """One case. `outcomes` says what is chosen at a step; the first otherwise. `looked` counts pages drawn."""

    def __init__(
        self, town: Town, case: Case, now: datetime, outcomes: Mapping[str, str] | None = None
    ) -> None:
        self.town, self.case, self.now, self.outcomes = town, case, now, dict(outcomes or {})
        self.done: list[str] = []
        self.looked = 0

    def to_the_end(self, most: int = 60) -> Walk:
        for _ in range(most):
            self.case = Case.objects.get(pk=self.case.pk)
            if self.case.state == CaseState.ENDED:
                return self
            self.now += timedelta(minutes=10)
            with clock.hold(self.now):
                self._step(self._next())
        raise AssertionError(f"it goes on and on: {self.done}")

    def look(self, languages: tuple[str, ...] = ("kk", "ru", "en")) -> None:
        """Everybody in the town opens the case, in every language; nothing is left unsaid on any page."""
        with clock.hold(self.now):
            for actor in self.town.actors.values():
                for language in languages:
                    desk = Desk(actor, language)
                    found = desk.client.get(f"/office/cases/{self.case.ref}")
                    assert found.status_code in (200, 404), (actor.post, found.status_code)
                    if found.status_code == 200:
                        self.looked += 1
                        assert f'lang="{language}"' in found.content.decode()
                        assert not re.search(r"\{[a-z]+\}", desk.read(found, "").text)

    def _next(self) -> Token:
        open_ = list(
            Token.objects.filter(case=self.case, closed_at__isnull=True, suspended=False).order_by("no")
        )
        mine = [token for token in open_ if token.post] or [
            token for token in open_ if token.kind != "all-of"
        ]
        return mine[0]

    def _step(self, token: Token) -> None:
        self.done.append(token.step)
        if token.kind == "sub-case":
            inner = Case.objects.get(parent=self.case, parent_token=token.no)
            Walk(self.town, inner, self.now, self.outcomes).to_the_end()
        elif token.kind == "timer":
            self.now = max(self.now, token.due or self.now)
            acts.expire(SYSTEM, self.case.ref, token.no, now=self.now)
        elif token.kind == "collegial":
            self._sit(token)
        elif token.kind == "await" and law_of(self.case.edition_id).step(token.step).from_ == "applicant":
            step = law_of(self.case.edition_id).step(token.step)
            outcome = next(iter(step.then))
            acts.deliver_event(
                citizen(self.case.applicant), self.case.ref, step.event or "", outcome, now=self.now
            )
        else:
            self._press(self._desk(token), token)

    def _desk(self, token: Token) -> Desk:
        if token.post:
            return Desk(self.town.actor(token.post))
        held = [a for a in self.town.actors.values() if a.organisation == token.organisation_id]
        return Desk(held[0])

    def _sit(self, token: Token) -> None:
        where = self.town.actor(token.post).organisation
        body = next(each for each in self.town.bodies.values() if each.pk == where)
        outcome = self.outcomes.get(token.step) or next(
            iter(law_of(self.case.edition_id).step(token.step).then)
        )
        members = [
            self.town.actor(token.post),
            *(self.town.official(token.post, body, chair=False) for _ in range(2)),
        ]
        for member in members:
            Desk(member).case(self.case.ref).send("/vote", ("outcome", outcome))
        self._press(Desk(members[0]), token, outcome)

    def _press(self, desk: Desk, token: Token, outcome: str = "") -> None:
        """Choose the outcome, fill in what its form asks and confirm."""
        step = law_of(self.case.edition_id).step(token.step)
        wanted = outcome or self.outcomes.get(token.step, "")
        desk.case(self.case.ref, f"?do={token.no}&outcome={wanted or next(iter(step.then))}")
        assert desk.status == 200
        window = desk.links("/office/handing-over/")
        if window:
            while deliver_due(clock.now(), ["documents"]):
                pass  # the window gives nothing out before its seal
            desk.open(window[0]).send(".giving", number=self.case.applicant, **HANDED_TO)
            assert desk.path == "/office/handing-over/", desk.errors
            return
        form = desk.form(f"/steps/{token.no}/decide")
        shown = dict(form.form_values())
        values = {**shown, **spelt(step.output, set(form.xpath(".//@name")))}
        ground = form.xpath(".//input[@name='ground']/@value")
        if ground:
            values |= {"ground": ground[0], f"reason.{ground[0]}": "The file says so."}
        if form.xpath(".//input[@name='x.faults.count']"):
            values |= {"x.faults.count": "1", "x.faults[0].what": "Plan", "x.faults[0].fault": "Unsigned"}
        desk.read(desk.client.post(form.get("action"), values, follow=True), "")
        assert desk.status == 200, (token.step, desk.errors)
