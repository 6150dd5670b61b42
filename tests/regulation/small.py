"""A package of a few lines: what a test says about steps and exits, with everything else filled in."""

from __future__ import annotations

from typing import Any

from qyzmet.regulation.model import Package

CITE = "A120 §5(1)"


def text(words: str) -> dict[str, str]:
    return {"kk": words, "ru": words, "en": words}


def step(then: Any, **more: Any) -> dict[str, Any]:
    """A step with the keys every step needs; `by` is a clerk unless the kind has no one."""
    kind = more.get("kind", "task")
    base: dict[str, Any] = {"name": text("a step"), "cite": CITE, "then": then}
    if kind in {"task", "batch", "collegial"}:
        base["by"] = "clerk"
    return base | more


def exit_(kind: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "name": text(kind), "cite": CITE} | more


def package(steps: dict[str, Any], exits: dict[str, Any] | None = None, **more: Any) -> Package:
    """A package made of these steps and exits (`granted`, positive, if none are given)."""
    ground = {"name": text("a ground"), "cite": CITE}
    data: dict[str, Any] = {
        "service": "small",
        "edition": "2024-01-10-n1",
        "sources": ["A120"],
        "life": {
            "adopted": {"on": "2024-01-10", "basis": "a test"},
            "registered": "unconfirmed",
            "published": "unconfirmed",
            "in-force": {"from": "unconfirmed"},
        },
        "name": text("a small service"),
        "provider": text("a body"),
        "recipients": ["individual"],
        "organisations": {
            "provider": {"name": text("a body"), "kind": "body", "hours": "provider", "cite": CITE}
        },
        "posts": {"clerk": {"name": text("clerk"), "org": "provider", "cite": CITE}},
        "channels": {"portal": {"hours": "portal", "cite": CITE}},
        "parties": {"applicant": {"name": text("applicant"), "kinds": ["individual"], "cite": CITE}},
        "form-of-service": text("electronic"),
        "result": text("a result"),
        "term": {"within": "8 working days", "cite": CITE},
        "fee": {"none": CITE},
        "grounds": {"untrue": ground},
        "suspensions": {"court": ground | {"until": text("it is settled"), "by": ["clerk"]}},
        "other": text("nothing"),
        "steps": steps,
        "exits": exits or {"granted": exit_("positive")},
    }
    return Package.model_validate(data | more)


def hearing() -> Package:
    """General law of two steps, for decisions from 1 July 2021."""
    return package(
        {
            "notice": step("hold", by="decider"),
            "hold": step({"held": "return", "waived": "return"}, by="decider"),
        },
        exits={"refused": exit_("neutral")},
        service="hearing",
        posts={"decider": {"name": text("decider"), "org": "provider", "cite": CITE}},
        attach={"stage": "before-refusal", "decided-from": "2021-07-01", "cite": "APPC art. 73"},
    )
