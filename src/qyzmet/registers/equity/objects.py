"""Construction objects and their unit charts: registered and corrected (O144 an.2 §8, §11, §12)."""

from __future__ import annotations

from typing import Any

from qyzmet.cases.filing.numbers import next_number
from qyzmet.cases.steps.functions import Call, Verdict, register
from qyzmet.registers import claims
from qyzmet.registers.claims import Finding, finding
from qyzmet.registers.equity import OBJECT, RIGHT, UNIT, unit_key
from qyzmet.registers.models import Claim

__all__ = ["correct_object", "register_object"]

CHART = "O144 an.2 §2(1)"
Chart = dict[str, dict[str, Any]]


@register("equity.register_object")
def register_object(call: Call) -> Verdict:
    """Register an object with its chart; gives the number contracts name it by."""
    number = next_number(call.case.provider_id, call.now, "object")
    claims.lock(call, f"object:{number}")
    form = call.papers.form
    chart, wrong = _chart(number, form)
    if wrong:
        return Verdict("refused", wrong)
    claims.take(call, OBJECT, [(number, _described(form))], holder=call.case.applicant, number=number)
    claims.take(call, UNIT, chart.items(), holder=call.case.applicant, part_of=number)
    return _done(call, number, "object.registered", form)


@register("equity.correct_object")
def correct_object(call: Call) -> Verdict:
    """Put a corrected chart in the place of the registered one; all versions stay in the journal.

    A unit with a recorded contract can neither vanish nor change its identity or area.
    """
    form = call.papers.form
    number = str(form["object-number"])
    claims.lock(call, f"object:{number}")
    known = claims.live(OBJECT, number)
    if known is None or known.holder != call.case.applicant:
        fault = "object-unknown" if known is None else "not-the-company"
        return Verdict("refused", [finding("object", fault, "O144 an.2 §11", object=number)])
    chart, wrong = _chart(number, form)
    old = {unit.subject: unit for unit in claims.parts(UNIT, number)}
    wrong += [
        finding("unit", "has-contract", "O144 an.2 §11", unit=key)
        for key in sorted(right.subject for right in claims.parts(RIGHT, number))
        if chart.get(key, {}).get("area") != old[key].data["area"]
    ]
    if wrong:
        return Verdict("refused", wrong)
    _lay(call, number, old, chart)
    claims.change(known, data={**known.data, **_described(form)})
    return _done(call, number, "object.corrected", form)


def _lay(call: Call, number: str, old: dict[str, Claim], chart: Chart) -> None:
    for key in old.keys() - chart.keys():
        claims.end(old[key], call, "corrected")
    for key in old.keys() & chart.keys():
        if old[key].data != chart[key]:
            claims.change(old[key], data=chart[key])
    fresh = [(key, chart[key]) for key in sorted(chart.keys() - old.keys())]
    claims.take(call, UNIT, fresh, holder=call.case.applicant, part_of=number)


def _chart(number: str, form: dict[str, Any]) -> tuple[Chart, list[Finding]]:
    """Units by key; two rows of one unit are named."""
    chart: Chart = {}
    wrong: list[Finding] = []
    for place, row in enumerate(form.get("unit-chart", []), 1):
        key = unit_key(number, row["entrance"], str(row["number"]))
        if key in chart:
            wrong.append(finding("unit", "unit-twice", CHART, unit=key, row=place))
        chart[key] = {name: row[name] for name in sorted(row)}
    return chart, wrong


def _described(form: dict[str, Any]) -> dict[str, Any]:
    kept = (
        "object-name",
        "object-location",
        "plot-cadastral-number",
        "basis",
        "basis-number",
        "storeys",
        "entrances",
    )
    return {key: form[key] for key in kept if key in form}


def _done(call: Call, number: str, code: str, form: dict[str, Any]) -> Verdict:
    said = {
        "case": call.case.ref,
        "company": call.case.applicant,
        **_described(form),
        "chart": form.get("unit-chart", []),
    }
    call.act.record(f"object:{number}", code, said)
    units = len(form.get("unit-chart", []))
    return Verdict("done", [finding("object", object=number, units=units)], {"object-number": number})
