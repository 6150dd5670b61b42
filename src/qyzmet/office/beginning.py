"""The choices before the form at the window: the way in, who applies, what for, and which bodies act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qyzmet.cases.laws import Law
from qyzmet.cases.refusals import ActRefused
from qyzmet.office.names import way_in
from qyzmet.pages.dimensions import dimension_name
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor
from qyzmet.portal.drafting import choices_of_body

__all__ = ["Begun", "Question"]

KINDS: tuple[str, ...] = ("individual", "legal-entity")


@dataclass(frozen=True, slots=True)
class Question:
    """A choice before the form: options as value → words; with one option there is nothing to ask."""

    name: str
    label: str
    options: dict[str, str]
    chosen: str


class Begun:
    """The way in, the kind of recipient, the variant and the bodies, from the address of the page."""

    def __init__(self, law: Law, actor: Actor, ways: list[str], asked: Mapping[str, Any]) -> None:
        self.law, self.actor, self.asked = law, actor, asked
        doors = {each: way_in(law, each) for each in ways}
        self.channel = self._question("channel", say("intake.channel"), doors)
        kinds: dict[str, str] = {
            kind: say(f"intake.kind-{kind}") for kind in KINDS if kind in law.package.recipients
        }
        self.kind = self._question("kind", say("intake.kind"), kinds)
        self.variants = [
            self._question(f"variant.{d}", dimension_name(d) or say("intake.variant"), self._options(d))
            for d in law.package.variants
        ]
        self.bodies = list(self._bodies())

    @property
    def questions(self) -> list[Question]:
        """Those with more than one answer."""
        return [each for each in self._all if len(each.options) > 1]

    @property
    def ready(self) -> bool:
        """Whether every choice is made."""
        return all(each.chosen for each in self._all)

    @property
    def chosen(self) -> list[str]:
        """The choices in words."""
        return [each.options[each.chosen] for each in self.questions if each.chosen]

    @property
    def base(self) -> dict[str, Any]:
        """The facts that are known before the form."""
        variant = {q.name.partition(".")[2]: q.chosen for q in self.variants}
        return {"channel": self.channel.chosen, "recipient": self.kind.chosen, "visit": False, **variant}

    @property
    def orgs(self) -> dict[str, int]:
        return {q.name.partition(".")[2]: int(q.chosen) for q in self.bodies if q.chosen}

    @property
    def _all(self) -> list[Question]:
        return [self.channel, self.kind, *self.variants, *self.bodies]

    def _question(self, name: str, label: str, options: dict[str, str]) -> Question:
        asked = str(self.asked.get(name, ""))
        chosen = next(iter(options)) if len(options) == 1 else asked if asked in options else ""
        return Question(name, label, options, chosen)

    def _options(self, dimension: str) -> dict[str, str]:
        options = self.law.package.variants[dimension]
        return {key: option.name.in_language(current_language()) for key, option in options.items()}

    def _bodies(self) -> Iterator[Question]:
        channel = self.channel.chosen or next(iter(self.channel.options))
        facts, language = {**self.base, "channel": channel}, current_language()
        try:
            asked = choices_of_body(self.law, channel, {}, facts, self.actor)
        except ActRefused:
            return
        for role, (spoken, fit) in asked.items():
            options = {str(each.id): each.names[language] for each in fit}
            yield self._question(f"org.{role}", spoken.name.in_language(language), options)
