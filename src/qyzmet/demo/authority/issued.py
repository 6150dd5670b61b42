"""What the authority remembers of the certificates it issued: each by its serial number, and when one was
revoked.
"""

from __future__ import annotations

from datetime import datetime

from qyzmet.demo.authority.store import Store
from qyzmet.signatures import Certificate, read_certificate
from qyzmet.signatures.authority import Revoked

__all__ = ["Issued"]


class Issued:
    """The register of one branch."""

    def __init__(self, store: Store, branch: str) -> None:
        self.store, self.branch = store, branch

    def enter(self, certificate: Certificate) -> None:
        """Remember a certificate that was issued."""
        self.store.keep(f"{self.branch}-issued/{certificate.serial_text}", certificate.der)

    def revoke(self, certificate: Certificate, at: datetime) -> None:
        """From that moment it no longer stands; a second time changes nothing."""
        self.store.keep(f"{self.branch}-revoked/{certificate.serial_text}", at.isoformat().encode())

    def certificate(self, serial: int) -> Certificate | None:
        """The certificate of this number."""
        data = self.store.get(f"{self.branch}-issued/{_text(serial)}")
        return None if data is None else read_certificate(data)

    def revoked_at(self, serial: int, now: datetime) -> datetime | None:
        """When it was revoked, None when it was not by `now`."""
        data = self.store.get(f"{self.branch}-revoked/{_text(serial)}")
        moment = None if data is None else datetime.fromisoformat(data.decode())
        return moment if moment is not None and moment <= now else None

    def revoked(self, now: datetime) -> list[Revoked]:
        """All that were revoked by `now`, for a list."""
        serials = [int(name, 16) for name in self.store.names(f"{self.branch}-revoked")]
        found = [(serial, self.revoked_at(serial, now)) for serial in serials]
        return [Revoked(serial, at) for serial, at in found if at is not None]


def _text(serial: int) -> str:
    text = f"{serial:x}"
    return text if len(text) % 2 == 0 else "0" + text
