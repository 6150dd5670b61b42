"""People: every post acts somewhere, every organisation holds something; no key is asked for at a counter."""

from __future__ import annotations

from collections.abc import Iterator

from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding
from qyzmet.regulation.model import Package

__all__ = ["look"]


def look(subject: Subject) -> Iterator[Finding]:
    """Posts and organisations nothing gives work to, and keys asked for where paper is signed by hand."""
    package = subject.package
    for key, channel in package.channels.items():
        for name in ("signed", "software"):
            if channel.by and getattr(channel, name):
                message = f"what is filed at a counter is signed by hand; remove `{name}`"
                yield subject.error("useless-key", ("channels", key, name), message)
    busy = _busy_posts(package)
    for key in package.posts:
        if key not in busy:
            message = (
                f"no step, channel, signature or suspension is in the hands of `{key}`; use it, or drop it"
            )
            yield subject.notice("unused-post", ("posts", key), message)
    holding = _holding(package)
    for key in package.organisations:
        if key not in holding:
            message = f"no post, step or duty belongs to `{key}`; use it, or drop it"
            yield subject.notice("unused-organisation", ("organisations", key), message)


def _busy_posts(package: Package) -> set[str | None]:
    steps = package.steps.values()
    return {
        *(step.by for step in steps),
        *(signing.by for step in steps for signing in step.sign),
        *(channel.by for channel in package.channels.values()),
        *(issued.signed_by for issued in package.issued.values()),
        *(post for ground in package.suspensions.values() for post in ground.by),
        *(duty.who for duty in package.duties.values()),
    }


def _holding(package: Package) -> set[str | None]:
    return {
        *(post.org for post in package.posts.values()),
        *(org for step in package.steps.values() for org in (step.org, step.from_)),
        *(duty.who for duty in package.duties.values()),
    }
