"""What must have ended well before: a case of another service."""

from __future__ import annotations

from qyzmet.cases.intake import Checked
from qyzmet.cases.laws import holds
from qyzmet.cases.models import Case, CaseState
from qyzmet.cases.refusals import refused

__all__ = ["check_needs"]


def check_needs(checked: Checked) -> None:
    """Raise ActRefused `need-missing` unless the recipient has the ended cases this service asks for."""
    facts = checked.law.facts(checked.facts)
    for need in checked.law.package.needs:
        if not holds(need.only, facts):
            continue
        ended = Case.objects.filter(
            service=need.service, exit=need.exit, state=CaseState.ENDED, applicant=checked.recipient.number
        )
        if not any(all(c.variant.get(k) == v for k, v in need.variant.items()) for c in ended):
            raise refused("need-missing", need.cite, service=need.service, hint={"service": need.service})
