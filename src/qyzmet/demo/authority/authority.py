"""The authority itself: whom it certifies, and what it answers."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from qyzmet.demo.authority import answering, kept
from qyzmet.demo.authority.branch import Algorithm, Branch
from qyzmet.demo.authority.holders import holder_of, system_holder
from qyzmet.demo.authority.issued import Issued
from qyzmet.demo.authority.store import Folder, Memory, Store
from qyzmet.signatures import Certificate, SigningKey, Trust
from qyzmet.signatures.authority import Holder, Validity

__all__ = ["YEARS", "DemoAuthority", "State"]

State = Literal["valid", "expired", "revoked", "future", "foreign"]
YEARS = Validity(datetime(2011, 7, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
"""People's certificates: over every moment the demo's clock can show (2012 to 2028)."""
PAST = Validity(datetime(2009, 1, 1, tzinfo=UTC), datetime(2011, 1, 1, tzinfo=UTC))
FUTURE = Validity(datetime(2031, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))
REVOKED_AT = datetime(2011, 12, 1, tzinfo=UTC)
ALGORITHMS: tuple[Algorithm, ...] = ("gost", "rsa")


class DemoAuthority:
    """Keys, lists and answers over one store. Safe for threads, and for processes that share a folder."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._branches = {name: Branch(store, name) for name in ALGORITHMS}
        self._issued = {name: Issued(store, self._branches[name].folder) for name in ALGORITHMS}
        self._foreign = {name: Branch(store, name, foreign=True) for name in ALGORITHMS}
        self._known: dict[str, SigningKey] = {}
        self._making = threading.RLock()

    @classmethod
    def temporary(cls) -> DemoAuthority:
        """One for a test or a rehearsal: in memory, keys made only when asked for."""
        return cls(Memory())

    @classmethod
    def at(cls, folder: Path) -> DemoAuthority:
        """The one of a folder, which it makes where it is missing."""
        return cls(Folder(folder))

    def key_of(
        self,
        number: str,
        *,
        bin: str = "",
        roles: Sequence[str] = (),
        state: State = "valid",
        algorithm: Algorithm = "gost",
        now: datetime | None = None,
        name: Sequence[str] = (),
        organisation: str = "",
    ) -> SigningKey:
        """The key of a person (`number` an IIN), for themselves or for the organisation `bin`.

        A demo company's BIN as `number` is its head's key. Without `roles`: a head where the person heads the
        company, else an employee, an individual without `bin`. `name` (surname, first name, patronymic) is
        for a number the demo does not know. `now` must lie in the years these keys stand for: ValueError.
        """
        if now is not None and not YEARS.since <= now <= YEARS.until:
            raise ValueError(
                f"the demo's keys stand from {YEARS.since:%Y} to {YEARS.until:%Y}, not at {now:%Y-%m-%d}"
            )
        return self._key(holder_of(number, bin, roles, name, organisation), state, algorithm)

    def system_key(self, now: datetime | None = None) -> SigningKey:
        """The System's own seal: RSA, an information system, its authority and root sent along."""
        own = self._key(system_holder(), "valid", "rsa")
        branch = self._branches["rsa"]
        return SigningKey(own.key, own.certificate, (branch.authority.certificate, branch.root.certificate))

    def information_system(
        self, system: str, bin: str, *, state: State = "valid", now: datetime | None = None
    ) -> SigningKey:
        """The key of another information system, named as the certificate names it. Raises as `key_of`."""
        organisation = holder_of("", bin, ("information-system",)).organisation
        holder = Holder(system=system, bin=bin, organisation=organisation, roles=("information-system",))
        return self._key(holder, state, "gost")

    def trust(self) -> Trust:
        """Both roots, their authorities at hand."""
        return Trust(
            roots=tuple(each.root.certificate for each in self._branches.values()),
            intermediates=tuple(each.authority.certificate for each in self._branches.values()),
        )

    def revoke(self, certificate: Certificate, at: datetime) -> None:
        """From that moment lists and answers say so. KeyError for a certificate not issued here."""
        own = next((each for each in self._issued.values() if each.certificate(certificate.serial)), None)
        if own is None:
            raise KeyError(f"the demo's authority never issued {certificate.serial_text}")
        own.revoke(certificate, at)

    def crl(self, now: datetime, algorithm: Algorithm = "gost") -> bytes:
        """The revocation list of a branch, DER."""
        return answering.crl(self._branches[algorithm], self._issued[algorithm], now)

    def answer_ocsp(self, request: bytes, now: datetime) -> bytes:
        """An OCSP answer, DER. Raises SignatureError `ocsp-unreadable`."""
        pairs = [(self._branches[name], self._issued[name]) for name in ALGORITHMS]
        return answering.ocsp_answer(pairs, request, now)

    def answer_stamp(self, request: bytes, now: datetime) -> bytes:
        """A time-stamp response, DER. Raises SignatureError `stamp-unreadable`."""
        return answering.stamp_answer(self._branches["gost"], self._branches["rsa"], request, now)

    def certificates(self) -> dict[str, Certificate]:
        """Roots and authorities by the names their files bear."""
        return {
            f"{part}-{name}": getattr(branch, part).certificate
            for name, branch in self._branches.items()
            for part in ("root", "authority")
        }

    def _key(self, holder: Holder, state: State, algorithm: Algorithm) -> SigningKey:
        text = json.dumps([asdict(holder), state, algorithm], ensure_ascii=False, sort_keys=True)
        name = f"keys/{hashlib.sha256(text.encode()).hexdigest()[:32]}"
        with self._making:
            if name not in self._known:
                found = self.store.get(name)
                if found is None:
                    found = self.store.keep(name, kept.to_bytes(self._new(holder, state, algorithm)))
                self._known[name] = kept.from_bytes(found)
            return self._known[name]

    def _new(self, holder: Holder, state: State, algorithm: Algorithm) -> SigningKey:
        """Entered and revoked before it is kept: nobody meets the key before the authority knows of it."""
        validity = {"expired": PAST, "future": FUTURE}.get(state, YEARS)
        if state == "foreign":
            return self._foreign[algorithm].issue(holder, validity)
        made = self._branches[algorithm].issue(holder, validity)
        self._issued[algorithm].enter(made.certificate)
        if state == "revoked":
            self._issued[algorithm].revoke(made.certificate, REVOKED_AT)
        return made
