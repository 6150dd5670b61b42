"""Which real organisation plays each role of a package in a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.people.actor import Actor
from qyzmet.people.directory import Body, body, fitting, known
from qyzmet.regulation.conditions import parse

__all__ = ["assign_roles", "intake_role", "of_the_case", "provider_of"]


def intake_role(law: Law, channel: str) -> str | None:
    """The role whose post keys applications in on this channel; none where the recipient files directly."""
    by = law.package.channels[channel].by
    return law.package.posts[by].org if by else None


def assign_roles(
    law: Law, channel: str | None, chosen: Mapping[str, int], facts: Mapping[str, Any], actor: Actor
) -> dict[str, int]:
    """Role → organisation: what was chosen, the office that takes the application in, or the only one that
    fits. A case the system files itself comes through no `channel`.

    Raises ActRefused `organisation-choose` or `organisation-unfit` for a role the case may need.
    """
    roles = dict(chosen)
    intake = intake_role(law, channel) if channel is not None else None
    if intake is not None and actor.organisation is not None:
        roles[intake] = actor.organisation
    for role, organisation in roles.items():
        _check(law, role, organisation)
    needed = _needed(law, facts)
    for role, spoken in law.package.organisations.items():
        if role in roles or role not in needed:
            continue
        fit = _near(fitting(spoken.kind, law.package.service), roles)
        if len(fit) != 1:
            raise refused(
                "organisation-choose", spoken.cite, role=spoken.name.model_dump(), hint={"role": role}
            )
        roles[role] = fit[0].id
    return roles


def of_the_case(law: Law, about: Case) -> dict[str, int]:
    """A complaint goes to the provider complained of, and from it to the body above (APPC art. 91(3–4))."""
    roles = {"provider": about.provider_id}
    above = body(about.provider_id).parent
    if above is not None and "complaint-body" in law.package.organisations:
        roles["complaint-body"] = above
    return roles


def provider_of(law: Law, roles: Mapping[str, int]) -> int:
    """The organisation that delivers: the role `provider`, or the first the package names."""
    return roles["provider"] if "provider" in roles else roles[next(iter(law.package.organisations))]


def _check(law: Law, role: str, organisation: int) -> None:
    spoken = law.package.organisations.get(role)
    if law.package.attach is not None and spoken is not None:
        return  # general law takes the organisations of the case it is about
    found = body(organisation) if known(organisation) else None
    if (
        spoken is None
        or found is None
        or found.kind != spoken.kind
        or found.closed
        or (found.serves and law.package.service not in found.serves)
    ):
        said = spoken.name.model_dump() if spoken else role
        raise refused("organisation-unfit", role=said, hint={"role": role})


def _needed(law: Law, facts: Mapping[str, Any]) -> set[str]:
    """Roles of the posts whose steps this case may come to."""
    first = next(iter(law.package.organisations), None)
    needed = {"provider"} if "provider" in law.package.organisations else {first}
    for step in law.package.steps.values():
        if step.only is not None and parse(step.only).decided(facts) is False:
            continue
        post = law.package.posts.get(step.by or "")
        needed |= {role for role in (step.org, post.org if post else None) if role}
    return {role for role in needed if role}


def _near(fit: list[Body], roles: Mapping[str, int]) -> list[Body]:
    """Of several, those of the region of an organisation already chosen."""
    regions = {body(each).region for each in roles.values()} - {""}
    near = [each for each in fit if each.region in regions]
    return near if len(fit) > 1 and near else fit
