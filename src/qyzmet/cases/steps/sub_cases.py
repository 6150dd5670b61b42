"""A step that is a case of another service."""

from __future__ import annotations

from collections.abc import Mapping

from qyzmet.cases import rows, seeing
from qyzmet.cases.filing import registration, roles
from qyzmet.cases.filing.editions import edition_for
from qyzmet.cases.filing.founding import enter, new_ref
from qyzmet.cases.hold import Held
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, CaseState, Filing, Token
from qyzmet.cases.words import wording
from qyzmet.people.directory import body

__all__ = ["open_sub_case"]


def open_sub_case(held: Held, token: Token) -> Held:
    """A step that is a case of another service: the same recipient's, filed and registered by the system."""
    step, parent, act = held.law.step(token.step), held.case, held.act
    law = edition_for(step.service or "", held.now).law
    papers = rows.select(Filing, "WHERE case_id = %s", [parent.pk])[0]
    channel = _channel(law, parent.channel)
    facts = {**parent.facts, **step.variant, "channel": channel}
    orgs = roles.assign_roles(law, None, _shared(law, parent.orgs), facts, act.actor)
    case = rows.make(
        Case,
        ref=new_ref(),
        service=law.package.service,
        edition_id=law.id,
        channel=channel,
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
    wording.begin(case, law, papers)
    for row in seeing.from_the_start(case, papers.parties, None, held.now):
        act.grant(row)
    child.record("case.received", {"parent": parent.ref, "step": token.step})
    registration.register(child)
    return child


def _channel(law: Law, of_parent: str) -> str:
    """The parent's way in, where the other service has it too; else the first that needs no window."""
    ways = law.package.channels
    direct = (key for key, way in ways.items() if way.by is None)
    return of_parent if of_parent in ways else next(direct, next(iter(ways)))


def _shared(law: Law, orgs: Mapping[str, int]) -> dict[str, int]:
    """The parent's organisations that play the same role, of the same kind, in the other service."""
    spoken = law.package.organisations
    return {r: o for r, o in orgs.items() if r in spoken and body(o).kind == spoken[r].kind}
