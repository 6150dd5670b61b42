"""What a package needs as a whole: steps, a way in, somebody who applies; ids that mean what they say."""

from __future__ import annotations

from collections.abc import Iterator

from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding
from qyzmet.regulation.model import Package
from qyzmet.regulation.model.steps import END, RETURN

__all__ = ["look"]

_FACTS = {"channel", "recipient", "exit", "visit"}


def look(subject: Subject) -> Iterator[Finding]:
    """Parts a service cannot do without, and ids that are taken."""
    package = subject.package
    for key, needed in _needed(package).items():
        if not needed:
            yield subject.error("nothing-there", (key,), f"a service cannot do without {key}; write them")
    if package.parties and "applicant" not in package.parties:
        message = "nobody is called `applicant`: the party that files; name it so"
        yield subject.error("no-applicant", ("parties",), message)
    for key in package.steps:
        if key in {END, RETURN}:
            message = f"`{key}` is where moves end, so no step can be called so; rename it"
            yield subject.error("taken-id", ("steps", key), message, subject.places.key(("steps", key)))
    for key in package.variants:
        if key in _FACTS:
            message = f"`{key}` is a fact of its own in conditions; rename this dimension"
            yield subject.error("taken-id", ("variants", key), message, subject.places.key(("variants", key)))


def _needed(package: Package) -> dict[str, object]:
    """General law before a refusal has no way in and no applicant of its own."""
    if package.attach is not None and package.attach.stage == "before-refusal":
        return {"steps": package.steps}
    return {
        "steps": package.steps,
        "channels": package.channels,
        "parties": package.parties,
        "recipients": package.recipients,
        "organisations": package.organisations,
        "exits": package.exits,
    }
