"""Exits: a refusal has grounds, a suspension a way in and a way on; every ground serves one."""

from __future__ import annotations

from collections.abc import Iterator

from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding
from qyzmet.regulation.model import Exit
from qyzmet.regulation.places import Path

__all__ = ["look"]

_WITH_GROUNDS = {"refusal": "refusal", "suspension": "suspension", "not-accepted": "refusal to accept"}


def look(subject: Subject) -> Iterator[Finding]:
    """Exits that lack what their kind needs, grounds no exit lists."""
    package = subject.package
    for key, exit_ in package.exits.items():
        yield from _exit(subject, ("exits", key), exit_)
    listed = {ground for exit_ in package.exits.values() for ground in exit_.grounds}
    yield from _refused_by_nobody(subject)
    for key in package.grounds:
        if key not in listed:
            yield subject.notice("unused-ground", ("grounds", key), f"no exit lists the ground `{key}`")
    for key, ground in package.suspensions.items():
        if key not in listed and not ground.by:
            message = f"no exit lists the ground `{key}` and no post (`by`) may enter it; add one of the two"
            yield subject.notice("unused-ground", ("suspensions", key), message)


def _refused_by_nobody(subject: Subject) -> Iterator[Finding]:
    """A step that is skipped, or that only gathers branches, completes without a decision.

    No hearing could come before a refusal it enters (APPC art. 73).
    """
    package = subject.package
    for key, step in package.steps.items():
        if step.only is None and step.kind != "all-of":
            continue
        for outcome, moves in step.then.items():
            for move in moves:
                exit_ = package.exits.get(move.exit or "")
                if exit_ and exit_.kind == "refusal" and (step.kind == "all-of" or len(step.then) == 1):
                    message = (
                        f"`{key}` would refuse without anybody deciding; let a step that is never skipped"
                        f" enter `{move.exit}`"
                    )
                    yield subject.error("refused-by-nobody", ("steps", key, "then", outcome), message)


def _exit(subject: Subject, path: Path, exit_: Exit) -> Iterator[Finding]:
    place = subject.places.key(path)
    if exit_.kind in _WITH_GROUNDS and not exit_.grounds and not subject.package.attach:
        message = f"a {_WITH_GROUNDS[exit_.kind]} needs its `grounds`; list them from the law"
        yield subject.error("no-grounds", path, message, place)
    if exit_.kind not in _WITH_GROUNDS and exit_.grounds:
        message = f"an exit of kind `{exit_.kind}` asks for no grounds; remove them, or change the kind"
        yield subject.error(
            "useless-key", (*path, "grounds"), message, subject.places.key((*path, "grounds"))
        )
    for key, value, what in (
        ("effective", exit_.effective, "the step it takes effect with"),
        ("resume", exit_.resume, "the step the case goes on at when it is lifted"),
    ):
        if (exit_.kind == "suspension") != (value is not None):
            has = "needs" if value is None else "is not a suspension and has no use for"
            yield subject.error("suspension", path, f"the exit `{path[-1]}` {has} `{key}`, {what}", place)
    if exit_.hearing_not_required and exit_.kind != "refusal":
        message = "only a refusal has a hearing before it; remove `hearing-not-required`"
        yield subject.error("useless-key", (*path, "hearing-not-required"), message)
