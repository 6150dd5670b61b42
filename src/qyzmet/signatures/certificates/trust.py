"""What a check may rely on: trusted roots, authorities in between, and what is known of revocation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qyzmet.signatures.certificates.certificate import Certificate, read_certificates
from qyzmet.signatures.errors import SignatureError

# SHA-256 of the national roots in production, as published with their addresses:
# root_gost_2022, root_rsa_2020 and root_gost_2020 of root.gov.kz.
NATIONAL_ROOTS = frozenset(
    {
        "af77725f8328bb24f89d81da3acdf7cee4324248538b7ba2cd2a860517fb9dca",
        "9ba06354b626641715182e4d07c9dbaa1777720fa795d03174ffc68876535dcd",
        "c48164ab5ccaaee6b938299a1e3aeebd6f698bb2bd716a0f0d85befc46166aa2",
    }
)


@dataclass(frozen=True)
class Trust:
    """`roots` and `pinned` (SHA-256, hex) end a chain; the rest only helps. Lists and answers are DER."""

    roots: tuple[Certificate, ...] = ()
    intermediates: tuple[Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    pinned: frozenset[str] = NATIONAL_ROOTS

    def trusts(self, certificate: Certificate) -> bool:
        """Whether a chain may end here."""
        known = certificate.sha256 in self.pinned
        return known or any(certificate.sha256 == root.sha256 for root in self.roots)

    def with_more(
        self,
        certificates: Iterable[Certificate] = (),
        crls: Iterable[bytes] = (),
        ocsps: Iterable[bytes] = (),
    ) -> Trust:
        """The same roots with more to build and judge by; what is added is never trusted by itself."""
        return Trust(
            self.roots,
            (*self.intermediates, *certificates),
            (*self.crls, *crls),
            (*self.ocsps, *ocsps),
            self.pinned,
        )


def read_trust(folder: Path) -> Trust:
    """Everything of a folder: self-issued certificates are roots, others help, `.crl` and `.ocsp` judge.

    Raises SignatureError `trust-unreadable` naming the file.
    """
    roots: list[Certificate] = []
    between: list[Certificate] = []
    crls: list[bytes] = []
    ocsps: list[bytes] = []
    for path in sorted(folder.iterdir()):
        kind = path.suffix.lower()
        if kind in {".cer", ".crt", ".der", ".pem"}:
            for each in _certificates(path):
                (roots if each.self_issued else between).append(each)
        elif kind == ".crl":
            crls.append(path.read_bytes())
        elif kind in {".ocsp", ".ors"}:
            ocsps.append(path.read_bytes())
    return Trust(tuple(roots), tuple(between), tuple(crls), tuple(ocsps))


def _certificates(path: Path) -> list[Certificate]:
    try:
        return read_certificates(path.read_bytes())
    except SignatureError as problem:
        raise SignatureError("trust-unreadable", file=path.name) from problem
