"""What the register does with a contract: recorded, amended, assigned, struck off (O144 an.1 §9, §13, §14).

Every effect looks again under the lock of the unit's stream: between the check and now another may have come.
"""

from __future__ import annotations

from typing import Any

from qyzmet.cases.filing.numbers import next_number
from qyzmet.cases.steps.functions import Call, Verdict, register
from qyzmet.registers import claims
from qyzmet.registers.claims import finding
from qyzmet.registers.equity import FILING, RIGHT, UNIT, unit_key
from qyzmet.registers.equity.checks import right_meant
from qyzmet.registers.models import Claim

__all__ = ["amend", "assign", "record", "strike_off"]

FREE = "O144 an.1 §2(1)"


@register("equity.record")
def record(call: Call) -> Verdict:
    """Record a right on a unit: one live right per unit, whoever races for it. Gives the record number."""
    form = call.papers.form
    number_of = str(form["object-number"])
    key = unit_key(number_of, form["unit-entrance"], form["unit-number"])
    claims.lock(call, f"unit:{key}")
    if claims.live(UNIT, key) is None:
        return _refused("unit", "unit-unknown", unit=key)
    if claims.live(RIGHT, key) is not None:
        return _refused("third-parties", "right-recorded", unit=key)
    number = next_number(call.case.provider_id, call.now, "right")
    said = _contract(call)
    claims.take(call, RIGHT, [(key, said)], holder=str(form["holder-id"]), part_of=number_of, number=number)
    _let_go(call, key)
    return _done(call, key, "right.recorded", number, {"holder": form["holder-id"], **said})


@register("equity.amend")
def amend(call: Call) -> Verdict:
    """Add an additional agreement to a recorded right."""
    right = _locked(call)
    if right is None:
        return _unknown(call)
    said = {**_contract(call), "amendment": call.papers.form.get("amendment", "")}
    claims.change(right, data={**right.data, "amendments": [*right.data.get("amendments", []), said]})
    return _done(call, right.subject, "right.amended", right.number, said)


@register("equity.assign")
def assign(call: Call) -> Verdict:
    """Put the new holder in the place of the old; the chain of holders stays with the right."""
    right = _locked(call)
    if right is None:
        return _unknown(call)
    form = call.papers.form
    if right.holder != form.get("holder-id"):
        return _refused("holder", "not-the-holder", cite="O144 an.1 §14", record=right.number)
    chain = [*right.data.get("holders", []), {"holder": right.holder, "until": call.now.isoformat()}]
    new = str(form["new-holder-id"])
    claims.change(right, holder=new, data={**right.data, "holders": chain})
    return _done(call, right.subject, "right.assigned", right.number, {"from": form["holder-id"], "to": new})


@register("equity.strike_off")
def strike_off(call: Call) -> Verdict:
    """End a right after the share was handed over or the contract terminated; the unit is free again."""
    right = _locked(call)
    if right is None:
        return _unknown(call)
    why = str(call.facts.get("procedure", "strike-off"))
    claims.end(right, call, why)
    return _done(call, right.subject, "right.struck-off", right.number, {"why": why})


def _locked(call: Call) -> Claim | None:
    """The right that is meant, read again under the lock of its unit."""
    right = right_meant(call)
    if right is None:
        return None
    claims.lock(call, f"unit:{right.subject}")
    return right_meant(call)


def _contract(call: Call) -> dict[str, Any]:
    form = call.papers.form
    kept = ("contract-number", "contract-date", "price")
    return {"form": call.facts.get("form"), **{key: form[key] for key in kept if key in form}}


def _let_go(call: Call, key: str) -> None:
    kept = claims.live(FILING, key)
    if kept is not None:
        claims.end(kept, call, "recorded")


def _done(call: Call, key: str, code: str, number: str | None, said: dict[str, Any]) -> Verdict:
    call.act.record(f"unit:{key}", code, {"record": number, "case": call.case.ref, **said})
    return Verdict("done", [finding("record", unit=key, record=number)], {"record-number": number})


def _refused(check: str, fault: str, cite: str = FREE, **words: Any) -> Verdict:
    return Verdict("refused", [finding(check, fault, cite, **words)])


def _unknown(call: Call) -> Verdict:
    number = call.papers.form.get("record-number", "")
    return _refused("record", "record-unknown", cite="O144 an.1 §14", record=number)
