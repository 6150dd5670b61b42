"""Housing certificates: one per applicant, ever, across every body that gives them (O109 r417 §29 ¶2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from qyzmet.cases.filing.numbers import next_number
from qyzmet.cases.steps.functions import Call, Verdict, register
from qyzmet.registers import claims
from qyzmet.registers.claims import finding

__all__ = ["issue", "never_issued"]

CERTIFICATE = "certificate"
ONCE = "O109 r417 §29 ¶2"


@register("certificates.never_issued")
def never_issued(call: Call) -> Verdict:
    """Whether the applicant never had a certificate; such a claim never ends."""
    had = claims.live(CERTIFICATE, call.case.applicant)
    fault = "issued-before" if had is not None else ""
    item = finding("once", fault, ONCE, certificate=had.number if had else "")
    return Verdict("failed" if fault else "passed", [item])


@register("certificates.issue")
def issue(call: Call) -> Verdict:
    """Give the certificate its number, with kind and amount as decided; refused if one was given before."""
    holder = call.case.applicant
    claims.lock(call, f"certificate:{holder}")
    had = claims.live(CERTIFICATE, holder)
    if had is not None:
        return Verdict("refused", [finding("once", "issued-before", ONCE, certificate=had.number)])
    decided = call.outputs.get("decide", {})
    number = next_number(call.case.provider_id, call.now, "certificate")
    said: dict[str, Any] = {"kind": decided.get("kind"), "agent": decided.get("agent"), "state": "issued"}
    if decided.get("amount") is not None:
        said["amount"] = str(Decimal(str(decided["amount"])))
    claims.take(call, CERTIFICATE, [(holder, said)], holder=holder, number=number)
    call.act.record(
        f"certificate:{holder}", "certificate.issued", {"number": number, "case": call.case.ref, **said}
    )
    return Verdict("done", [finding("once", "", ONCE, certificate=number)], {"certificate-number": number})
