"""Checking how the seals of a PDF lie over the file, before their messages are judged as any CMS."""

from __future__ import annotations

from qyzmet.signatures.checks import Check, outcome, refusal
from qyzmet.signatures.cms.reading import SignedMessage, read_cms
from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.pdf.changes import only_sealed
from qyzmet.signatures.pdf.file import PdfFile
from qyzmet.signatures.pdf.seals import Seal
from qyzmet.signatures.pdf.values import Budget


def check_seals(file: PdfFile, seals: list[Seal]) -> list[tuple[Seal, list[Check]]]:
    """Each seal with its checks `structure` (the byte range) and `update` (what came after it)."""
    found = []
    # All the comparisons share it: fifty seals on one large file would have it read a hundred times.
    budget = Budget(1_000_000, 256 << 20)
    for number, seal in enumerate(seals):
        checks = [outcome(seal.problem or "pdf-range-whole", not seal.problem, number)]
        later = seals[number + 1] if number + 1 < len(seals) else None
        checks.append(_update(file, (seal, later), number, budget))
        found.append((seal, checks))
    return found


def message_of(seal: Seal, number: int) -> tuple[SignedMessage | None, list[Check]]:
    """The seal's message, or the check that says why there is none to judge."""
    if seal.problem:
        return None, []
    try:
        message = read_cms(seal.message)
    except SignatureError as problem:
        return None, [refusal(problem, number)]
    # ISO 32000-1 §12.8.3.3: one signer, and the content is the file around the seal.
    if len(message.signers) != 1 or message.content is not None:
        return None, [outcome("pdf-seal-form", False, number)]
    return message, []


def _update(file: PdfFile, pair: tuple[Seal, Seal | None], number: int, budget: Budget) -> Check:
    seal, later = pair
    if later is None:
        rest = len(file.data) - seal.end
        if rest:
            return outcome("pdf-updated", False, number, count=rest)
        return outcome("pdf-last-whole", True, number)
    try:
        before = PdfFile(file.data[: seal.end], budget)
        after = file if later.end == len(file.data) else PdfFile(file.data[: later.end], budget)
        kept = seal.end < later.end and only_sealed(before, after)
    except SignatureError:
        kept = False
    return outcome("pdf-earlier-same" if kept else "pdf-between", kept, number)
