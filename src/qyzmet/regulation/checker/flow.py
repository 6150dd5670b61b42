"""Flow: every step can be reached, every case ends, every end has an exit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from qyzmet.regulation.checker.circles import circles, reaching
from qyzmet.regulation.checker.graph import LIMIT, Edge, Graph, Spot
from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding
from qyzmet.regulation.model.steps import END
from qyzmet.regulation.places import Path

__all__ = ["look"]

_WITHOUT_A_MOVE = {"withdrawn", "not-accepted"}
"""Exits entered by an act of the recipient or at the counter, not by a move."""


@dataclass
class _Seen:
    """What the situations together have shown, each thing once with the first situation that showed it."""

    reached: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    exits: set[str] = field(default_factory=set)
    stuck: dict[tuple[str, ...], str] = field(default_factory=dict)
    skipping: dict[tuple[str, ...], str] = field(default_factory=dict)
    no_exit: dict[Path, str] = field(default_factory=dict)
    astray: dict[Path, str] = field(default_factory=dict)
    not_held: dict[Path, str] = field(default_factory=dict)
    too_big: bool = False
    too_deep: set[str] = field(default_factory=set)


def look(subject: Subject) -> Iterator[Finding]:
    """Moves that cannot be taken, steps that cannot be reached or left, ends that are none."""
    yield from _moves(subject)
    seen = _Seen()
    for situation, graph in subject.graphs:
        _gather(graph, situation.spoken, seen)
    if seen.too_big:
        message = f"the procedure can stand in more than {LIMIT} ways; split it into sub-cases"
        yield subject.error("too-tangled", ("steps",), message)
        return
    yield from _reach(subject, seen)
    yield from _ends(subject, seen)


def _moves(subject: Subject) -> Iterator[Finding]:
    for key, step in subject.package.steps.items():
        at: Path = ("steps", key, "then")
        if not step.then:
            yield subject.error("dead-end", at, f"`{key}` leads nowhere; write where its outcomes go")
        if step.only is not None and len(step.then) > 1:
            message = (
                f"`{key}` can be skipped, so it needs a single outcome; it has {', '.join(step.then)}. "
                "Put the condition on the moves that lead here instead"
            )
            yield subject.error("skipped-with-outcomes", at, message)
        for outcome, moves in step.then.items():
            path: Path = (*at, outcome)
            if not moves:
                yield subject.error("dead-end", path, f"`{outcome}` leads nowhere; write where it goes")
            elif moves[-1].only is not None:
                message = (
                    f"the last move of `{outcome}` has a condition; add one without, for all other cases"
                )
                yield subject.error("no-last-move", (*path, len(moves) - 1), message)
            for index, move in enumerate(moves[:-1]):
                if move.only is None:
                    message = "this move has no condition, so the ones after it are never taken"
                    yield subject.error("move-never-taken", (*path, index), message)


def _gather(graph: Graph, name: str, seen: _Seen) -> None:
    seen.too_big |= graph.too_big
    seen.opened |= graph.opened
    if graph.too_deep:
        seen.too_deep.add(graph.too_deep)
    for spot, edges in graph.edges.items():
        seen.reached.add(spot.step)
        for edge in edges:
            _ending(spot, edge, name, seen)
    _circles(graph, name, seen)


def _ending(spot: Spot, edge: Edge, name: str, seen: _Seen) -> None:
    end = edge.to
    if not end.ended:
        return
    path: Path = ("steps", spot.step, "then", edge.outcome, edge.move)
    if end.exit is None and end.step == END:
        seen.no_exit.setdefault(path, name)
    if end.exit is not None:
        seen.exits.add(end.exit)
        if not end.held:
            seen.not_held.setdefault((*path, end.exit), name)
    if end.inside:
        seen.astray.setdefault((*path, end.inside[-1]), name)


def _circles(graph: Graph, name: str, seen: _Seen) -> None:
    onward = {spot: [edge.to for edge in edges] for spot, edges in graph.edges.items()}
    alive = reaching(onward, [spot for spot in onward if spot.ended])
    lost = {
        spot: [to for to in targets if to not in alive]
        for spot, targets in onward.items()
        if spot not in alive
    }
    for part in circles(lost):
        seen.stuck.setdefault(_names(part), name)
    skipped = {spot: [e.to for e in edges if e.skips] for spot, edges in graph.edges.items()}
    for part in circles(skipped):
        seen.skipping.setdefault(_names(part), name)


def _names(part: list[Spot]) -> tuple[str, ...]:
    return tuple(sorted({spot.step for spot in part}))


def _reach(subject: Subject, seen: _Seen) -> Iterator[Finding]:
    for key in subject.package.steps:
        place = subject.places.key(("steps", key))
        if key not in seen.reached:
            message = f"no move leads to `{key}`; lead one there, or drop the step"
            yield subject.error("unreachable", ("steps", key), message, place)
        elif key not in seen.opened:
            message = (
                f"the condition of `{key}` never holds when a case comes to it; correct it, or drop the step"
            )
            yield subject.error("never-opened", ("steps", key), message, place)
    for key in sorted(seen.too_deep):
        message = f"`{key}` opens again inside its own branches without end; let its branches come back to it"
        yield subject.error("all-of-endless", ("steps", key), message)
    order = {key: index for index, key in enumerate(subject.package.steps)}
    for steps, name in seen.stuck.items():
        first = min(steps, key=order.__getitem__)
        message = f"no way leads out of {_listed(steps, order)} ({name}); add a move to `end`"
        yield subject.error("loop", ("steps", first), message, subject.places.key(("steps", first)))
    for steps, name in seen.skipping.items():
        first = min(steps, key=order.__getitem__)
        message = f"{_listed(steps, order)} can all be skipped in a circle ({name}); let one lead out of it"
        yield subject.error("skip-loop", ("steps", first), message, subject.places.key(("steps", first)))


def _ends(subject: Subject, seen: _Seen) -> Iterator[Finding]:
    exits = subject.package.exits
    for path, name in seen.no_exit.items():
        message = f"a case can end here without an exit ({name}); name one on the way: {{go: …, exit: …}}"
        yield subject.error("no-exit", path, message)
    for path, name in seen.astray.items():
        message = (
            f"this branch of `{path[-1]}` ends without coming back to it ({name}); write `go: {path[-1]}`"
        )
        yield subject.error("branch-not-back", path[:-1], message)
    for path, name in seen.not_held.items():
        exit_ = exits.get(str(path[-1]))
        if exit_ is not None and exit_.kind == "suspension" and exit_.effective:
            message = (
                f"the suspension `{path[-1]}` ends here without ever passing `{exit_.effective}` ({name})"
            )
            yield subject.error("suspension-without-effect", path[:-1], message)
    lost = seen.stuck or seen.too_deep or any(not step.then for step in subject.package.steps.values())
    for key, exit_ in exits.items():
        if not lost and key not in seen.exits and exit_.kind not in _WITHOUT_A_MOVE:
            message = f"no case ends in `{key}`; name it in a move, or drop it"
            yield subject.error(
                "exit-never-reached", ("exits", key), message, subject.places.key(("exits", key))
            )


def _listed(steps: tuple[str, ...], order: dict[str, int]) -> str:
    named = [f"`{step}`" for step in sorted(steps, key=order.__getitem__)]
    return ", ".join(named[:5]) + (f" and {len(named) - 5} more" if len(named) > 5 else "")
