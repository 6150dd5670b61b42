"""How a checked application becomes a case: its row, its papers, its first access and entry."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from qyzmet.cases import rows, seeing
from qyzmet.cases.dates import clocks
from qyzmet.cases.filing import plots, roles
from qyzmet.cases.filing.intake import Checked
from qyzmet.cases.hold import Held
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, Filing
from qyzmet.cases.signed import deciding
from qyzmet.cases.steps import duties
from qyzmet.cases.transaction import Act
from qyzmet.cases.words import wording
from qyzmet.regulation.model.fetching import fetches

__all__ = ["create", "enter", "new_ref", "take_effect"]

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def create(act: Act, checked: Checked, key: str | None, about: int | None = None) -> Held:
    """Make the case from a checked application. It is `received`; registering it is for `registration`.

    One with a signature that has yet to be confirmed has no effect outside the case before it is.
    """
    application, law, now = checked.application, checked.law, act.now
    case = rows.make(
        Case,
        ref=new_ref(),
        service=law.package.service,
        about_id=about,
        edition_id=law.id,
        channel=application.channel,
        variant=dict(application.variant),
        facts=checked.facts,
        orgs=checked.orgs,
        provider_id=roles.provider_of(law, checked.orgs),
        applicant=checked.recipient.number,
        applicant_kind=checked.recipient.kind,
        filed_by_id=act.actor.account,
        filer=act.actor.person,
        filing_key=key,
        opening=checked.opening,
        unconfirmed=checked.pending,
        received_at=now,
        registered_at=clocks.registered_at(checked.hours, now),
        moved_at=now,
    )
    held = enter(act, case, law)
    _keep_papers(case, checked)
    wording.begin_with(case, checked.words)
    intake = checked.orgs.get(roles.intake_role(law, application.channel) or "")
    for row in seeing.from_the_start(case, checked.parties, intake, now):
        act.grant(row)
    seq = held.record("case.received", _said(checked))
    act.send("mail", "case.received", case.stream, seq)
    for party, proof in checked.proofs.items():
        kept = deciding.row_of(held, seq, f"filing:{party}", proof)
        act.signature(kept)
        if proof.signed.pending:
            act.send("revocation", "signature.pending", case.stream, seq, ref=kept.subject)
    if not case.unconfirmed:
        take_effect(held, checked.form)
    return held


def take_effect(held: Held, form: Mapping[str, Any]) -> None:
    """What a filing brings about outside its case: duties fulfilled and begun, plots spoken for."""
    duties.fulfil_by_filing(held)
    duties.start_from_form(held, form)
    plots.name_plots(held, form)
    if fetches(held.law.package):
        held.act.send("state-data", "ask", held.case.stream, held.act.ledger.seq(held.case.stream))


def enter(act: Act, case: Case, law: Law) -> Held:
    """Insert a new case and hold it."""
    rows.insert_returning([case])
    act.ledger.begin(case.stream)
    held = act.held[case.pk] = Held(act, case, law, {})
    return held


def new_ref() -> str:
    """A reference nobody can guess or misread."""
    return "".join(secrets.choice(LETTERS) for _ in range(12))


def _keep_papers(case: Case, checked: Checked) -> None:
    application = checked.application
    papers = rows.make(
        Filing,
        case_id=case.pk,
        applicant_name=checked.recipient.name,
        language=application.language,
        form=checked.form,
        documents=dict(application.documents),
        parties=checked.parties,
        signatures={party: each.plain() for party, each in application.signatures.items()},
        prepared=_prepared(checked),
    )
    rows.insert([papers])


def _prepared(checked: Checked) -> str:
    signed = next(iter(checked.application.signatures.values()), None)
    return signed.prepared if signed else checked.application.prepared


def _said(checked: Checked) -> dict[str, Any]:
    said = checked.application.plain()
    return {
        **said,
        "form": checked.form,
        "recipient": checked.recipient._asdict(),
        "opening": checked.opening,
    }
