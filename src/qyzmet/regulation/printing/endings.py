"""Follows every kind of case through a graph: flows no case takes go, and ends and pauses get their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from qyzmet.regulation.model import Package
from qyzmet.regulation.model.steps import END, RETURN
from qyzmet.regulation.printing.actors import RECIPIENT
from qyzmet.regulation.printing.flow import Edge, Flow, Node
from qyzmet.regulation.printing.settling import settled
from qyzmet.regulation.printing.words import Language, say

__all__ = ["close"]

Spot = tuple[int, str]
"""A kind of case, by its number, and the ending it is heading for (empty: none yet)."""


def close(package: Package, flow: Flow, cases: Iterable[Mapping[str, object]], lang: Language) -> None:
    """Take out what no case reaches, then draw one end for each set of endings, a pause for a suspension."""
    kinds = list(cases)
    spots = _spots(flow, kinds)
    flow.edges[:] = [e for e in flow.edges if _arriving(e, spots.get(e.source, frozenset()), kinds)]
    for place, edge in enumerate(list(flow.edges)):
        if edge.target == END:
            exits = frozenset(exit_ for _, exit_ in _arriving(edge, spots[edge.source], kinds))
            flow.edges[place] = replace(edge, target=_ending(package, flow, exits, lang))
    _return(flow, lang)
    flow.edges += _way_on(package, flow, lang)
    _straighten(flow)
    reached = {"start", *(edge.target for edge in flow.edges)}
    flow.nodes = {key: node for key, node in flow.nodes.items() if key in reached}


def _spots(flow: Flow, kinds: list[Mapping[str, object]]) -> dict[str, frozenset[Spot]]:
    """For each node the kinds of case that come by and where they are heading."""
    found: dict[str, frozenset[Spot]] = {"start": frozenset((n, "") for n in range(len(kinds)))}
    leaving: dict[str, list[Edge]] = {}
    for edge in flow.edges:
        leaving.setdefault(edge.source, []).append(edge)
    waiting = ["start"]
    while waiting:
        source = waiting.pop()
        for edge in leaving.get(source, ()):
            known = found.get(edge.target, frozenset())
            more = known | _arriving(edge, found[source], kinds)
            if more != known:
                found[edge.target] = more
                waiting.append(edge.target)
    return found


def _arriving(edge: Edge, spots: frozenset[Spot], kinds: list[Mapping[str, object]]) -> frozenset[Spot]:
    arrived = set()
    for kind, exit_ in spots:
        facts = {**kinds[kind], "exit": exit_}
        for way in edge.ways:
            barred = any(settled(other, facts) is True for other in way.unless)
            if not barred and settled(way.only, facts) is not False:
                arrived.add((kind, way.exit or exit_))
    return frozenset(arrived)


def _ending(package: Package, flow: Flow, exits: frozenset[str], lang: Language) -> str:
    """The node that stands for these endings: an end, a pause, or the choice between the two."""
    held = [key for key in package.exits if key in exits and _resumes(package, key)]
    ended = [key for key in ["", *package.exits] if key in exits and key not in held]
    if not held:
        return _end(package, flow, ended, lang)
    if not ended and len(held) == 1:
        return _pause(package, flow, held[0], lang)
    choice = ".".join(["after", *held, *filter(None, ended)])
    if choice not in flow.nodes:
        flow.nodes[choice] = Node(choice, "choice", RECIPIENT)
        for key in held:
            words = package.exits[key].name.in_language(lang)
            flow.edges.append(Edge(choice, _pause(package, flow, key, lang), words, f"exit == '{key}'"))
        if ended:
            flow.edges.append(Edge(choice, _end(package, flow, ended, lang), say("otherwise", lang)))
    return choice


def _end(package: Package, flow: Flow, exits: list[str], lang: Language) -> str:
    named = [key for key in exits if key in package.exits]
    key = ".".join(["ends", *named])
    words = " / ".join(package.exits[e].name.in_language(lang) for e in named) or say("end", lang)
    flow.nodes.setdefault(key, Node(key, "end", RECIPIENT, words))
    return key


def _pause(package: Package, flow: Flow, exit_: str, lang: Language) -> str:
    key, held = f"pause.{exit_}", package.exits[exit_]
    flow.nodes.setdefault(key, Node(key, "pause", RECIPIENT, held.name.in_language(lang), cite=held.cite))
    return key


def _way_on(package: Package, flow: Flow, lang: Language) -> list[Edge]:
    """From every pause back to the step where the case goes on."""
    pauses = [key.removeprefix("pause.") for key, node in flow.nodes.items() if node.kind == "pause"]
    return [Edge(f"pause.{p}", _resumed(package, p), say("resumes", lang), dashed=True) for p in pauses]


def _resumed(package: Package, exit_: str) -> str:
    step = str(package.exits[exit_].resume)
    return f"fork.{step}" if package.steps[step].kind == "all-of" else f"step.{step}"


def _return(flow: Flow, lang: Language) -> None:
    """General law goes back to the step that was left: for its own drawing, an end."""
    sources = [edge.source for edge in flow.edges if edge.target == RETURN]
    if sources:
        flow.nodes[RETURN] = Node(RETURN, "end", flow.nodes[sources[0]].lane, say("goes-back", lang))


def _resumes(package: Package, exit_: str) -> bool:
    found = package.exits[exit_]
    return found.kind == "suspension" and found.resume is not None


def _straighten(flow: Flow) -> None:
    """A choice with one way left is no choice: what led to it leads on."""
    for key in [k for k, node in flow.nodes.items() if node.kind == "choice"]:
        leaving = flow.leaving(key)
        if len(leaving) == 1:
            onward = leaving[0].target
            flow.edges[:] = [
                replace(e, target=onward) if e.target == key else e for e in flow.edges if e.source != key
            ]
