"""Accepted subsidy applications and the payment orders formed for them (K4201 §5)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from qyzmet import clock
from qyzmet.cases.dates.clocks import parameters
from qyzmet.cases.filing.numbers import next_number
from qyzmet.cases.steps.functions import Call, Verdict, register
from qyzmet.registers import claims
from qyzmet.registers.claims import finding
from qyzmet.regulation.parameters import NoValue

__all__ = ["accept", "amount_of", "form_order"]

ACCEPTED = "subsidy"
ORDER = "payment-order"
TIYN = Decimal("0.01")


@register("subsidies.accept")
def accept(call: Call) -> Verdict:
    """Enter the application in the register of accepted ones, in the order of acceptance."""
    number = next_number(call.case.provider_id, call.now, "subsidy")
    key = call.case.ref
    claims.lock(call, f"subsidy:{key}")
    said = {"direction": call.papers.form.get("direction"), "quantity": call.papers.form.get("quantity")}
    if not claims.take(call, ACCEPTED, [(key, said)], holder=call.case.applicant, number=number):
        return Verdict("refused", [finding("accepted", "accepted-before", call.step.cite)])
    call.act.record(f"subsidy:{key}", "subsidy.accepted", {"number": number, "case": call.case.ref, **said})
    return Verdict("done", [finding("accepted", accepted=number)])


@register("subsidies.form_order")
def form_order(call: Call) -> Verdict:
    """Form the payment order of an accepted application: norm × quantity, exact to the tiyn, once."""
    key, form = call.case.ref, call.papers.form
    claims.lock(call, f"subsidy:{key}")
    if claims.live(ACCEPTED, key) is None:
        return Verdict("refused", [finding("order", "not-accepted", call.step.cite)])
    if claims.live(ORDER, key) is not None:
        return Verdict("refused", [finding("order", "order-exists", call.step.cite)])
    amount = amount_of(call)
    if amount is None:
        return Verdict(
            "refused", [finding("norm", "norm-unknown", call.step.cite, direction=form.get("direction"))]
        )
    number = next_number(call.case.provider_id, call.now, "order")
    said: dict[str, Any] = {"amount": str(amount), "account": form.get("iban"), "state": "formed"}
    claims.take(call, ORDER, [(key, said)], holder=call.case.applicant, number=number)
    call.act.record(
        f"subsidy:{key}", "subsidy.order-formed", {"number": number, "case": call.case.ref, **said}
    )
    given = {"order-number": number, "beneficiary": call.case.applicant, "amount": str(amount)}
    return Verdict("done", [finding("order", order=number, amount=str(amount))], given)


def amount_of(call: Call) -> Decimal | None:
    """Tenge: the norm of the direction on the day of filing × the quantity, rounded half up to the tiyn."""
    form = call.papers.form
    try:
        norms = parameters().value(f"{call.case.service}-norms", clock.local(call.case.received_at).date())
    except NoValue:
        return None
    norm = next((Decimal(str(each["norm"])) for each in norms if each["id"] == form.get("direction")), None)
    if norm is None:
        return None
    return (norm * Decimal(str(form["quantity"]))).quantize(TIYN, ROUND_HALF_UP)
