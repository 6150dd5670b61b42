"""The deployment's register of documents, for a command that works without one too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qyzmet.documents.examining import Examined
    from qyzmet.documents.found import Finding
    from qyzmet.documents.models import Document
    from qyzmet.signatures import Rules, Trust

__all__ = ["Register"]


class Register:
    """The documents of the database the environment names."""

    @classmethod
    def at_hand(cls) -> Register | None:
        """The register, or None where there is no database with documents in it.

        A database that is named and cannot be reached is an error of its own, not the lack of one.
        """
        from qyzmet.cli._django import ready

        ready()
        from django.conf import settings
        from django.db import connection

        path = settings.DATABASES["default"]["NAME"]
        if connection.vendor == "sqlite" and not Path(path).is_file():
            return None
        return cls() if "documents_document" in connection.introspection.table_names() else None

    def compared(self, sheet: Examined, pdf: bytes) -> tuple[Document | None, Finding]:
        """What the register says of a file."""
        from qyzmet.documents.register import compared

        return compared(sheet, pdf)

    def trust(self) -> Trust:
        """What the deployment relies on; where its demo has made no keys yet, the national roots."""
        from django.conf import settings

        from qyzmet import evidence
        from qyzmet.signatures import Trust

        made = Path(settings.QYZMET_DATA) / "demo-keys" / "seal.p12"
        return evidence.trust() if settings.PRODUCTION or made.is_file() else Trust()

    def rules(self) -> Rules:
        """How strict the deployment is."""
        from qyzmet import evidence

        return evidence.rules()
