"""What is chosen before the form: the way in, the variant, the body that will hold the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from qyzmet.cases.filing import roles
from qyzmet.cases.filing.editions import complaint_law
from qyzmet.cases.laws import Law, holds
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import ActRefused
from qyzmet.pages.dimensions import dimension_name
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor
from qyzmet.people.directory import Body
from qyzmet.portal.drafting import choices_of_body, ways
from qyzmet.portal.models import Draft
from qyzmet.regulation.model import Organisation
from qyzmet.regulation.printing.phrases import channel_name

__all__ = ["Beginning", "Question"]

PROVIDER = "provider"
LOOKED_BACK = 20
"""So many applications are looked through for what was chosen before."""


@dataclass(frozen=True, slots=True)
class Question:
    """One choice: options as (value, words); `chosen` as posted. With one option there is nothing to ask.

    `remembered`: nothing is posted yet, and this was chosen the last time.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    cite: str = ""
    hint: str = ""
    remembered: bool = False

    @property
    def right(self) -> bool:
        return self.chosen in dict(self.options)


class Beginning:
    """The choices of one service for one actor; `posted` is what was chosen, None before."""

    def __init__(
        self, law: Law, actor: Actor, posted: Mapping[str, Any] | None, fixed: Mapping[str, int] | None = None
    ) -> None:
        self.law, self.actor, self.posted, self.fixed = law, actor, posted, dict(fixed or {})
        self.channel = self._question("channel", say("apply.channel"), self._ways())
        self.variants = [
            self._question(f"variant.{d}", dimension_name(d) or say("apply.variant"), self._options(d))
            for d in law.package.variants
        ]
        self.bodies = list(self._bodies())

    @classmethod
    def of_complaint(
        cls, case: Case, actor: Actor, posted: Mapping[str, Any] | None, now: datetime
    ) -> Beginning:
        """The choices of a complaint about a case: it goes to whoever decided (APPC art. 91)."""
        law = complaint_law(now)
        return cls(law, actor, posted, roles.of_the_case(law, case))

    @property
    def questions(self) -> list[Question]:
        """Those with more than one answer."""
        return [each for each in (self.channel, *self.variants, *self.bodies) if len(each.options) > 1]

    @property
    def possible(self) -> bool:
        """Whether there is a way in one can use in a browser."""
        return bool(self.channel.options)

    @property
    def errors(self) -> list[Fault]:
        """Choices not made, and pairs of choices the law does not know."""
        wrong = [
            Fault(f"{q.name}-{q.options[0][0]}", say("apply.choose", name=q.label))
            for q in self.questions
            if not q.right
        ]
        return wrong or list(self._unfit())

    def make(self, about: str, now: datetime) -> Draft:
        """The draft with these choices."""
        return Draft.objects.create(
            owner_id=self.actor.account or 0,
            party=self.actor.party,
            service=self.law.package.service,
            edition_id=self.law.id,
            channel=self.channel.chosen,
            variant=self._variant(),
            orgs={q.name.partition(".")[2]: int(q.chosen) for q in self.bodies},
            about=about,
            created_at=now,
            updated_at=now,
        )

    def _question(self, name: str, label: str, options: list[tuple[str, str]], cite: str = "") -> Question:
        only = options[0][0] if len(options) == 1 else ""
        chosen = only or str((self.posted or {}).get(name, ""))
        return Question(name, label, tuple(options), chosen, cite)

    def _ways(self) -> list[tuple[str, str]]:
        language: Any = current_language()
        return [(key, channel_name(self.law.package, key, language)) for key in ways(self.law)]

    def _options(self, dimension: str) -> list[tuple[str, str]]:
        options = self.law.package.variants[dimension]
        return [(key, option.name.in_language(current_language())) for key, option in options.items()]

    def _variant(self) -> dict[str, str]:
        return {q.name.partition(".")[2]: q.chosen for q in self.variants}

    def _facts(self) -> dict[str, Any]:
        who = {"recipient": self.actor.party_kind, "visit": False}
        return {"channel": self.channel.chosen, **who, **self._variant()}

    def _bodies(self) -> Iterator[Question]:
        try:
            offered = self.channel.options
            channel = self.channel.chosen if self.channel.right else offered[0][0] if offered else ""
            asked = (
                choices_of_body(self.law, channel, self.fixed, self._facts(), self.actor) if channel else {}
            )
        except ActRefused:
            return
        for role, (spoken, fit) in asked.items():
            yield self._of_body(role, spoken, fit)

    def _of_body(self, role: str, spoken: Organisation, fit: list[Body]) -> Question:
        """Which of several bodies, asked in words, with how to choose and what was chosen the last time."""
        language = current_language()
        name = spoken.name.in_language(language)
        label = say("apply.provider") if role == PROVIDER else say("apply.body", name=name)
        options = [(str(each.id), each.names[language]) for each in fit]
        asked = self._question(f"org.{role}", label, options, spoken.cite)
        before = "" if asked.chosen else self._before(role, dict(options))
        hint = say("apply.body-hint", name=name)
        return replace(asked, hint=hint, chosen=before or asked.chosen, remembered=bool(before))

    def _before(self, role: str, options: Mapping[str, str]) -> str:
        """What was chosen for this role in the newest application begun that had one of these; empty for
        none, and once something is posted."""
        if self.posted is not None:
            return ""
        mine = Draft.objects.filter(owner_id=self.actor.account, party=self.actor.party).order_by("-id")
        chosen = (str(orgs.get(role, "")) for orgs in mine.values_list("orgs", flat=True)[:LOOKED_BACK])
        return next((each for each in chosen if each in options), "")

    def _unfit(self) -> Iterator[Fault]:
        facts = self._facts()
        for dimension, chosen in self._variant().items():
            option = self.law.package.variants[dimension].get(chosen)
            if option is not None and not holds(option.only, facts):
                name = option.name.in_language(current_language())
                yield Fault(f"variant.{dimension}-{chosen}", say("apply.unfit", name=name))
