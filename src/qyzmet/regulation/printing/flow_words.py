"""How steps, outcomes and conditions are told in a graph, given what is settled about the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qyzmet.regulation.model import Limit, Move, Only, Package, Step
from qyzmet.regulation.printing.flow import Node, Way
from qyzmet.regulation.printing.phrases import channel_name, condition_words, limit_words, outcome_words
from qyzmet.regulation.printing.settling import settled
from qyzmet.regulation.printing.words import Language, any_of, say

__all__ = ["Wording"]

_TAGS = {
    "check": "automatic",
    "effect": "effect",
    "collegial": "collegial",
    "batch": "batch",
    "await": "awaits",
    "sub-case": "sub-case",
}


class Wording:
    """A package's words in one language for the ways in and the facts that are settled."""

    def __init__(
        self, package: Package, lang: Language, channels: Sequence[str], facts: Mapping[str, object]
    ) -> None:
        self.package, self.lang, self.channels, self.facts = package, lang, channels, facts

    def step(self, key: str, step: Step, lane: str) -> Node:
        """The symbol of a step."""
        tag = _TAGS.get(step.kind)
        return Node(
            id=f"step.{key}",
            kind="timer" if step.kind == "timer" else "step",
            lane=lane,
            text=step.name.in_language(self.lang),
            number=step.number,
            limit=limit_words(self.package, self._limits(step), self.lang, short=True),
            cite=step.cite,
            tag=say(tag, self.lang) if tag else "",
            step=key,
            step_kind=step.kind,
        )

    def _limits(self, step: Step) -> Sequence[Limit]:
        """The limits that may apply, up to the first that surely does."""
        left: list[Limit] = []
        for limit in step.within:
            verdict = settled(limit.only, self.facts)
            if verdict is not False:
                left.append(limit)
            if verdict is True:
                break
        return left

    def words(self, outcome: str, moves: Sequence[Move]) -> str:
        """The label of an outcome whose moves these are."""
        said = [
            move.name.in_language(self.lang)
            if move.name
            else outcome_words(self.package, outcome, move.exit, self.lang)
            for move in moves
        ]
        return any_of(list(dict.fromkeys(said)), self.lang)

    def when(self, way: Way) -> str:
        """The condition of one of several ways, `otherwise` for the last."""
        if way.only is None:
            return say("otherwise", self.lang)
        return condition_words(self.package, way.only, self.lang)

    def opposite(self, only: Only) -> str:
        """The words for when a condition does not hold: the other channels, or plainly `otherwise`."""
        if isinstance(only, dict) and set(only) == {"channel"}:
            wanted = only["channel"] if isinstance(only["channel"], list) else [only["channel"]]
            others = [
                channel_name(self.package, c, self.lang, short=True) for c in self.channels if c not in wanted
            ]
            return any_of(others, self.lang)
        return say("otherwise", self.lang)

    def open(self, moves: Sequence[Move]) -> list[tuple[Move, Way]]:
        """The moves that may still be taken, each with what has to hold for it."""
        found: list[tuple[Move, Way]] = []
        before: list[Only] = []
        for move in moves:
            verdict = settled(move.only, self.facts)
            if verdict is not False:
                found.append((move, Way(move.only, tuple(before), move.exit)))
            if verdict is True or move.only is None:
                break
            before.append(move.only)
        return found
