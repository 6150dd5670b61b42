"""Builds the graph of a procedure from a package, a channel and a variant (both may be left open)."""

from __future__ import annotations

from collections.abc import Mapping

from qyzmet.regulation.model import Move, Only, Package
from qyzmet.regulation.model.steps import END, RETURN
from qyzmet.regulation.printing.actors import PORTALS, RECIPIENT, SYSTEM, lane_of, lanes
from qyzmet.regulation.printing.endings import close
from qyzmet.regulation.printing.flow import Edge, Flow, Node, Way, branch_steps
from qyzmet.regulation.printing.flow_words import Wording
from qyzmet.regulation.printing.phrases import condition_words
from qyzmet.regulation.printing.settling import kinds_of_case, rule_text, settled
from qyzmet.regulation.printing.words import Language, say

__all__ = ["flow"]


def flow(
    package: Package,
    lang: Language,
    channel: str | None = None,
    variant: Mapping[str, str] | None = None,
) -> Flow:
    """The graph of one way through a service; channels and variants left open become choices."""
    return _Builder(package, lang, channel, variant or {}).build()


class _Builder:
    def __init__(
        self, package: Package, lang: Language, channel: str | None, variant: Mapping[str, str]
    ) -> None:
        self.package, self.lang = package, lang
        self.channels = [channel] if channel else list(package.channels) or [""]
        self.facts: dict[str, object] = dict(variant)
        if len(self.channels) == 1:
            self.facts["channel"] = self.channels[0]
        if len(package.recipients) == 1:
            self.facts["recipient"] = package.recipients[0]
        self.said = Wording(package, lang, self.channels, self.facts)
        self.inside = branch_steps(package)
        self.flow = Flow(package.name.in_language(lang))
        self.waiting: list[str] = []

    def build(self) -> Flow:
        self._enter()
        done: set[str] = set()
        while self.waiting:
            key = self.waiting.pop(0)
            if key not in done:
                done.add(key)
                self._leave(key)
        close(self.package, self.flow, kinds_of_case(self.package, self.channels, self.facts), self.lang)
        used = [node.lane for node in self.flow.nodes.values()]
        self.flow.lanes = lanes(self.package, used, self.channels, self.lang)
        return self.flow

    def _enter(self) -> None:
        """The recipient files; the way in decides which step comes first."""
        first = next(iter(self.package.steps))
        words = say("submits" if self.package.documents else "submits-free", self.lang)
        if not self.package.channels:
            self._draw(first)
            lane = lane_of(self.package, self.package.steps[first])
            self.flow.nodes = {
                "start": Node("start", "start", lane, say("start", self.lang)),
                **self.flow.nodes,
            }
            self.flow.edges.append(Edge("start", self._node_of(first, None)))
            return
        self._add(Node("start", "start", RECIPIENT, say("start", self.lang)))
        self._add(Node("submit", "step", RECIPIENT, words))
        self.flow.edges.append(Edge("start", "submit"))
        groups: dict[tuple[str, bool], list[str]] = {}
        for channel in self.channels:
            entry = self._entry(first, {**self.facts, "channel": channel})
            groups.setdefault((entry, channel in PORTALS), []).append(channel)
        source = "submit"
        if len(groups) > 1:
            source = "way"
            self._add(Node(source, "choice", RECIPIENT))
            self.flow.edges.append(Edge("submit", source))
        for (entry, portal), channels in groups.items():
            self._take_in(source, entry, portal, channels)

    def _take_in(self, source: str, entry: str, portal: bool, channels: list[str]) -> None:
        only: Only = {"channel": list(channels)} if len(channels) > 1 else {"channel": channels[0]}
        label, rule = "", ""
        if source == "way":
            label, rule = condition_words(self.package, only, self.lang), rule_text(only)
        ways = (Way(only),)
        if portal:
            passes = Node("passes", "step", SYSTEM, say("portal-passes", self.lang))
            self._add(passes)
            self.flow.edges.append(Edge(source, passes.id, label, rule, ways))
            source, label, rule = passes.id, "", ""
        self._draw(entry)
        self.flow.edges.append(Edge(source, self._node_of(entry, None), label, rule, ways))

    def _entry(self, key: str, facts: Mapping[str, object]) -> str:
        """The first step that these facts do not skip."""
        for _ in self.package.steps:
            step = self.package.steps[key]
            if settled(step.only, facts) is not False:
                return key
            key = next(iter(step.then.values()))[-1].go
        return key

    def _draw(self, key: str) -> None:
        """Put a step's own symbols in, once."""
        if self._node_of(key, None) in self.flow.nodes:
            return
        step = self.package.steps[key]
        lane = lane_of(self.package, step)
        if step.kind == "all-of":
            lane = lane_of(self.package, self.package.steps[step.branches[0]]) if step.branches else lane
            self._add(Node(f"fork.{key}", "fork", lane, step=key))
            self._add(Node(f"join.{key}", "join", lane, step=key))
        else:
            self._add(self.said.step(key, step, lane))
        self.waiting.append(key)

    def _leave(self, key: str) -> None:
        step = self.package.steps[key]
        source = f"step.{key}"
        if step.kind == "all-of":
            for branch in step.branches:
                self.flow.edges.append(Edge(f"fork.{key}", self._to(branch, None)[0]))
            source = f"join.{key}"
        leaving = [edge for outcome in step.then for edge in self._outcome(key, outcome, source)]
        if len(leaving) > 1:
            choice = Node(f"choice.{key}", "choice", self.flow.nodes[source].lane, step=key)
            self._add(choice)
            self.flow.edges.append(Edge(source, choice.id))
            leaving = [Edge(choice.id, e.target, e.label, e.rule, e.ways) for e in leaving]
        self.flow.edges += (
            [Edge(e.source, e.target, ways=e.ways) for e in leaving] if len(leaving) == 1 else leaving
        )

    def _outcome(self, key: str, outcome: str, source: str) -> list[Edge]:
        """The flows of one outcome: one for each place its moves lead to."""
        step = self.package.steps[key]
        named = len(step.then) > 1
        places: dict[str, list[tuple[Move, Way]]] = {}
        for move, way in self.said.open(step.then[outcome]):
            target, exit_ = self._to(move.go, key)
            places.setdefault(target, []).append((move, Way(way.only, way.unless, exit_ or way.exit)))
        made = []
        for target, those in places.items():
            moves, ways = [m for m, _ in those], tuple(w for _, w in those)
            words = [self.said.words(outcome, moves)] if named else []
            rules = [f"outcome == '{outcome}'"] if named else []
            if len(places) > 1:
                words.append(self.said.when(those[0][1]))
                rules += [f"({rule_text(way.only)})" for way in ways[:1] if way.only is not None]
            made.append(Edge(source, target, ", ".join(filter(None, words)), " and ".join(rules), ways))
        return made

    def _to(self, go: str, source: str | None) -> tuple[str, str | None]:
        """The node a move arrives at and the ending that skipped steps named on the way."""
        exit_: str | None = None
        for _ in range(len(self.package.steps) + 1):
            if go in {END, RETURN}:
                return go, exit_
            step = self.package.steps[go]
            verdict = settled(step.only, self.facts)
            if verdict is True:
                self._draw(go)
                return self._node_of(go, source), exit_
            if verdict is None:
                return self._if(go, source), exit_
            move = self.said.open(next(iter(step.then.values())))[0][0]
            go, exit_ = move.go, move.exit or exit_
        return END, exit_

    def _if(self, key: str, source: str | None) -> str:
        """A choice before a step that not every case goes through."""
        choice, step = f"if.{key}", self.package.steps[key]
        if choice in self.flow.nodes or step.only is None:
            return choice
        self._add(Node(choice, "choice", lane_of(self.package, step), step=key))
        self._draw(key)
        words = condition_words(self.package, step.only, self.lang)
        taken = self._node_of(key, source)
        self.flow.edges.append(Edge(choice, taken, words, rule_text(step.only), (Way(step.only),)))
        past = self.said.open(next(iter(step.then.values())))
        for move, way in past:
            target, exit_ = self._to(move.go, key)
            label, rule = self.said.opposite(step.only), ""
            if way.only is not None and len(past) > 1:
                label = condition_words(self.package, way.only, self.lang)
                rule = f"not ({rule_text(step.only)}) and ({rule_text(way.only)})"
            ways = (Way(way.only, (*way.unless, step.only), exit_ or way.exit),)
            self.flow.edges.append(Edge(choice, target, label, rule, ways))
        return choice

    def _node_of(self, key: str, source: str | None) -> str:
        if self.package.steps[key].kind != "all-of":
            return f"step.{key}"
        back = source is not None and source in self.inside[key]
        return f"join.{key}" if back else f"fork.{key}"

    def _add(self, node: Node) -> None:
        self.flow.nodes.setdefault(node.id, node)
