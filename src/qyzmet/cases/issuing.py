"""Who may correct or annul a document of a case."""

from __future__ import annotations

from qyzmet.cases import allow
from qyzmet.cases.hold import Held
from qyzmet.cases.models import Outbox
from qyzmet.cases.refusals import refused

__all__ = ["may"]


def may(held: Held, document: str) -> None:
    """Whether the actor signs this document or is the head, and it was issued in this case.

    Raises ActRefused `document-unknown`, `not-your-act`.
    """
    issued = held.law.package.issued.get(document)
    posts = ("head", issued.signed_by) if issued and issued.signed_by else ("head",)
    allow.supervisor(held, *posts)
    ordered = Outbox.objects.filter(destination="documents", stream=held.case.stream, ref=document)
    if not ordered.exists():
        raise refused("document-unknown")
