"""One outcome of one step, as a form: what the step records, the grounds with their reasons, a drafted text.

    decision = Decision(page, token, choice)                # fresh, with what can be drafted
    decision = Decision(page, token, choice, request.POST)  # as typed; .right says whether it may be sent

The act judges all of it again; what is checked here is checked so that every fault is said at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict

from qyzmet.cases.hall.handing import gives
from qyzmet.cases.hearings import HEARING, NOTICE
from qyzmet.cases.laws import holds
from qyzmet.cases.models import Token
from qyzmet.cases.queries import CasePage
from qyzmet.cases.queries.choices import Choice
from qyzmet.cases.signed.deciding import clause_of, fitting
from qyzmet.office import drafts
from qyzmet.office.extra import extra_fields
from qyzmet.office.names import choice_name, exit_name, ground_name, issued_name, step_name
from qyzmet.pages import forms
from qyzmet.pages.words import say
from qyzmet.regulation.model import Field

__all__ = ["Decision", "Grounded", "verb_of"]

OUTPUT, EXTRA = "o.", "x."
STOPPING = {"refusal", "not-accepted", "suspension"}


@dataclass(frozen=True, slots=True)
class Grounded:
    """A ground one may name: ticked or not, with its reason as typed."""

    id: str
    name: str
    cite: str
    ticked: bool
    reason: str
    error: str


def verb_of(page: CasePage, token: Token, choice: Choice) -> str:
    """Which act completes the step by this outcome."""
    if token.kind == "await":
        return "deliver"
    if token.kind == "collegial":
        return "close"
    if token.step == f"{HEARING}:{NOTICE}":
        return "notify-hearing"
    if token.step.partition(":")[0] == HEARING:
        return "hold-hearing"
    if choice.returns:
        return "return"
    given = choice.outcome in gives(page.law, page.case.channel, token.step)
    return "hand-over" if given else "complete"


class Decision:
    """A form for one outcome. `data` is what was posted; `faults` those an act found (field → code)."""

    def __init__(
        self,
        page: CasePage,
        token: Token,
        choice: Choice,
        data: QueryDict | None = None,
        faults: Mapping[str, str] | None = None,
    ) -> None:
        self.page, self.token, self.choice, self.data = page, token, choice, data
        self.step = page.law.step(token.step)
        self.verb = verb_of(page, token, choice)
        self.found = dict(faults or {})
        self.key = secrets.token_urlsafe(16)

    @property
    def outcome(self) -> str:
        return self.choice.outcome

    @property
    def name(self) -> str:
        return choice_name(self.page.law, self.token.step, self.outcome, self.choice.exit)

    @property
    def clause(self) -> str:
        """The clause of the step and, where the outcome names an ending, of that."""
        entered = self.page.law.package.exits.get(self.choice.exit)
        cites = (self.step.cite, entered.cite) if entered else (self.step.cite,)
        return "; ".join(dict.fromkeys(cites))

    @property
    def window(self) -> str:
        """The page of the window where the result is given; empty for every other step."""
        gives = self.verb == "hand-over"
        return f"/office/handing-over/{self.page.case.ref}/{self.token.no}" if gives else ""

    @property
    def stops(self) -> bool:
        """Whether it refuses or suspends."""
        return self.choice.kind in STOPPING

    @property
    def signs(self) -> bool:
        """Whether the regulation has the official sign it."""
        return bool(clause_of(self.step))

    @property
    def next_step(self) -> str:
        """Where the case goes from here, by name; empty when it ends or passes that step by."""
        law, go = self.page.law, self.choice.go
        taken = go in law.program.nodes and holds(law.step(go).only, self.facts)
        return step_name(law, go) if taken else ""

    @property
    def ending(self) -> str:
        """How the case will then end."""
        return exit_name(self.page.law, self.choice.exit) if self.choice.exit else ""

    @property
    def papers(self) -> list[str]:
        """What is printed when this is done."""
        law = self.page.law
        return [issued_name(law, each) for each in fitting(law, self.token.step, self.facts)]

    @cached_property
    def extra(self) -> dict[str, Field]:
        """What the act asks for beside the step's own record."""
        return extra_fields(self.verb)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What the conditions of the step's fields see."""
        live = forms.live_facts(self.step.output, self.output, under=f"output.{self.token.step}")
        known = {**self.page.case.facts, **live}
        return self.page.law.facts({**known, "exit": self.choice.exit or self.token.heading or ""})

    @cached_property
    def output(self) -> dict[str, Any]:
        """What the step records, as typed or as drafted."""
        if self.data is None:
            return drafts.output(self.page, self.token)
        rows = forms.rows_command(self.step.output, self.data, OUTPUT)
        return rows if rows is not None else forms.posted(self.step.output, self.data, OUTPUT)

    @cached_property
    def added(self) -> dict[str, Any]:
        """The act's own fields, as typed."""
        if self.data is None:
            return {}
        rows = forms.rows_command(self.extra, self.data, EXTRA)
        return rows if rows is not None else forms.posted(self.extra, self.data, EXTRA)

    @property
    def editing(self) -> bool:
        """Whether a button only added or took away a row."""
        return self.data is not None and bool(self.data.get("add") or self.data.get("remove"))

    @cached_property
    def clean(self) -> forms.Answers:
        return forms.check(self.step.output, self.output, self.facts)

    @property
    def recorded(self) -> dict[str, Any]:
        """What the act records of it: nothing where the application goes back to its sender."""
        return {} if self.verb == "return" else self.clean.clean

    @cached_property
    def clean_extra(self) -> forms.Answers:
        return forms.check(self.extra, self.added, {})

    @cached_property
    def named(self) -> list[dict[str, str]]:
        """The grounds ticked, each with its reason."""
        if self.data is None:
            return drafts.grounds(self.page, self.token, self.choice.grounds)
        ticked = [g for g in self.data.getlist("ground") if g in self.choice.grounds]
        return [{"ground": g, "reason": self.data.get(f"reason.{g}", "").strip()} for g in ticked]

    @property
    def right(self) -> bool:
        """Whether nothing is missing that can be seen from here."""
        wrong = self.clean.faults or self.clean_extra.faults or self.ground_faults
        return not wrong and not self.editing

    @property
    def expected(self) -> int | None:
        """The entry the page was made from, as it came back."""
        given = self.data.get("seq", "") if self.data is not None else ""
        return int(given) if given.isdecimal() and len(given) < 19 else None

    @cached_property
    def ground_faults(self) -> dict[str, str]:
        """Ground → what is missing; under the empty name that none was chosen."""
        if not self.choice.grounds:
            return {}
        if not self.named:
            return {"": say("doing.ground-needed")}
        bare = [each["ground"] for each in self.named if not each["reason"]]
        return {g: say("doing.reason-needed", name=ground_name(self.page.law, g)[0]) for g in bare}

    @cached_property
    def form(self) -> forms.Form:
        """The step's own fields, ready to draw."""
        return forms.Form(self.step.output, self.output, self.facts, self._faults(self.clean), OUTPUT)

    @cached_property
    def extra_form(self) -> forms.Form:
        return forms.Form(self.extra, self.added, {}, self._faults(self.clean_extra), EXTRA)

    @property
    def grounds(self) -> list[Grounded]:
        """Every ground the law lists for this outcome; a reason typed stays, also where no tick was set."""
        ticked = {each["ground"]: each["reason"] for each in self.named}
        typed = {g: self.data.get(f"reason.{g}", "") for g in self.choice.grounds} if self.data else {}
        faults = self.ground_faults if self._sent else {}
        return [
            Grounded(
                g,
                *ground_name(self.page.law, g),
                g in ticked,
                ticked.get(g) or typed.get(g, ""),
                faults.get(g, ""),
            )
            for g in self.choice.grounds
        ]

    @property
    def ground_error(self) -> str:
        return self.ground_faults.get("", "") if self._sent else ""

    @property
    def errors(self) -> list[forms.Fault]:
        """Everything missing, in the order of the page."""
        if not self._sent:
            return []
        first = self.choice.grounds[0] if self.choice.grounds else ""
        missing = [
            forms.Fault(f"reason-{g}" if g else f"ground-{first}", said)
            for g, said in self.ground_faults.items()
        ]
        return [*self.extra_form.errors, *self.form.errors, *missing]

    @property
    def _sent(self) -> bool:
        return self.data is not None and not self.editing

    def _faults(self, read: forms.Answers) -> dict[str, str]:
        return {**read.faults, **self.found} if self._sent else {}
