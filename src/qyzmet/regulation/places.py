"""Where each part of a loaded package stands: from a path of keys to file, line and column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qyzmet.regulation.findings import Place
from qyzmet.regulation.yaml_source import Branch, Items, Leaf, Node

__all__ = ["Key", "Path", "Places", "plain", "spoken"]

Key = str | int
Path = tuple[Key, ...]


class Places:
    """Paths are the keys as written in YAML. A part the file writes in a shorter way (`then: end`) has the
    place of the nearest part that is written."""

    def __init__(self, root: Node) -> None:
        self._root = root

    def _walk(self, path: Iterable[Key]) -> tuple[Node, Place]:
        node, key = self._root, self._root.place
        for part in path:
            if isinstance(node, Branch) and part in node.values:
                key, node = node.keys[str(part)], node.values[str(part)]
            elif isinstance(node, Items) and isinstance(part, int) and part < len(node.values):
                node = node.values[part]
                key = node.place
        return node, key

    def node(self, path: Iterable[Key]) -> Node:
        """The nearest written node."""
        return self._walk(path)[0]

    def key(self, path: Iterable[Key]) -> Place:
        """Of the key, or of the item of a list."""
        return self._walk(path)[1]

    def value(self, path: Iterable[Key]) -> Place:
        """Of a scalar; for a mapping or list, of its key."""
        node, key = self._walk(path)
        return node.place if isinstance(node, Leaf) else key

    def inside(self, path: Iterable[Key], column: int) -> Place:
        """Of the character at `column` (from 1) of a text that stands on one line."""
        node, key = self._walk(path)
        if not isinstance(node, Leaf):
            return key
        shift = column - 1 + (1 if node.quoted else 0)
        return node.place._replace(col=node.place.col + shift)


def plain(node: Node) -> Any:
    """The tree as dicts, lists and values."""
    if isinstance(node, Branch):
        return {key: plain(value) for key, value in node.values.items()}
    if isinstance(node, Items):
        return [plain(value) for value in node.values]
    return node.value


def spoken(path: Iterable[Key]) -> str:
    """A path as people write it: `steps.decide.then`; the whole package is `the service`."""
    return ".".join(str(part) for part in path) or "the service"
