"""`extends`, `drop` and `vars`: how one package is laid over another.

`extends: <service>/<edition>` takes everything from a base and lays the file over it: mappings merge key by
key, everything else replaces. What a file says of itself (`service`, `edition`, `abstract`, `extends`,
`drop`) is not taken. `drop` removes an inherited part before that. `vars` fill `$name` in every string.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from qyzmet.regulation.findings import Finding, Place, error, suggest
from qyzmet.regulation.yaml_source import Branch, Items, Leaf, Node, SourceError, read_file

__all__ = ["SHIPPED", "resolve"]

SHIPPED = Path(__file__).resolve().parent.parent / "regulations"
_REF = re.compile(r"[a-z][a-z0-9-]*/[a-z0-9-]+", re.ASCII)
_VAR = re.compile(r"\$([A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*)", re.ASCII)
_OWN = ("service", "edition", "abstract", "extends", "drop")
_LANGUAGES = frozenset({"kk", "ru", "en"})
_DEEPEST = 8


def resolve(path: Path) -> tuple[Node, list[Finding]]:
    """A file with its bases laid under it and its variables filled in. Raises SourceError, OSError."""
    findings: list[Finding] = []
    root = _with_bases(path, (), findings)
    if isinstance(root, Branch) and not is_abstract(root):
        root = _Filler(root, findings).fill(root, "")
    return root, findings


def is_abstract(root: Node) -> bool:
    """Whether the file says `abstract: true`."""
    leaf = root.values.get("abstract") if isinstance(root, Branch) else None
    return isinstance(leaf, Leaf) and leaf.value is True


def _with_bases(path: Path, below: tuple[Path, ...], findings: list[Finding]) -> Node:
    top, found = read_file(path)
    findings += found
    if not isinstance(top, Branch) or "extends" not in top.values:
        return top
    base = _base(path, top, (*below, path.resolve()), findings)
    if not isinstance(base, Branch):
        return top
    inherited = Branch(base.place, dict(base.keys), dict(base.values))
    for key in _OWN:
        inherited.keys.pop(key, None)
        inherited.values.pop(key, None)
    return _laid_over(_without(inherited, top, findings), top)


def _base(path: Path, top: Branch, below: tuple[Path, ...], findings: list[Finding]) -> Node | None:
    ref, place = top.values["extends"], top.keys["extends"]
    name = ref.value if isinstance(ref, Leaf) else None
    if not isinstance(name, str) or not _REF.fullmatch(name):
        findings.append(error(place, "extends", "`extends` names a base as <service>/<edition>"))
        return None
    found = _find(path, name)
    if found is None:
        findings.append(
            error(ref.place, "extends", f"there is no package `{name}`{suggest(name, _near(path))}")
        )
        return None
    if found.resolve() in below:
        findings.append(error(ref.place, "extends", f"`{name}` extends this file in turn; break the circle"))
        return None
    if len(below) >= _DEEPEST:
        findings.append(
            error(ref.place, "extends", f"more than {_DEEPEST} packages extend one another; use fewer")
        )
        return None
    try:
        return _with_bases(found, below, findings)
    except SourceError as problem:
        findings.append(problem.finding)
        return None


def _roots(path: Path) -> list[Path]:
    return [*list(path.resolve().parents)[:4], SHIPPED, SHIPPED / "general"]


def _find(path: Path, ref: str) -> Path | None:
    for root in _roots(path):
        if (candidate := root / ref / "service.yaml").is_file():
            return candidate if path.is_absolute() else Path(os.path.relpath(candidate))
    return None


def _near(path: Path) -> list[str]:
    found = (file for root in _roots(path)[1:] for file in root.glob("*/*/service.yaml"))
    return ["/".join(file.parts[-3:-1]) for file in found]


def _laid_over(base: Node, top: Node) -> Node:
    if not (isinstance(base, Branch) and isinstance(top, Branch)):
        return top
    merged = Branch(top.place, {**base.keys, **top.keys}, dict(base.values))
    for key, value in top.values.items():
        merged.values[key] = _laid_over(base.values[key], value) if key in base.values else value
    return merged


def _without(base: Branch, top: Branch, findings: list[Finding]) -> Branch:
    drops = top.values.get("drop")
    for item in drops.values if isinstance(drops, Items) else []:
        leaf = item.values.get("path") if isinstance(item, Branch) else None
        if isinstance(leaf, Leaf) and isinstance(leaf.value, str):
            base = _removed(base, leaf.value.split("."), leaf.place, findings)
    return base


def _removed(branch: Branch, parts: list[str], place: Place, findings: list[Finding]) -> Branch:
    first, rest = parts[0], parts[1:]
    inner = branch.values.get(first)
    if inner is None or (rest and not isinstance(inner, Branch)):
        message = f"the base has no part `{first}` to drop{suggest(first, branch.values)}"
        findings.append(error(place, "drop", message))
        return branch
    copy = Branch(branch.place, dict(branch.keys), dict(branch.values))
    if rest and isinstance(inner, Branch):
        copy.values[first] = _removed(inner, rest, place, findings)
    else:
        del copy.keys[first], copy.values[first]
    return copy


class _Filler:
    """Puts the values of `vars` in the place of `$name`."""

    def __init__(self, root: Branch, findings: list[Finding]) -> None:
        declared = root.values.get("vars")
        self.vars = dict(declared.values) if isinstance(declared, Branch) else {}
        self.findings = findings

    def fill(self, node: Node, key: str) -> Node:
        if isinstance(node, Items):
            return Items(node.place, [self.fill(value, key) for value in node.values])
        if isinstance(node, Branch):
            filled = {k: v if not key and k == "vars" else self.fill(v, k) for k, v in node.values.items()}
            return Branch(node.place, node.keys, filled)
        if isinstance(node.value, str) and "$" in node.value:
            return self._leaf(node, node.value, key)
        return node

    def _leaf(self, leaf: Leaf, text: str, key: str) -> Node:
        whole = _VAR.fullmatch(text)
        if whole and isinstance(self.vars.get(whole[1]), Branch) and key not in _LANGUAGES:
            return self.vars[whole[1]]
        filled = _VAR.sub(lambda match: self._word(match[0], match[1], leaf, key), text)
        return Leaf(leaf.place, filled, leaf.quoted)

    def _word(self, written: str, name: str, leaf: Leaf, key: str) -> str:
        value = self.vars.get(name)
        if isinstance(value, Branch):
            value = value.values.get(key)
        if isinstance(value, Leaf) and isinstance(value.value, str):
            return value.value
        if name in self.vars:
            message = f"`{written}` is a text in three languages; use it inside kk, ru and en, or alone"
        else:
            message = f"`{written}` is not among the `vars`{suggest(name, self.vars)}"
        self.findings.append(error(leaf.place, "variable", message))
        return written
