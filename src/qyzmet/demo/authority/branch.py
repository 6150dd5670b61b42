"""One algorithm's chain: root, authority, the responder that answers and the authority that stamps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal

from qyzmet.demo.authority import kept
from qyzmet.demo.authority.store import Store
from qyzmet.signatures import SigningKey
from qyzmet.signatures.algorithms.curves import TC26_512
from qyzmet.signatures.algorithms.keys import PrivateKey, new_gost_key, new_rsa_key
from qyzmet.signatures.authority import (
    Holder,
    Validity,
    issue_to,
    make_authority,
    make_ocsp_responder,
    make_root,
    make_time_stamper,
)

__all__ = ["Algorithm", "Branch"]

Algorithm = Literal["gost", "rsa"]
AUTHORITY_YEARS = Validity(datetime(2008, 1, 1, tzinfo=UTC), datetime(2049, 1, 1, tzinfo=UTC))
TITLES = {"gost": "GOST 34.10-2015", "rsa": "RSA"}
# As the national authority writes them: its RSA keys agree on no keys.
USAGES = {
    "gost": ("digital_signature", "non_repudiation", "key_agreement"),
    "rsa": ("digital_signature", "non_repudiation"),
}


class Branch:
    """Everything is made when it is first asked for, once for all who share the store."""

    def __init__(self, store: Store, algorithm: Algorithm, *, foreign: bool = False) -> None:
        self.store, self.algorithm = store, algorithm
        self.title = ("БӨТЕН" if foreign else "QYZMET СЫНАҚ") + f" {TITLES[algorithm]}"
        self.folder = f"{'foreign' if foreign else 'authority'}-{algorithm}"

    @cached_property
    def root(self) -> SigningKey:
        """The self-signed root."""
        return self.made(
            f"{self.folder}/root", lambda: make_root(f"{self.title} ТҮБІРІ", self.new_key(), AUTHORITY_YEARS)
        )

    @cached_property
    def authority(self) -> SigningKey:
        """Who issues to people."""
        return self.made(
            f"{self.folder}/authority",
            lambda: make_authority(self.root, f"{self.title} ОРТАЛЫҒЫ", self.new_key(), AUTHORITY_YEARS),
        )

    @cached_property
    def responder(self) -> SigningKey:
        """Who answers whether a certificate stands."""
        return self.made(
            f"{self.folder}/responder",
            lambda: make_ocsp_responder(self.authority, self.new_key(), AUTHORITY_YEARS),
        )

    @cached_property
    def stamper(self) -> SigningKey:
        """The time-stamp authority."""
        return self.made(
            f"{self.folder}/stamper",
            lambda: make_time_stamper(self.authority, self.new_key(), AUTHORITY_YEARS),
        )

    def issue(self, holder: Holder, validity: Validity) -> SigningKey:
        """A new key with its certificate; not kept."""
        return issue_to(self.authority, holder, self.new_key(), validity, usages=USAGES[self.algorithm])

    def new_key(self) -> PrivateKey:
        """A random key of this algorithm."""
        return new_gost_key(TC26_512) if self.algorithm == "gost" else new_rsa_key()

    def made(self, name: str, make: Callable[[], SigningKey]) -> SigningKey:
        """What is kept under the name; made and kept when nothing is."""
        found = self.store.get(name)
        return kept.from_bytes(found if found is not None else self.store.keep(name, kept.to_bytes(make())))
