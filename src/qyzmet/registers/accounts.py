"""Accounts of the equity system: opened, changed, closed; history stays (O144 an.2 §4–6)."""

from __future__ import annotations

from typing import Any

from qyzmet.cases.steps.functions import Call, Verdict, register
from qyzmet.registers import claims
from qyzmet.registers.claims import finding

__all__ = ["change", "close", "open_account"]

ACCOUNT = "account"
KEPT = ("account-name", "head-name", "account-email", "account-phone", "officials")


@register("accounts.open")
def open_account(call: Call) -> Verdict:
    """Open an account for a BIN; refused where it has one."""
    number = _number(call)
    claims.lock(call, f"account:{number}")
    said = _said(call)
    if not claims.take(call, ACCOUNT, [(number, said)], holder=number):
        return Verdict("refused", [finding("account", "account-exists", call.step.cite, account=number)])
    return _done(call, number, "account.opened", said)


@register("accounts.change")
def change(call: Call) -> Verdict:
    """Change what a live account says."""
    number = _number(call)
    claims.lock(call, f"account:{number}")
    known = claims.live(ACCOUNT, number)
    if known is None:
        return _unknown(call, number)
    said = _said(call)
    claims.change(known, data={**known.data, **said})
    return _done(call, number, "account.changed", said)


@register("accounts.close")
def close(call: Call) -> Verdict:
    """Close an account: it can no longer sign in, and what was done in it stays its own."""
    number = _number(call)
    claims.lock(call, f"account:{number}")
    known = claims.live(ACCOUNT, number)
    if known is None:
        return _unknown(call, number)
    claims.end(known, call, "closed")
    return _done(call, number, "account.closed", {})


def _number(call: Call) -> str:
    return str(call.papers.form.get("account-bin") or call.case.applicant)


def _said(call: Call) -> dict[str, Any]:
    form = call.papers.form
    return {"subject": call.facts.get("subject"), **{key: form[key] for key in KEPT if key in form}}


def _done(call: Call, number: str, code: str, said: dict[str, Any]) -> Verdict:
    call.act.record(f"account:{number}", code, {"case": call.case.ref, **said})
    return Verdict("done", [finding("account", account=number)])


def _unknown(call: Call, number: str) -> Verdict:
    return Verdict("refused", [finding("account", "account-unknown", call.step.cite, account=number)])
