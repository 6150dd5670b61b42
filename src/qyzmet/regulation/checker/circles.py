"""Graph work that stays quick on ten thousand steps: strongly connected parts, and what can reach an end."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

__all__ = ["circles", "reaching"]

T = TypeVar("T", bound=Hashable)


def reaching(edges: Mapping[T, Iterable[T]], goals: Iterable[T]) -> set[T]:
    """Everything from which one of the goals can be reached, the goals included."""
    back: dict[T, list[T]] = {}
    for source, targets in edges.items():
        for target in targets:
            back.setdefault(target, []).append(source)
    found, waiting = set(goals), list(goals)
    while waiting:
        for source in back.get(waiting.pop(), ()):
            if source not in found:
                found.add(source)
                waiting.append(source)
    return found


def circles(edges: Mapping[T, Iterable[T]]) -> list[list[T]]:
    """The parts in which everything leads back to itself (Tarjan's algorithm, without recursion)."""
    index: dict[T, int] = {}
    low: dict[T, int] = {}
    stack: list[T] = []
    on_stack: set[T] = set()
    found: list[list[T]] = []
    for root in edges:
        if root in index:
            continue
        work = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, targets = work[-1]
            target = next((t for t in targets if t not in index or t in on_stack), None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(_component(node, stack, on_stack))
            elif target in index:
                low[node] = min(low[node], index[target])
            else:
                index[target] = low[target] = len(index)
                stack.append(target)
                on_stack.add(target)
                work.append((target, iter(edges.get(target, ()))))
    return [part for part in found if len(part) > 1 or part[0] in set(edges.get(part[0], ()))]


def _component(node: T, stack: list[T], on_stack: set[T]) -> list[T]:
    part: list[T] = []
    while True:
        last = stack.pop()
        on_stack.discard(last)
        part.append(last)
        if last == node:
            return part[::-1]
