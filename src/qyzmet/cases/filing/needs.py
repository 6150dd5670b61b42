"""What must have ended well before: a case of another service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qyzmet.cases.laws import Law, holds
from qyzmet.cases.models import Case, CaseState
from qyzmet.cases.refusals import refused
from qyzmet.regulation.model import Need

__all__ = ["check_needs", "unmet"]


def check_needs(law: Law, applicant: str, facts: Mapping[str, Any]) -> None:
    """Raise ActRefused `need-missing` at filing, unless the procedure has a step of its own that checks
    it."""
    if law.checks("needs.met"):
        return
    for need in unmet(law, applicant, facts):
        raise refused("need-missing", need.cite, service=need.service, hint={"service": need.service})


def unmet(law: Law, applicant: str, facts: Mapping[str, Any]) -> list[Need]:
    """The needs for which the recipient has no case that ended as it has to."""
    return [n for n in law.package.needs if holds(n.only, facts) and not _met(n, applicant)]


def _met(need: Need, applicant: str) -> bool:
    ended = Case.objects.filter(service=need.service, exit=need.exit, state=CaseState.ENDED)
    if need.party == "applicant":
        ended = ended.filter(applicant=applicant)
    else:
        ended = ended.filter(**{f"filing__parties__{need.party}": applicant})
    return any(all(c.variant.get(k) == v for k, v in need.variant.items()) for c in ended)
