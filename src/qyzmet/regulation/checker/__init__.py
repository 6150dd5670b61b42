"""The checker: what is wrong with a package beyond its shape.

`check` runs every look over one package. A look is a module with `look(subject)` that yields findings:
`whole` (parts it cannot do without), `kinds` (what each kind of step needs), `references` and `services` (ids
exist), `facts` (conditions can be read), `fetching` (state databases), `exits` and `flow` (every case ends),
`people`, `papers`, `texts`, `citations`, `terms` (limits can be read), `time` (limits fit).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import replace

from qyzmet.regulation.checker import (
    citations,
    exits,
    facts,
    fetching,
    flow,
    kinds,
    papers,
    people,
    references,
    services,
    terms,
    texts,
    time,
    whole,
)
from qyzmet.regulation.checker.known import acknowledged
from qyzmet.regulation.checker.subject import Others, Resolver, Subject
from qyzmet.regulation.findings import Finding, ordered
from qyzmet.regulation.loader import Loaded

__all__ = ["check"]

Look = Callable[[Subject], Iterator[Finding]]

AT_PARTS: tuple[Look, ...] = (
    whole.look,
    kinds.look,
    references.look,
    services.look,
    facts.look,
    fetching.look,
    exits.look,
    people.look,
    texts.look,
    citations.look,
    terms.look,
)
AT_PATHS: tuple[Look, ...] = (papers.look, time.look)

_BREAKS_MOVES = {
    "unknown-step",
    "unknown-exit",
    "condition",
    "unknown-fact",
    "unknown-value",
    "missing-outcome",
    "taken-id",
}
_FOLLOWS_FROM = {
    "unused-post": "unknown-post",
    "unused-organisation": "unknown-organisation",
    "unused-ground": "unknown-ground",
    "never-issued": "unknown-issued-document",
}


def check(
    loaded: Loaded,
    acts: Resolver,
    parameters: Container[str],
    others: Others,
    own_functions: tuple[str, ...] = (),
) -> tuple[Finding, ...]:
    """Everything found in a package, by place; what its loading found stands alone if it did not load.

    `parameters` holds the names of the dated values it may use, `others` the packages it may refer to,
    `own_functions` the functions a deployment adds to the product's. What only follows from another error is
    left out: nobody is asked to mend the same thing twice.
    """
    if loaded.package is None or loaded.abstract:
        return loaded.findings
    subject = Subject(loaded.package, loaded.places, acts, parameters, others, own_functions)
    findings = [finding for look in AT_PARTS for finding in look(subject)]
    codes = {finding.code for finding in findings}
    findings = [finding for finding in findings if _FOLLOWS_FROM.get(finding.code) not in codes]
    sound = bool(loaded.package.steps) and not any(_breaks_moves(finding) for finding in findings)
    if sound:
        astray = list(flow.look(subject))
        findings += astray
        sound = not astray
    if sound:
        findings += [finding for look in AT_PATHS for finding in look(subject)]
    return ordered(_named(finding, loaded) for finding in acknowledged(subject, findings, sound))


def _breaks_moves(finding: Finding) -> bool:
    return finding.code in _BREAKS_MOVES and finding.at.startswith("steps.")


def _named(finding: Finding, loaded: Loaded) -> Finding:
    """A notice that stands in a base says for which of the packages built on it."""
    if finding.level == "error" or finding.path == str(loaded.path) or loaded.package is None:
        return finding
    return replace(finding, message=f"for `{loaded.package.service}`, {finding.message}")
