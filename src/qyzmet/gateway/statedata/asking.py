"""State databases are asked about a case: when it is filed, and again when an official asks again."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from qyzmet.cases import allow, rows
from qyzmet.cases.filing.consents import consents, given_to_data
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.laws import Law, holds
from qyzmet.cases.models import Capacity, Case, CaseState, Filing
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.gateway.models import StateQuestion
from qyzmet.gateway.statedata.port import connected
from qyzmet.people.actor import Actor
from qyzmet.regulation.model import Package
from qyzmet.regulation.state_databases import Wanted, wanted

__all__ = ["ASKED", "FETCH", "SETTLED_WELL", "applying", "ask", "destination_of", "wanted_for"]

ASKED, FETCH = "state-data.asked", "fetch"
WAITING, SETTLED_WELL = frozenset({"asked", "late"}), frozenset({"answered"})
LAW = "Law on personal data art. 8"
MOST = 40
"""Questions of one case; a form with more people in it is looked into by a person."""


def destination_of(database: str) -> str:
    """The outbox's name for a database: each fails, waits and is left alone by itself."""
    return f"state-data:{database}"


def applying(package: Package, facts: Mapping[str, Any]) -> dict[str, bool]:
    """The documents and fields that apply to an application, by id."""
    documents = {key: True for key, each in package.documents.items() if holds(each.only, facts)}
    sections = [each for each in package.form.values() if holds(each.only, facts)]
    fields = {k: True for each in sections for k, field in each.fields.items() if holds(field.only, facts)}
    return documents | fields


def wanted_for(case: Case, law: Law, form: Mapping[str, Any]) -> list[Wanted]:
    """What the law of a case lets the provider fetch for it."""
    return wanted(law.package, form, case.applicant, applying(law.package, law.facts(case.facts)))[:MOST]


def ask(
    actor: Actor, ref: str, *, now: datetime, again: int | None = None, key: str | None = None
) -> list[StateQuestion]:
    """Ask everything the law lets be fetched and was not asked yet; with `again`, ask that question anew.

    The System itself, or an official of the provider or of the office that took the case in. Nothing is asked
    without a consent that was given and stands, about an ended case, or while the same question waits.
    Cites: Law on personal data art. 8; O109 r417 §13 ¶2; O109 r417 §13 ¶3; O144 an.1 §6 ¶2.
    """
    with act("ask-state-data", actor, now=now, key=key, body=[ref, again]) as this:
        held = hold(this, ref)
        _may(held)
        if this.repeated:
            return []
        if not connected():
            raise refused("state-data-off")
        papers = rows.select(Filing, "WHERE case_id = %s", [held.case.pk])[0]
        consent = given_to_data(consents(held.case, held.law, papers.form))
        if consent is None:
            raise refused("state-data-consent", LAW)
        found = _once_more(held, papers.form, again) if again else _not_asked(held, papers.form)
        made = [_asked(held, each, consent.field) for each in found]
        this.answer = {"case": ref, "asked": len(made)}
        return made


def _may(held: Held) -> None:
    if held.case.state == CaseState.ENDED:
        allow.sees(held)
        raise refused("ended", at=held.case.ended_at)
    if held.act.actor.is_system:
        return
    seen = allow.sees(held)
    if not held.act.actor.is_official or not seen & {Capacity.PROVIDER, Capacity.HOLDER, Capacity.INTAKE}:
        raise refused("not-your-act")
    allow.not_own(held)


def _not_asked(held: Held, form: Mapping[str, Any]) -> Iterable[Wanted]:
    known = set(StateQuestion.objects.filter(case=held.case).values_list("item", "database", "about"))
    return [w for w in wanted_for(held.case, held.law, form) if (w.item, w.database, w.about) not in known]


def _once_more(held: Held, form: Mapping[str, Any], pk: int) -> Iterable[Wanted]:
    """The same question; of several askings only the last one can be asked anew."""
    row = StateQuestion.objects.filter(case=held.case, pk=pk).first()
    if row is None:
        raise refused("not-found")
    last = StateQuestion.objects.filter(case=held.case, item=row.item, database=row.database, about=row.about)
    if last.latest("pk").state in WAITING:
        raise refused("state-data-waits", at=row.asked_at)
    same = (row.item, row.database, row.about)
    return [w for w in wanted_for(held.case, held.law, form) if (w.item, w.database, w.about) == same]


def _asked(held: Held, each: Wanted, consent: str) -> StateQuestion:
    row = StateQuestion.objects.create(
        case=held.case, item=each.item, database=each.database, role=each.role, about=each.about,
        consent=consent, message=str(uuid.uuid4()), asked_at=held.now, asked_by=held.act.actor.post or "",
    )  # fmt: skip
    said = {"document": each.item, "database": each.database, "about": each.about, "consent": consent,
            "message": row.message}  # fmt: skip
    seq = held.act.record(held.case.stream, ASKED, said, edition=held.law.name)
    held.act.send(destination_of(each.database), FETCH, held.case.stream, seq, ref=str(row.pk))
    return row
