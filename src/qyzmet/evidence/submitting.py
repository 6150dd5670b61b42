"""Judging what somebody submitted for a request: every item, or a refusal that names the failing check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from qyzmet.cases.signed import Signed
from qyzmet.evidence.asking import content_of, expected_of, too_long
from qyzmet.evidence.judging import judge
from qyzmet.evidence.models import SigningRequest
from qyzmet.evidence.refusals import failed, not_signed, unreadable
from qyzmet.evidence.sources import Sources
from qyzmet.evidence.stamping import with_stamp
from qyzmet.evidence.trusting import rules, trust
from qyzmet.signatures import Expected, SignatureError, Verdict

__all__ = ["STAMPED_AT_MOST", "judge_all"]

STAMPED_AT_MOST = 20
"""A larger batch would keep its page waiting; the daily seal of the journal dates it."""


def judge_all(row: SigningRequest, signatures: Mapping[str, bytes], *, now: datetime) -> dict[str, Signed]:
    """Every item's signature by the one who was expected; a verdict may still be pending.

    Signatures are DER, PEM or base64, one signer each, attached or detached. One that carries no time stamp
    gets ours where an authority of time stamps answers. Raises NotSigned, and then nothing was taken.
    """
    if row.closed_at is not None or row.expires_at <= now:
        raise not_signed("ended")
    for item in row.items:
        signature = signatures.get(item["id"], b"")
        if not signature.strip():
            raise not_signed("missing", check="signature", name=item["name"])
        if most := too_long(row, item["id"], signature):
            raise not_signed("too-large", check="format", limit=most >> 20)
    # A folder of trust that does not read is the deployment's fault, not the signer's: told apart here.
    trust()
    bench = _Bench(expected_of(row), now, stamps=len(row.items) <= STAMPED_AT_MOST)
    verdicts: dict[str, Verdict] = {}
    for item in row.items:
        try:
            verdicts[item["id"]] = bench.judged(signatures[item["id"]], content_of(row, item["id"]))
        except SignatureError as problem:
            raise unreadable(problem, verdicts) from problem
        if verdicts[item["id"]].outcome == "invalid":
            raise failed(verdicts, item["id"])
    return {item["id"]: Signed(item["prepared"], verdicts[item["id"]]) for item in row.items}


@dataclass
class _Bench:
    """Judges the signatures of one request; each certificate is asked about once."""

    expected: Expected
    now: datetime
    stamps: bool
    sources: Sources = field(init=False)

    def __post_init__(self) -> None:
        self.sources = Sources(self.now)

    def judged(self, signature: bytes, content: bytes) -> Verdict:
        """The verdict, with our time stamp where it makes nothing worse."""
        verdict = self._judged(signature, content)
        if verdict.outcome == "invalid" or not self.stamps:
            return verdict
        stamped = with_stamp(verdict.evidence.signature)
        if stamped is None:
            return verdict
        again = self._judged(stamped, content)
        return again if again.outcome == verdict.outcome else verdict

    def _judged(self, signature: bytes, content: bytes) -> Verdict:
        return judge(
            signature,
            content,
            [self.expected],
            now=self.now,
            sources=self.sources,
            demands=replace(rules(), signers_at_most=1),
        )
