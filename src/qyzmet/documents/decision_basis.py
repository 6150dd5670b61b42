"""What a decision rests on: checks, dates, parameters, votes, who decided by what right, the signature."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases.dates import clocks
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Case, Deadline, Finding, SignatureRecord, Token, Vote
from qyzmet.people.directory import body
from qyzmet.people.in_force import in_force
from qyzmet.people.models import Account, PostHolding, Substitution

__all__ = ["checks", "dates", "official", "parameters", "signature", "votes", "words"]


def checks(case: Case, token: Token) -> list[dict[str, Any]]:
    """What automatic checks had found when the step was completed."""
    law = law_of(case.edition_id)
    found = Finding.objects.filter(case=case, at__lte=token.closed_at).order_by("id")
    return [
        {
            "step": each.step,
            "check": each.function,
            "name": words(law.step(each.step).name),
            "outcome": each.outcome,
            "items": each.items,
            "at": each.at.isoformat(),
        }
        for each in found
    ]


def dates(case: Case, token: Token) -> list[dict[str, Any]]:
    """The overall term and the step's limit, with the calendar and the hours they were counted by."""
    subjects = [f"case:{case.pk}", f"token:{case.pk}.{token.no}"]
    kept = Deadline.objects.filter(subject__in=subjects).order_by("id")
    return [
        {
            "subject": each.subject,
            "duty": each.duty,
            "due": each.due.isoformat() if each.due else None,
            "state": each.state,
            **{
                part: each.basis.get(part)
                for part in ("term", "start", "calendar", "hours", "hours_hash", "cite")
            },
        }
        for each in kept
    ]


def parameters(law: Law, token: Token) -> Iterator[dict[str, Any]]:
    """The parameters the step names (a quorum, pick-up times), as they stood on its day."""
    known, day = clocks.parameters(), clock.local(token.closed_at or token.opened_at).date()
    for name in sorted({*_strings(law.step(token.step).model_dump())} & {*known}):
        entry = known[name].on(day)
        if entry is not None:
            plain = entry.model_dump(mode="json", by_alias=True, exclude_none=True)
            yield {"parameter": name, "name": words(known[name].name), "on": day.isoformat(), **plain}


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for each in part.values():
            yield from _strings(each)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _strings(each)


def votes(law: Law, token: Token) -> list[dict[str, Any]]:
    """How each member voted; empty for a step nobody votes on."""
    step = law.step(token.step)
    if step.votes is None:
        return []
    cast = Vote.objects.filter(token=token).select_related("account").order_by("id")
    return [
        {
            "name": each.account.full_name,
            "outcome": each.outcome,
            "choice": next((words(m.name) for m in step.then.get(each.outcome, ()) if m.name), None),
            "recused": each.recused,
            "chair": each.chair,
            "at": each.at.isoformat(),
        }
        for each in cast
    ]


def official(law: Law, token: Token) -> dict[str, Any] | None:
    """Who did it, in which post of which body, and why they might: a holding or an order of substitution."""
    account = Account.objects.filter(number=token.closed_by).first()
    where = body(token.organisation_id) if token.organisation_id is not None else None
    if account is None or where is None:
        return None
    return {
        "name": account.full_name,
        "post": token.post,
        "post_name": law.post_name(token.post, token.step),
        "organisation": where.code,
        "organisation_name": where.names,
        "authority": _authority(account, token),
    }


def _authority(account: Account, token: Token) -> dict[str, Any] | None:
    then = token.closed_at or token.opened_at
    post = {"organisation_id": token.organisation_id, "post": token.post}
    held = PostHolding.objects.filter(in_force(then), account=account, **post).order_by("id").first()
    if held is not None:
        return {"kind": "holding", "since": held.since.isoformat(), "until": _moment(held.until)}
    stood = Substitution.objects.filter(
        in_force(then), substitute=account, holding__in=PostHolding.objects.filter(**post)
    )
    order = stood.select_related("holding__account").order_by("id").first()
    if order is None:
        return None
    return {
        "kind": "substitution",
        "order": order.order,
        "since": order.since.isoformat(),
        "until": order.until.isoformat(),
        "instead_of": order.holding.account.full_name,
    }


def signature(case: Case, token: Token) -> dict[str, Any] | None:
    """The official's signature with the outcome of each check; None where the step has none."""
    found = SignatureRecord.objects.filter(case=case, subject=f"step:{token.no}").order_by("-id").first()
    if found is None:
        return None
    return {
        "prepared": found.prepared,
        "outcome": found.outcome,
        "name": found.name,
        "judged_at": found.judged_at.isoformat(),
        "confirmed_at": _moment(found.confirmed_at),
        "checks": [
            {part: each.get(part) for part in ("check", "passed", "code")}
            for each in found.record.get("checks", ())
        ],
    }


def _moment(moment: datetime | date | None) -> str | None:
    return moment.isoformat() if moment else None


def words(text: Any) -> dict[str, str]:
    """A text of the package by language."""
    said: dict[str, str] = text.model_dump(exclude={"reviewed"})
    return said
