"""The System's own key: it seals documents and the journal (role: information system of an organisation)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from qyzmet.evidence.trusting import demo_keys, trust
from qyzmet.signatures import Certificate, SigningKey, read_keystore
from qyzmet.signatures.certificates.chain import build_chain

__all__ = ["NoSealKey", "system_chain", "system_key"]

# Known to everyone: the demo's own keys; production refuses it (config/evidence.py).
DEMO_PASSWORD = "Qwerty12"  # noqa: S105


class NoSealKey(LookupError):
    """The deployment has no key to seal with; the sentence says what to set."""


def system_key() -> SigningKey:
    """The key of `QYZMET_SEAL_KEY` (PKCS #12) and its password; in a demo the one its authority made.

    Raises NoSealKey; SignatureError for a file that does not read or open.
    """
    path, password = _where()
    try:
        stat = path.stat()
    except OSError as problem:
        raise NoSealKey(f"The seal key {path} cannot be read ({problem.strerror}); check its path.") from None
    return _read(path, password, stat.st_mtime_ns)


def system_chain() -> tuple[Certificate, ...]:
    """The authorities above the System's certificate, from its issuer to the root where it is at hand."""
    key = system_key()
    return build_chain(key.certificate, trust().with_more(key.others)).links[1:]


def _where() -> tuple[Path, str]:
    if settings.QYZMET_SEAL_KEY:
        return Path(settings.QYZMET_SEAL_KEY), settings.QYZMET_SEAL_PASSWORD
    if settings.PRODUCTION:
        raise NoSealKey("Production has no seal key: set QYZMET_SEAL_KEY and QYZMET_SEAL_PASSWORD.")
    return demo_keys() / "seal.p12", DEMO_PASSWORD


@lru_cache(maxsize=4)
def _read(path: Path, password: str, changed: int) -> SigningKey:
    return read_keystore(path.read_bytes(), password)
