"""The signed decision behind a document: what the official signed, and the PDF they saw when they did."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from qyzmet.cases import blobs
from qyzmet.cases.models import SignatureRecord
from qyzmet.cases.signed import restored
from qyzmet.documents.attaching import File
from qyzmet.documents.printing import Printed
from qyzmet.documents.sources import Source
from qyzmet.signatures import embedded_files

__all__ = ["Decision", "DecisionInvalid", "DecisionPending", "correction_of", "decision_of"]

P7S = "application/pkcs7-signature"
ABOUT = {"decision": "Қол қойылған шешім", "correction": "Қол қойылған түзету"}


class DecisionPending(RuntimeError):
    """The signature of the decision is not confirmed yet; the document waits for it."""


class DecisionInvalid(RuntimeError):
    """The signature of the decision turned out to be invalid; no document follows from it."""


@dataclass(frozen=True)
class Decision:
    """`content`: exactly the bytes that were signed (JSON); `signature`: the CMS over them, DER.

    `kind`: `decision`, or `correction` for a document issued again; the files inside are named so.
    """

    content: bytes
    signature: bytes
    kind: str = "decision"

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """What was signed."""
        return dict(json.loads(self.content))

    def printed(self, source: Source) -> Printed | None:
        """The PDF of this document that was planned and signed; None where the decision names none."""
        named = self.said.get("documents", {}).get(source.issued)
        if named is None:
            return None
        pdf = blobs.read(named["sha256"])
        data = json.loads(embedded_files(pdf)["document.json"])
        template = source.rule.template or "notice.typ"
        return Printed(named["number"], named["code"], template, pdf, data)

    def files(self) -> list[File]:
        """What goes inside the document."""
        about = ABOUT[self.kind]
        return [
            File(f"{self.kind}.json", self.content, "application/json", "Source", about),
            File(f"{self.kind}.p7s", self.signature, P7S, "Supplement", "Қолтаңба (CMS)"),
        ]


def decision_of(source: Source) -> Decision | None:
    """The signed decision of the step a document follows from; None for a step nobody signs, and where other
    documents were signed than this one.

    Raises DecisionPending, DecisionInvalid; BlobMissing, BlobErased, BlobDamaged for bytes that are gone.
    """
    if source.token is None:
        return None
    kept = SignatureRecord.objects.filter(case=source.case, subject=f"step:{source.token.no}")
    where = f"{source.case.number or source.case.ref}, step {source.token.no}"
    decision = _confirmed(kept.order_by("-id").first(), where, "decision")
    named = decision.said.get("documents") if decision else None
    return None if named and source.issued not in named else decision


def correction_of(source: Source, seq: int) -> Decision | None:
    """The signed correction entered as `seq`; None where it is not signed. Raises as `decision_of`."""
    kept = SignatureRecord.objects.filter(
        case=source.case, stream=source.case.stream, seq=seq, subject=f"document:{source.issued}"
    )
    where = f"{source.case.number or source.case.ref}, the correction of {source.issued}"
    return _confirmed(kept.first(), where, "correction")


def _confirmed(row: SignatureRecord | None, where: str, kind: str) -> Decision | None:
    if row is None:
        return None
    if row.outcome == "pending":
        raise DecisionPending(f"the signature of {where} is not confirmed yet")
    if row.outcome != "valid":
        raise DecisionInvalid(f"the signature of {where} is not valid; decide and sign again")
    return Decision(blobs.read(row.prepared), restored(row).evidence.signature, kind)
