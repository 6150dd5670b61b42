"""Reads packages: strict YAML, bases and variables, the shape of the model; every error at once, in place.

`load_package` reads one file, `load_tree` all packages below a folder (by default the shipped ones). What
goes beyond shape is `regulation.checker`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from qyzmet.regulation.findings import Finding, Place, error, ordered
from qyzmet.regulation.model import Package
from qyzmet.regulation.places import Places, plain
from qyzmet.regulation.sharing import SHIPPED, is_abstract, resolve
from qyzmet.regulation.wording import shape_findings
from qyzmet.regulation.yaml_source import Branch, Leaf, Node, SourceError

__all__ = ["Finding", "Loaded", "load_package", "load_tree", "package_files"]

FILE = "service.yaml"
_EDITION = re.compile(r"\d{4}-\d{2}-\d{2}(-[a-z0-9]+)+", re.ASCII)


@dataclass(frozen=True)
class Loaded:
    """A file read. `package` is None when something of its shape is wrong, or a base leaves gaps to fill."""

    path: Path
    package: Package | None
    findings: tuple[Finding, ...]
    places: Places
    abstract: bool = False


def load_package(path: Path) -> Loaded:
    """Read one package file. Raises OSError when the file cannot be opened."""
    try:
        root, findings = resolve(path)
    except SourceError as problem:
        return Loaded(path, None, (problem.finding,), Places(Branch(Place(str(path), 1, 1))))
    places = Places(root)
    if not isinstance(root, Branch):
        wrong = error(root.place, "not-a-mapping", "a package is a mapping of keys; start with `service:`")
        return Loaded(path, None, (wrong,), places)
    abstract = is_abstract(root)
    package, shape = _validated(root, places)
    if abstract:
        shape = [finding for finding in shape if not _left_open(finding, places)]
    if any(finding.code == "extends" for finding in findings):
        shape = [finding for finding in shape if not finding.code.startswith("missing-")]
    said = {(f.path, f.line, f.col) for f in findings}
    findings += [f for f in shape if (f.path, f.line, f.col) not in said]
    return Loaded(path, None if findings else package, ordered(findings), places, abstract)


def _validated(root: Node, places: Places) -> tuple[Package | None, list[Finding]]:
    try:
        return Package.model_validate(plain(root)), []
    except ValidationError as problem:
        return None, list(shape_findings(problem, places))


def _left_open(finding: Finding, places: Places) -> bool:
    """A base may leave whole parts, and what a variable will fill, to the packages that extend it."""
    if finding.code == "missing-key" and finding.at == "the service":
        return True
    node = places.node(int(part) if part.isdigit() else part for part in finding.at.split("."))
    return isinstance(node, Leaf) and isinstance(node.value, str) and "$" in node.value


def package_files(root: Path) -> Iterator[Path]:
    """Every package file below a folder, in order."""
    yield from sorted(path for path in root.rglob(FILE) if path.is_file())


def load_tree(root: Path | None = None) -> dict[tuple[str, str], Loaded]:
    """All packages below a folder by service and edition, those that others only build on included."""
    tree: dict[tuple[str, str], Loaded] = {}
    for path in package_files(root or SHIPPED):
        loaded = load_package(path)
        service, edition = path.parts[-3:-1]
        if loaded.package is not None:
            service, edition = loaded.package.service, loaded.package.edition
        tree[(service, edition)] = loaded
    return tree
