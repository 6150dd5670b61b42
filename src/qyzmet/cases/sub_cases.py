"""A step that is a case of another service."""

from __future__ import annotations

from collections.abc import Mapping

from qyzmet.cases import registration, roles, rows, seeing
from qyzmet.cases.editions import edition_for
from qyzmet.cases.founding import enter, new_ref
from qyzmet.cases.hold import Held
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, CaseState, Filing, Token
from qyzmet.people.directory import body

__all__ = ["open_sub_case"]


def open_sub_case(held: Held, token: Token) -> Held:
    """A step that is a case of another service: the same recipient's, filed and registered by the system."""
    step, parent, act = held.law.step(token.step), held.case, held.act
    law = edition_for(step.service or "", held.now).law
    papers = rows.select(Filing, "WHERE case_id = %s", [parent.pk])[0]
    facts = {**parent.facts, **step.variant}
    orgs = roles.assign_roles(law, parent.channel, _shared(law, parent.orgs), facts, act.actor) if law else {}
    case = rows.make(
        Case,
        ref=new_ref(),
        service=law.package.service,
        edition_id=law.id,
        channel=parent.channel,
        variant=dict(step.variant),
        facts=facts,
        orgs=orgs,
        provider_id=roles.provider_of(law, orgs),
        applicant=parent.applicant,
        applicant_kind=parent.applicant_kind,
        filer=parent.filer,
        state=CaseState.RECEIVED,
        received_at=held.now,
        registered_at=held.now,
        moved_at=held.now,
        parent_id=parent.pk,
        parent_token=token.no,
    )
    child = enter(act, case, law)
    papers.case_id = case.pk
    rows.insert([papers])
    for row in seeing.from_the_start(case, papers.parties, None, held.now):
        act.grant(row)
    child.record("case.received", {"parent": parent.ref, "step": token.step})
    registration.register(child)
    return child


def _shared(law: Law, orgs: Mapping[str, int]) -> dict[str, int]:
    """The parent's organisations that play the same role, of the same kind, in the other service."""
    spoken = law.package.organisations
    return {r: o for r, o in orgs.items() if r in spoken and body(o).kind == spoken[r].kind}
