"""The checker: what is wrong with a package beyond its shape.

`check` runs every look over one package. A look is a module with `look(subject)` that yields findings:
`kinds` (what each kind of step needs), `references` and `services` (ids exist), `facts` (conditions can be
read), `exits` and `flow` (every case ends), `people`, `papers`, `texts`, `citations`, `terms` (limits can be
read), `time` (limits fit).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import replace

from qyzmet.regulation.checker import (
    citations,
    exits,
    facts,
    flow,
    kinds,
    papers,
    people,
    references,
    services,
    terms,
    texts,
    time,
)
from qyzmet.regulation.checker.known import acknowledged
from qyzmet.regulation.checker.subject import Others, Resolver, Subject
from qyzmet.regulation.findings import Finding, ordered
from qyzmet.regulation.loader import Loaded

__all__ = ["check"]

Look = Callable[[Subject], Iterator[Finding]]

LOOKS: tuple[Look, ...] = (
    kinds.look,
    references.look,
    services.look,
    facts.look,
    exits.look,
    flow.look,
    people.look,
    papers.look,
    texts.look,
    citations.look,
    terms.look,
    time.look,
)


def check(loaded: Loaded, acts: Resolver, parameters: Container[str], others: Others) -> tuple[Finding, ...]:
    """Everything found in a package, by place; what its loading found stands alone if it did not load.

    `parameters` holds the names of the dated values it may use, `others` the packages it may refer to.
    """
    if loaded.package is None or loaded.abstract:
        return loaded.findings
    subject = Subject(loaded.package, loaded.places, acts, parameters, others)
    findings = [finding for look in LOOKS for finding in look(subject)]
    return ordered(_named(finding, loaded) for finding in acknowledged(subject, findings))


def _named(finding: Finding, loaded: Loaded) -> Finding:
    """What stands in a base is said of the package that was built on it."""
    if finding.path == str(loaded.path) or loaded.package is None:
        return finding
    return replace(finding, message=f"for `{loaded.package.service}`, {finding.message}")
