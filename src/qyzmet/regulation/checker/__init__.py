"""The checker: what is wrong with a package beyond its shape.

`check` runs every look over one package. A look is a module with `look(subject)` that yields findings:
`kinds` (what each kind of step needs), `references` (ids exist), `facts` (conditions can be read), `flow` (every
case ends), `people`, `papers`, `texts`, `citations`, `terms` (limits are readable), `time` (limits fit).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from qyzmet.regulation.checker import texts
from qyzmet.regulation.checker.known import acknowledged
from qyzmet.regulation.checker.subject import Others, Resolver, Subject
from qyzmet.regulation.findings import Finding, ordered
from qyzmet.regulation.loader import Loaded

__all__ = ["check"]

Look = Callable[[Subject], Iterator[Finding]]

LOOKS: tuple[Look, ...] = (texts.look,)


def check(loaded: Loaded, acts: Resolver, parameters: Container[str], others: Others) -> tuple[Finding, ...]:
    """Everything found in a package, by place; what its loading found stands alone if it did not load.

    `parameters` holds the names of the dated values it may use, `others` the packages it may refer to.
    """
    if loaded.package is None or loaded.abstract:
        return loaded.findings
    subject = Subject(loaded.package, loaded.places, acts, parameters, others)
    findings = [finding for look in LOOKS for finding in look(subject)]
    return ordered([*loaded.findings, *acknowledged(subject, findings)])
