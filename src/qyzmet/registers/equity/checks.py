"""The automatic check of a contract: model form, and rights of third parties to the unit (O144 an.1 §8)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from qyzmet import identity
from qyzmet.cases.models import CaseState
from qyzmet.cases.steps.functions import Call, Verdict, register
from qyzmet.registers import claims
from qyzmet.registers.claims import Finding, finding
from qyzmet.registers.equity import FILING, OBJECT, RIGHT, UNIT, unit_key
from qyzmet.registers.models import Claim

__all__ = ["contract_conforms", "right_meant", "unit_is_free"]

FREE = "O144 an.1 §2(1)"
FORM = "r345 model form"
TERMS = (
    "price", "payment-order", "transfer-date", "warranty", "duties-and-liability", "force-majeure",
    "special-conditions",
)  # fmt: skip


@register("equity.contract_conforms")
def contract_conforms(call: Call) -> Verdict:
    """The contract against the model form: parties, object, and every required term, each a finding."""
    form = call.papers.form
    found = [_holder(form), _company(call, form)]
    if call.facts.get("procedure") == "record":
        found += [finding(f"term:{key}", "" if form.get(key) else "missing", FORM) for key in TERMS]
    return _verdict(found)


@register("equity.unit_is_free")
def unit_is_free(call: Call) -> Verdict:
    """Unit and object as registered, and nobody else's right or filing on the unit.

    What passes is kept for this case until it ends. For an amendment, an assignment or a striking off the
    recorded right itself must be there, on this unit and by this company.
    """
    form = call.papers.form
    if call.facts.get("procedure") != "record":
        return _verdict(_of_a_right(call, form))
    key = unit_key(form["object-number"], form["unit-entrance"], form["unit-number"])
    claims.lock(call, f"unit:{key}")
    found = [_company(call, form), *_unit(form, key), _free(call, key)]
    if all(each["passed"] for each in found):
        _keep(call, key)
    return _verdict(found)


def right_meant(call: Call) -> Claim | None:
    """The recorded right that an amendment, assignment or striking off is about."""
    return claims.by_number(RIGHT, str(call.papers.form.get("record-number", "")))


def _verdict(found: list[Finding]) -> Verdict:
    return Verdict("passed" if all(each["passed"] for each in found) else "failed", found)


def _holder(form: Mapping[str, Any]) -> Finding:
    number, kind = str(form.get("holder-id", "")), form.get("holder-kind")
    fits = identity.is_bin(number) if kind == "legal-entity" else identity.is_iin(number)
    return finding("holder", "" if fits else "number-wrong", "O144 an.1 §2(9)")


def _company(call: Call, form: Mapping[str, Any]) -> Finding:
    """The object is registered, and the one who files is its authorised company."""
    number = str(form.get("object-number", ""))
    claim = claims.live(OBJECT, number)
    fault = (
        "object-unknown"
        if claim is None
        else ""
        if claim.holder == call.case.applicant
        else "not-the-company"
    )
    return finding("object", fault, "O144 an.2 §13", object=number)


def _unit(form: Mapping[str, Any], key: str) -> list[Finding]:
    chart = claims.live(UNIT, key)
    if chart is None:
        return [finding("unit", "unit-unknown", FREE, unit=key)]
    same = Decimal(str(chart.data["area"])) == Decimal(str(form["unit-area"]))
    area = finding(
        "area", "" if same else "area-differs", FREE, registered=chart.data["area"], filed=form["unit-area"]
    )
    return [finding("unit", "", FREE, unit=key), area]


def _free(call: Call, key: str) -> Finding:
    if claims.live(RIGHT, key) is not None:
        return finding("third-parties", "right-recorded", FREE, unit=key)
    other = claims.live(FILING, key)
    if other is not None and other.case_id != call.case.pk and other.case.state != CaseState.ENDED:
        return finding("third-parties", "filing-pending", FREE, unit=key)
    return finding("third-parties", "", FREE, unit=key)


def _keep(call: Call, key: str) -> None:
    other = claims.live(FILING, key)
    if other is not None and other.case_id == call.case.pk:
        return
    if other is not None:
        claims.end(other, call, "its case has ended")
    claims.take(call, FILING, [(key, {})], holder=call.case.applicant, part_of=key.split("/", 1)[0])


def _of_a_right(call: Call, form: Mapping[str, Any]) -> list[Finding]:
    right = right_meant(call)
    if right is None:
        return [finding("record", "record-unknown", "O144 an.1 §14", record=form.get("record-number", ""))]
    claims.lock(call, f"unit:{right.subject}")
    here = right.part_of == form.get("object-number") and right.subject.endswith(
        f"/{form.get('unit-number')}"
    )
    return [
        _company(call, form),
        finding("record", "" if here else "other-unit", "O144 an.1 §14", record=right.number),
    ]
