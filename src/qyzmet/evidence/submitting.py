"""Judging what somebody submitted for a request: every item, or a refusal that names the failing check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from qyzmet.cases.signed import Signed
from qyzmet.evidence.asking import content_of, expected_of, too_long
from qyzmet.evidence.judging import judge
from qyzmet.evidence.models import SigningRequest
from qyzmet.evidence.refusals import failed, not_signed, unreadable
from qyzmet.evidence.sources import Sources
from qyzmet.evidence.trusting import rules
from qyzmet.signatures import SignatureError, Verdict

__all__ = ["judge_all"]


def judge_all(row: SigningRequest, signatures: Mapping[str, bytes], *, now: datetime) -> dict[str, Signed]:
    """Every item's signature by the one who was expected; a verdict may still be pending.

    Signatures are DER, PEM or base64, one signer each, attached or detached. Raises NotSigned, and then
    nothing was taken.
    """
    if row.closed_at is not None or row.expires_at <= now:
        raise not_signed("ended")
    for item in row.items:
        signature = signatures.get(item["id"], b"")
        if not signature.strip():
            raise not_signed("missing", check="signature", name=item["name"])
        if most := too_long(row, item["id"], signature):
            raise not_signed("too-large", check="format", limit=most >> 20)
    sources, demands = Sources(now), replace(rules(), signers_at_most=1)
    verdicts: dict[str, Verdict] = {}
    for item in row.items:
        item_id, content = item["id"], content_of(row, item["id"])
        try:
            verdicts[item_id] = judge(
                signatures[item_id], content, [expected_of(row)], now=now, sources=sources, demands=demands
            )
        except SignatureError as problem:
            raise unreadable(problem, verdicts) from problem
        if verdicts[item_id].outcome == "invalid":
            raise failed(verdicts, item_id)
    return {item["id"]: Signed(item["prepared"], verdicts[item["id"]]) for item in row.items}
