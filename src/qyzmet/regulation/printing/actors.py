"""Who stands in which lane: the recipient, other parties, the portal, then posts by organisation."""

from __future__ import annotations

from collections.abc import Iterable

from qyzmet.regulation.model import Package, Step
from qyzmet.regulation.printing.flow import Lane
from qyzmet.regulation.printing.phrases import recipient_name
from qyzmet.regulation.printing.words import Language, say

__all__ = ["PORTALS", "RECIPIENT", "SYSTEM", "lane_of", "lanes"]

RECIPIENT = "recipient"
SYSTEM = "system"
OUTSIDE = "outside"
DECIDER = "decider"
"""In general law: whoever decides the case it is attached to."""
PORTALS = frozenset({"portal", "system", "integrated"})
"""Ways in where an information system takes the application and passes it on."""


def lane_of(package: Package, step: Step) -> str:
    """The lane a step is drawn in: `party:x`, `post:x`, `org:x`, the recipient's, the system's or outside."""
    if step.kind == "await":
        return _waited_for(package, step.from_)
    if step.by is not None and step.by in package.posts:
        return f"post:{step.by}"
    if step.by == DECIDER:
        return DECIDER
    if step.org is not None:
        return f"org:{step.org}"
    return SYSTEM


def _waited_for(package: Package, source: str | None) -> str:
    if source == "applicant":
        return RECIPIENT
    if source in package.parties:
        return f"party:{source}"
    return f"org:{source}" if source in package.organisations else OUTSIDE


def lanes(package: Package, used: Iterable[str], channels: Iterable[str], lang: Language) -> tuple[Lane, ...]:
    """The lanes in use, grouped by organisation; organisations and posts in the order they first act."""
    order = sorted(dict.fromkeys(used), key=lambda key: key != RECIPIENT)
    made = [_lane(package, key, channels, lang) for key in order]
    groups = list(dict.fromkeys(lane.group for lane in made))
    groups.sort(key=lambda group: {RECIPIENT: 0, SYSTEM: 1, OUTSIDE: 3}.get(group, 2))
    return tuple(lane for group in groups for lane in made if lane.group == group)


def _lane(package: Package, key: str, channels: Iterable[str], lang: Language) -> Lane:
    kind, _, name = key.partition(":")
    if kind == "post":
        post = package.posts[name]
        organisation = package.organisations.get(post.org)
        words = organisation.name.in_language(lang) if organisation else post.org
        return Lane(key, post.name.in_language(lang), post.org, words)
    if kind == "org":
        words = package.organisations[name].name.in_language(lang)
        return Lane(key, words, name, words)
    if kind == "party":
        return Lane(key, package.parties[name].name.in_language(lang), RECIPIENT, "")
    if key == RECIPIENT:
        return Lane(key, recipient_name(package, lang), RECIPIENT, "")
    if key == SYSTEM:
        portal = "portal" in channels
        return Lane(key, say("system-portal" if portal else "system", lang), SYSTEM, "")
    return Lane(key, say(key, lang), key, "")
