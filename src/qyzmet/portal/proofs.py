"""The signatures of a case as its recipient sees them: who signed what and when, their own to take away."""

from __future__ import annotations

from dataclasses import dataclass

from qyzmet.cases.queries import CasePage
from qyzmet.cases.signed import records_of
from qyzmet.office.proofs import File, Proof, file_of, proofs

__all__ = ["Seen", "proof_file", "signatures_of"]


@dataclass(frozen=True, slots=True)
class Seen:
    """One signature; `mine`: of the application. An official's number is nobody's business."""

    proof: Proof
    mine: bool


def signatures_of(page: CasePage) -> list[Seen]:
    """Every signature of the case, in order."""
    own = {row.pk for row in records_of(page.case) if row.subject.startswith("filing:")}
    return [Seen(each, each.id in own) for each in proofs(page)]


def proof_file(page: CasePage, pk: int, kind: str) -> File | None:
    """The signed bytes of the application, or a signature under it; None for any other signature."""
    mine = any(each.mine and each.proof.id == pk for each in signatures_of(page))
    return file_of(page, pk, kind) if mine else None
